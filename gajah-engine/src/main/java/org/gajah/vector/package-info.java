/**
 * Columns in memory: a {@link org.gajah.vector.Vector} holds one column of up to 1024 rows in one of six carriers, a
 * {@link org.gajah.vector.Batch} is a set of vectors with a selection.
 *
 * <p>Invariant: the contents of a vector are defined only at rows that are selected in its batch; writers need not clear
 * the others, readers must not look at them. A null row's value is undefined.
 */
package org.gajah.vector;
