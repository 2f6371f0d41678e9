package org.gajah.fdw.jdbc;

import java.util.List;

import org.gajah.api.foreign.ForeignChange;

/**
 * How a change of one row gives the row that it leaves there, where the change's SQL does not give it itself: Oracle's RETURNING INTO, if
 * an Oracle is there, else the row is read by its key in the same transaction.
 *
 * @param kind    of the change
 * @param reading the row by its key; parameters are places in the row that is handed over, -1 for what only the server knows
 * @param keys    the key's columns, which INSERT may have the server make up
 * @param into    what stands behind the change where Oracle gives the row; empty for others
 * @param codes   of the columns given, as their types are called by the driver
 * @param kept    whether what is read stays so until the transaction ends, whatever its isolation
 */
record Returning(ForeignChange.Kind kind, RemoteSql reading, List<String> keys, String into, List<Integer> codes, boolean kept) {
    /** Ways for a dialect to give changed rows. */
    enum Way {
        /** RETURNING with columns, whose rows are the statement's. */
        CLAUSE,
        /** {@code SELECT ... FROM FINAL TABLE (...)}. */
        TABLE,
        /** {@code RETURNING ... INTO}. */
        INTO,
        /** By the key, behind the change. */
        READ
    }
}
