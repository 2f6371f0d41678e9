package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.ast.WindowDef;

/** One query level in the making: what can be referred to at this point, and what has been met so far. */
final class Scope {
    final Analysis a;
    final Optional<Scope> parent;
    final List<RangeEntry> rangeTable = new ArrayList<>();
    List<NamespaceItem> namespace = new ArrayList<>();
    final List<Cte> ctes = new ArrayList<>();
    final List<String> futureCtes = new ArrayList<>();
    final List<WindowDef> windows = new ArrayList<>();
    final List<Expr.SubLink> multiAssigns = new ArrayList<>();
    ExprKind kind = ExprKind.NONE;
    boolean lateralActive;
    boolean hasAggregates;
    boolean hasWindows;
    boolean hasTargetSets;
    boolean hasSubLinks;
    boolean resolveUnknowns = true;
    /** EXCLUDED's entry, or -1: reading it needs no right. */
    int excluded = -1;
    Optional<Cte> parentCte = Optional.empty();
    Optional<NamespaceItem> target = Optional.empty();
    Optional<org.gajah.catalog.Relation> targetRelation = Optional.empty();
    Optional<Expr> domainValue = Optional.empty();
    Optional<SetCall> lastSet = Optional.empty();

    /** The last set-returning call met, to see whether another one nests around it. */
    record SetCall(Expr call) {
    }

    Scope(Analysis analysis) {
        a = analysis;
        parent = Optional.empty();
    }

    private Scope(Scope outer) {
        a = outer.a;
        parent = Optional.of(outer);
    }

    Scope inner() {
        return new Scope(this);
    }

    /** Adds an entry to the range table and returns its index. */
    int add(RangeEntry entry) {
        rangeTable.add(entry);
        return rangeTable.size() - 1;
    }

    /** The scope {@code levels} out. */
    Scope up(int levels) {
        Scope at = this;
        for (int i = 0; i < levels; i++) {
            at = at.parent.orElseThrow();
        }
        return at;
    }

    RangeEntry entry(Expr.Var var) {
        return up(var.levelsUp()).rangeTable.get(var.rangeIndex());
    }

    /** A WITH query while it is in scope. */
    static final class Cte {
        final String name;
        final Query.CommonTable.Materialize materialize;
        final boolean recursive;
        boolean analyzed;
        boolean inProgress;
        int references;
        Optional<Query> query = Optional.empty();
        List<String> columnNames = List.of();
        List<Integer> types = List.of();
        List<Integer> typmods = List.of();
        List<Integer> collations = List.of();

        /** References no longer see the last columns. */
        void hideLast(int count) {
            int seen = columnNames.size() - count;
            columnNames = List.copyOf(columnNames.subList(0, seen));
            types = List.copyOf(types.subList(0, seen));
            typmods = List.copyOf(typmods.subList(0, seen));
            collations = List.copyOf(collations.subList(0, seen));
        }

        Cte(String name, Query.CommonTable.Materialize materialize, boolean recursive) {
            this.name = name;
            this.materialize = materialize;
            this.recursive = recursive;
        }

        Query.CommonTable build() {
            return new Query.CommonTable(name, materialize, query.orElseThrow(), recursive && selfReferenced, references, columnNames,
                    types, typmods, collations);
        }

        boolean selfReferenced;
    }
}
