package org.gajah.api.spi;

/** How a cursor moves. C: FetchDirection. */
public enum SpiDirection {
    /** So many rows on. */
    FORWARD,
    /** So many rows back. */
    BACKWARD,
    /** To the row of this number; from the end if negative. */
    ABSOLUTE,
    /** To the row so far away. */
    RELATIVE
}
