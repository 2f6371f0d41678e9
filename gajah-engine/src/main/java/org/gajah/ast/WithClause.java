package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** WITH [RECURSIVE] and its common table expressions. */
public record WithClause(boolean recursive, List<CommonTableExpr> tables, int location) {
    /**
     * One common table expression.
     *
     * @param columns      names for its first columns
     * @param materialized present if MATERIALIZED (true) or NOT MATERIALIZED (false) was written
     */
    public record CommonTableExpr(String name, List<String> columns, Optional<Boolean> materialized,
            PreparableStatement query, Optional<CteSearch> search, Optional<CteCycle> cycle, int location) {
    }

    /** SEARCH BREADTH|DEPTH FIRST BY columns SET column. */
    public record CteSearch(List<String> columns, boolean breadthFirst, String sequenceColumn, int location) {
    }

    /** CYCLE columns SET mark TO value DEFAULT value USING path. */
    public record CteCycle(List<String> columns, String markColumn, Expression markValue, Expression markDefault,
            String pathColumn, int location) {
    }
}
