package org.gajah.api.spi;

/**
 * A cursor: a portal of the session, which its client sees and may fetch from too. It outlives the connection, and ends with the
 * transaction. C: Portal
 */
public interface SpiCursor {
    /** The portal's name, which a routine may return as a refcursor. */
    String name();

    /** The columns of its rows. */
    TupleDescriptor descriptor();

    /** The next or, if not {@code forward}, the previous rows. C: SPI_cursor_fetch */
    SpiResult fetch(boolean forward, long count);

    /** Moves without giving rows. C: SPI_cursor_move */
    SpiResult move(boolean forward, long count);

    /** Rows in any direction. C: SPI_scroll_cursor_fetch */
    SpiResult fetch(SpiDirection direction, long count);

    /** Moves in any direction. C: SPI_scroll_cursor_move */
    SpiResult move(SpiDirection direction, long count);

    /** Closes the portal. C: SPI_cursor_close */
    void close();
}
