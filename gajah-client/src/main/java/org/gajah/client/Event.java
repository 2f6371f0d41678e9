package org.gajah.client;

import java.time.Instant;
import java.util.OptionalLong;

/** What a subscription yields, in order. */
public sealed interface Event {
    /**
     * A notification.
     *
     * @param payload empty if the sender gave none
     * @param processId the server process that sent it
     * @param number its place in the order of its durable channel; empty unless the subscription resumes such a channel
     * @param received when this program got it
     */
    record Message(String channel, String payload, int processId, OptionalLong number, Instant received) implements Event {
    }

    /**
     * Messages may be missing here. The server is listening again already: state that is read now is not older than what comes next.
     *
     * @param since when all was well for the last time
     * @param until when it was well again
     * @param dropped how many messages are missing, if that is known
     */
    record Gap(Cause cause, Instant since, Instant until, OptionalLong dropped) implements Event {
    }

    /** Why messages may be missing. */
    enum Cause {
        /** The connection was lost and made again. */
        RECONNECTED,
        /** The consumer was too slow for its buffer. */
        OVERFLOW,
        /** A durable channel does not keep them any more. */
        EXPIRED
    }
}
