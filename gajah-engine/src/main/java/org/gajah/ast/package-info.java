/**
 * Statements as written: sealed records without behaviour, named after PostgreSQL's parse nodes, made by
 * {@code org.gajah.parse} and read by {@code org.gajah.analyze} and {@code org.gajah.command}.
 *
 * <p>Invariants: nothing is null; what was not written is an empty {@code Optional} or list. Names are already folded and
 * truncated to 63 bytes. No name has been looked up: a tree is the same whatever the catalog says. A {@code location} is
 * the place in the source text in code points from 1, as {@code SqlError.at} takes it; 0 is unknown.
 *
 * <p>To add a statement: a record in the family it belongs to (or a new sealed family permitted by {@link
 * org.gajah.ast.Statement}), then a method in the matching grammar class of {@code org.gajah.parse}; the compiler then
 * names every switch that has to learn it.
 */
package org.gajah.ast;
