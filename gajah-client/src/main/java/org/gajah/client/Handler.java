package org.gajah.client;

/** Takes what a subscription yields, one call at a time, on a virtual thread of the subscription. What it throws is reported, then it goes on. */
@FunctionalInterface
public interface Handler {
    /** A notification has come. */
    void message(Event.Message message);

    /** Notifications may have been missed: the place to read the state again. */
    default void gap(Event.Gap gap) {
    }

    /** Nothing has come for as long as {@link ListenerOptions#idleTimeout} says. */
    default void idle() {
    }
}
