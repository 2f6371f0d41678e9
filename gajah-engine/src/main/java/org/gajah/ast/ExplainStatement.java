package org.gajah.ast;

import java.util.List;

/**
 * EXPLAIN (options) statement.
 *
 * @param options   as written, the old spellings {@code ANALYZE VERBOSE} included
 * @param statement a {@link PreparableStatement}, DECLARE, CREATE TABLE AS, CREATE or REFRESH MATERIALIZED VIEW, or EXECUTE
 */
public record ExplainStatement(List<DefElem> options, Statement statement) implements Statement {
}
