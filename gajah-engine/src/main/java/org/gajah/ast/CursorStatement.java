package org.gajah.ast;

import java.util.Optional;

/** Cursors. */
public sealed interface CursorStatement extends Statement {
    /**
     * DECLARE name CURSOR FOR query.
     *
     * @param scroll     SCROLL (true), NO SCROLL (false) or nothing
     * @param insensitive INSENSITIVE (true), ASENSITIVE (false) or nothing; it makes no difference
     */
    record DeclareCursor(String name, boolean binary, Optional<Boolean> scroll, Optional<Boolean> insensitive,
            boolean hold, PreparableStatement query) implements CursorStatement {
    }

    /**
     * FETCH or MOVE.
     *
     * @param count  rows, or for ABSOLUTE and RELATIVE the place; {@link #ALL} for all
     * @param isMove MOVE
     */
    record Fetch(FetchDirection direction, long count, String portal, boolean isMove) implements CursorStatement {
        /** The count that stands for all rows. */
        public static final long ALL = Long.MAX_VALUE;
    }

    /** Which way FETCH goes. */
    enum FetchDirection { FORWARD, BACKWARD, ABSOLUTE, RELATIVE }

    /** CLOSE name, or CLOSE ALL if empty. */
    record ClosePortal(Optional<String> name) implements CursorStatement {
    }
}
