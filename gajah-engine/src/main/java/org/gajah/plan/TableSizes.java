package org.gajah.plan;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.NodeText;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.RoutineMapping;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.PlainContext;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;

/** What planning asks of the session besides the catalogs: how large tables are right now, roughly, settings, the value of constants. */
public interface TableSizes {
    /** Rows. */
    double rows(Relation relation);

    /** Pages. */
    double pages(Relation relation);

    /** The routine mappings of a foreign server, from its wrapper's table of them. */
    default List<RoutineMapping> routineMappings(ForeignWrapper wrapper, int server) {
        return List.of();
    }

    /** A foreign table with what its wrapper has to look up on the server to ask for it. */
    default ForeignTable described(ForeignWrapper wrapper, ForeignServer server, int role, ForeignTable table) {
        return table;
    }

    /** The planner's settings. */
    default PlanSettings settings() {
        return PlanSettings.DEFAULT;
    }

    /** The value, alone in an array since it may be null, of an expression that depends on nothing; empty if nobody computes it. */
    default Optional<Object[]> evaluate(Expr constant) {
        return Optional.empty();
    }

    /**
     * The one expression that a function in SQL is, in terms of its arguments as parameters; empty if it is more than that.
     */
    default Optional<Expr> body(ProcRow function, List<Integer> argumentTypes, int resultType) {
        return Optional.empty();
    }

    /** The same of a function that gives a set, as a query with the columns that the call has in FROM. */
    default Optional<Query> rows(ProcRow function, List<Integer> argumentTypes, int resultType, RangeEntry.RangeFunction columns) {
        return Optional.empty();
    }

    /** Told of an error that every run of the statement is to fail with, whether or not it gets there. */
    default void fails(SqlError error) {
        // who does not run statements has no use for it
    }

    /** Reads an expression that the catalogs keep as node text. */
    default Expr stored(String text, Catalog catalog) {
        return NodeText.readExpr(text, catalog, PlainContext.INSTANCE);
    }
}
