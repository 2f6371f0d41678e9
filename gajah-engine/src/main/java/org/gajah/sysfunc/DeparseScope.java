package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.TargetEntry;
import org.gajah.catalog.Relation;

/**
 * The names by which one query's range table entries and their columns are called in its text: the alias, made unlike every
 * name of this and the queries around it; no name for a join without alias.
 */
final class DeparseScope {
    private final AnalyzeContext context;
    final Query query;
    final Optional<DeparseScope> parent;
    private final List<String> names = new ArrayList<>();
    private final List<List<String>> columns = new ArrayList<>();
    private final List<Boolean> printColumns = new ArrayList<>();

    DeparseScope(Query query, Optional<DeparseScope> parent, AnalyzeContext context) {
        this.query = query;
        this.parent = parent;
        this.context = context;
        Set<String> used = new HashSet<>();
        for (Optional<DeparseScope> outer = parent; outer.isPresent(); outer = outer.get().parent) {
            used.addAll(outer.get().names);
        }
        for (RangeEntry entry : query.rangeTable()) {
            names.add(unique(natural(entry), used));
            name(entry);
        }
    }

    /** A scope of one relation, for expressions about its columns. */
    static DeparseScope of(Query query, AnalyzeContext context) {
        return new DeparseScope(query, Optional.empty(), context);
    }

    private String natural(RangeEntry entry) {
        return switch (entry) {
            case RangeEntry.Join j -> isNamed(j) ? j.alias() : "";
            case RangeEntry.Relation r when !r.aliased() -> context.catalog().relation(r.oid()).map(Relation::name)
                    .orElse(r.alias());
            default -> entry.alias();
        };
    }

    /** Whether a join has an alias; without one its columns are called by what they join. */
    static boolean isNamed(RangeEntry.Join join) {
        return !join.alias().equals("unnamed_join");
    }

    private static String unique(String name, Set<String> used) {
        if (name.isEmpty()) {
            return name;
        }
        String made = name;
        for (int i = 1; !used.add(made); i++) {
            made = name + "_" + i;
        }
        return made;
    }

    private void name(RangeEntry entry) {
        List<String> own = entry.columnNames();
        List<String> real = own;
        switch (entry) {
            case RangeEntry.Relation r -> {
                real = context.catalog().relation(r.oid()).map(DeparseScope::columnNames).orElse(own);
                columns.add(r.aliased() ? padded(own, real) : real);
                printColumns.add(r.aliased() && !columns.getLast().equals(real));
                return;
            }
            case RangeEntry.Subquery s -> real = outputNames(s.query());
            case RangeEntry.Values v -> {
                real = new ArrayList<>();
                for (int i = 1; i <= own.size(); i++) {
                    real.add("column" + i);
                }
            }
            case RangeEntry.CteReference c -> real = commonTable(c).map(Query.CommonTable::columnNames).orElse(own);
            case RangeEntry.Functions _ -> real = List.of();
            case RangeEntry.Join j -> {
                columns.add(own);
                printColumns.add(isNamed(j) && !own.equals(underlying(j)));
                return;
            }
            case RangeEntry.NamedStore _, RangeEntry.Returned _ -> { }
        }
        columns.add(own);
        printColumns.add(!own.equals(real));
    }

    private static List<String> padded(List<String> names, List<String> real) {
        if (names.size() >= real.size()) {
            return names;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(real.subList(names.size(), real.size()));
        return all;
    }

    private static List<String> columnNames(Relation relation) {
        return relation.columns().stream().map(c -> c.dropped() ? "" : c.name()).toList();
    }

    private List<String> underlying(RangeEntry.Join join) {
        List<String> under = new ArrayList<>();
        for (Expr e : join.columns()) {
            under.add(e instanceof Expr.Var v && v.levelsUp() == 0 && v.attribute() > 0
                    ? columns.get(v.rangeIndex()).get(v.attribute() - 1) : "");
        }
        for (int i = 0; i < join.usingNames().size() && i < under.size(); i++) {
            under.set(i, join.usingNames().get(i));
        }
        return under;
    }

    /** The names of what a query gives. */
    static List<String> outputNames(Query query) {
        var list = query.command() == Query.Command.SELECT ? query.targets() : query.returning();
        return list.stream().filter(t -> !t.junk()).map(TargetEntry::name).toList();
    }

    /** The common table that a reference means. */
    Optional<Query.CommonTable> commonTable(RangeEntry.CteReference reference) {
        Optional<DeparseScope> scope = Optional.of(this);
        for (int i = 0; i < reference.levelsUp() && scope.isPresent(); i++) {
            scope = scope.get().parent;
        }
        return scope.flatMap(s -> s.query.ctes().stream().filter(c -> c.name().equals(reference.cte())).findFirst());
    }

    /** The entry's name, empty for a join without alias. */
    String name(int rangeIndex) {
        return names.get(rangeIndex);
    }

    /** The column's name; empty if the column has been dropped. */
    String column(int rangeIndex, int attribute) {
        List<String> of = columns.get(rangeIndex);
        return attribute <= of.size() ? of.get(attribute - 1) : "";
    }

    /** The names that stand behind the alias, if any have to. */
    List<String> printedColumns(int rangeIndex) {
        return printColumns.get(rangeIndex) ? columns.get(rangeIndex).stream().filter(c -> !c.isEmpty()).toList()
                : List.of();
    }
}
