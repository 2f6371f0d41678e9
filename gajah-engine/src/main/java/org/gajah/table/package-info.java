/**
 * The storage seam: tables, indexes, sequences and transactions as the executor and the commands see them. Interfaces and
 * records only; {@code org.gajah.store} and {@code org.gajah.btree} implement them.
 *
 * <p>Invariants: nothing here knows SQL, names or catalogs. A row keeps its tid for life. Nothing here waits for another
 * transaction: a conflict is an answer ({@link org.gajah.table.TupleOutcome}), and the executor waits through the lock
 * manager and tries again. Values stored are complete rows of a {@link org.gajah.table.RowLayout}; index keys are bytes whose
 * unsigned order is the index's order, made by the caller.
 */
package org.gajah.table;
