package org.gajah.client;

/** A subscription has ended because its consumer was too slow for its buffer, see {@link Overflow#FAIL}. */
public final class OverflowException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    OverflowException(int capacity) {
        super("more than " + capacity + " messages were waiting");
    }
}
