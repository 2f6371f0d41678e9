package org.gajah.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Leakproof;
import org.gajah.catalog.Catalog;

/**
 * Conditions of policies before all others: until they have been evaluated, no condition that could tell of a row may see it, neither in a
 * filter nor in an index.
 */
final class Security {
    private Security() {
    }

    /** The conditions that may choose rows before the others have been evaluated: by an index or as a place. */
    static List<Expr> early(BaseTable table, List<Expr> conditions, Catalog catalog) {
        return table.security().isEmpty() ? conditions
                : conditions.stream().filter(c -> table.security().contains(c) || Leakproof.is(c, catalog)).toList();
    }

    /** The conditions in the order in which a filter evaluates them: those that tell nothing, those of policies, the others. */
    static List<Expr> ordered(BaseTable table, List<Expr> conditions, Catalog catalog) {
        if (table.security().isEmpty()) {
            return conditions;
        }
        Set<Expr> ordered = new LinkedHashSet<>();
        conditions.stream().filter(c -> Leakproof.is(c, catalog)).forEach(ordered::add);
        conditions.stream().filter(table.security()::contains).forEach(ordered::add);
        ordered.addAll(conditions);
        return List.copyOf(ordered);
    }
}
