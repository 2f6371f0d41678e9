/**
 * A table that is sixteen times its buffer pool, in a process with a small heap: {@code ./bigtable}.
 *
 * <p>{@link org.gajah.tests.large.BigRows} knows what every row must hold, so each answer is compared with what it must be;
 * {@link org.gajah.tests.large.BigTable} drives the server and measures its memory. To add a step: one method and one line in
 * {@code BigTable.run}.
 */
package org.gajah.tests.large;
