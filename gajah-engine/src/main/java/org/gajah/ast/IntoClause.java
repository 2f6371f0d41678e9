package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * The table that SELECT INTO, CREATE TABLE AS and CREATE MATERIALIZED VIEW make.
 *
 * @param columns  the names given to its columns, maybe fewer than there are
 * @param withData false for WITH NO DATA
 */
public record IntoClause(RangeVar relation, Persistence persistence, List<String> columns, Optional<String> accessMethod,
        List<DefElem> options, OnCommit onCommit, Optional<String> tablespace, boolean withData) {
}
