package org.gajah.ast;

/** What becomes of a temporary table's rows at the end of a transaction. */
public enum OnCommit {
    /** Nothing was said. */
    NOOP,
    /** They stay. */
    PRESERVE_ROWS,
    /** They go. */
    DELETE_ROWS,
    /** The table goes. */
    DROP
}
