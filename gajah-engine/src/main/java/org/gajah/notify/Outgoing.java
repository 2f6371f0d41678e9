package org.gajah.notify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;

/** What one transaction is going to notify: each pair of channel and payload once, at the place of the first. */
public final class Outgoing {
    private static final int LONGEST_CHANNEL = 63;
    private static final int LONGEST_PAYLOAD = 7999;
    private static final int ENTRY_BYTES = 24;

    /** One NOTIFY. */
    public record Message(String channel, Slice payload) {
    }

    private final List<Message> messages = new ArrayList<>(1);
    /** The messages, once there are several. */
    private final Set<Message> known = new HashSet<>();
    private long bytes;
    private long[] numbers = {};

    /** Adds a notification; 22023 if the channel's name is empty or too long, or the payload too long. */
    public void add(String channel, Slice payload) {
        int nameBytes = Slice.of(channel).length();
        if (nameBytes == 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "channel name cannot be empty");
        }
        if (nameBytes > LONGEST_CHANNEL) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "channel name too long");
        }
        if (payload.length() > LONGEST_PAYLOAD) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "payload string too long");
        }
        Message message = new Message(channel, payload.copy());
        if (isNew(message)) {
            messages.add(message);
            bytes += bytes(message);
        }
    }

    private boolean isNew(Message message) {
        if (messages.isEmpty()) {
            return true;
        }
        if (known.isEmpty()) {
            known.addAll(messages);
        }
        return known.add(message);
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** How many there are: a mark for {@link #truncate}. */
    public int size() {
        return messages.size();
    }

    /** Forgets all but the first {@code size}: a rollback to a savepoint. */
    public void truncate(int size) {
        while (messages.size() > size) {
            Message last = messages.removeLast();
            known.remove(last);
            bytes -= bytes(last);
        }
    }

    /** The room one takes in the queue. */
    static long bytes(Message message) {
        return ENTRY_BYTES + message.channel().length() + message.payload().length();
    }

    /** In the order in which they will be delivered. */
    public List<Message> messages() {
        return messages;
    }

    /** Gives each message its number in its retained channel; 0 where the channel is not retained. */
    public void number(long[] all) {
        numbers = all;
    }

    long number(int message) {
        return message < numbers.length ? numbers[message] : 0;
    }

    /** The room they take in the queue. */
    long bytes() {
        return bytes;
    }
}
