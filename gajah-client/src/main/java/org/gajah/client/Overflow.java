package org.gajah.client;

/** What becomes of a message for which a subscription's buffer has no room. The connection and other subscriptions go on in any case. */
public enum Overflow {
    /** The oldest messages give way; an {@link Event.Gap} stands in their place. */
    DROP_OLDEST,
    /** New messages are not taken; an {@link Event.Gap} stands in their place. */
    DROP_NEWEST,
    /** The subscription ends; its consumer gets what is there and then {@link OverflowException}. */
    FAIL
}
