package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** One item of FROM. */
public sealed interface FromItem permits RangeVar, FromItem.RangeSubselect, FromItem.RangeFunction,
        FromItem.RangeTableSample, FromItem.RangeTableFunc, FromItem.JoinExpr {
    /** Where it starts. */
    int location();

    /** [LATERAL] (query) [AS alias]. */
    record RangeSubselect(boolean lateral, Select query, Optional<Alias> alias, int location) implements FromItem {
    }

    /**
     * A function, or ROWS FROM (several).
     *
     * @param columns the column definition list that followed the alias, for a single function that returns record
     */
    record RangeFunction(boolean lateral, boolean ordinality, boolean rowsFrom, List<FunctionItem> functions,
            Optional<Alias> alias, List<ColumnDef> columns, int location) implements FromItem {
    }

    /** A function of ROWS FROM with its own column definition list. */
    record FunctionItem(Expression function, List<ColumnDef> columns) {
    }

    /** table TABLESAMPLE method (arguments) REPEATABLE (seed). */
    record RangeTableSample(FromItem relation, List<String> method, List<Expression> arguments,
            Optional<Expression> repeatable, int location) implements FromItem {
    }

    /** XMLTABLE or JSON_TABLE, which are read but not represented. */
    record RangeTableFunc(String feature, boolean lateral, Optional<Alias> alias, int location) implements FromItem {
    }

    /**
     * A join. CROSS JOIN is INNER without condition.
     *
     * @param using      USING's columns
     * @param usingAlias the name of {@code USING (...) AS name}
     * @param alias      an alias after the parenthesised join
     */
    record JoinExpr(JoinType type, boolean natural, FromItem left, FromItem right, List<String> using,
            Optional<String> usingAlias, Optional<Expression> condition, Optional<Alias> alias, int location)
            implements FromItem {
    }

    /** Kinds of joins that can be written. */
    enum JoinType { INNER, LEFT, FULL, RIGHT }
}
