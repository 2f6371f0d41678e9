package org.gajah.store;

/**
 * The kinds of changes in the redo stream; the ordinal is on disk, so new ones go to the end. Every change applies to the relation that
 * the last {@link #RELATION} named.
 */
enum Redo {
    /** Database oid (4), relation (4). */
    RELATION,
    /** Tid (8), row (image with every attribute). */
    INSERT,
    /** Tid (8), image with the changed attributes. */
    UPDATE,
    /** Tid (8). */
    DELETE,
    /** Tid (8), key length (2), key. */
    INDEX_INSERT,
    /** Tid (8), key length (2), key. */
    INDEX_REMOVE,
    /** Row format. */
    CREATE_TABLE,
    /** Nothing. */
    CREATE_INDEX,
    /** Last value (8), called (1). */
    CREATE_SEQUENCE,
    /** Nothing. */
    DROP,
    /** Row format. */
    CHANGE_FORMAT,
    /** In {@code IMMEDIATE} frames: last value (8), called (1). */
    SEQUENCE_VALUE,
    /** Key length (2), key, value length (4), value. */
    METADATA,
    /** Source database (4): every relation of it is copied to the current relation's database. */
    COPY_DATABASE,
    /** Length of the rest (4), page (4), its capacity (2), first slot (2), rows (2), {@link RowBlock}. */
    INSERT_ROWS;

    private static final Redo[] ALL = values();

    static Redo of(int ordinal) {
        return ALL[ordinal];
    }
}
