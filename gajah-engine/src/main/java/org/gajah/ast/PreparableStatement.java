package org.gajah.ast;

/**
 * A statement that is planned: what may stand in WITH, EXPLAIN, PREPARE and COPY (...).
 *
 * <p>All other statements are carried out by a command of their own.
 */
public sealed interface PreparableStatement extends Statement permits Select, Insert, Update, Delete, Merge {
    /** Where the statement starts. */
    int location();
}
