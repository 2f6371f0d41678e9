package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;

/** Puts defaults where INSERT, UPDATE and MERGE say DEFAULT or nothing, and guards identity and generated columns. */
final class ColumnDefaults {
    private final Analysis a;

    ColumnDefaults(Analysis analysis) {
        a = analysis;
    }

    Query fill(Query query) {
        RangeEntry.Relation entry = (RangeEntry.Relation) query.rangeTable().get(query.targetRelation());
        Relation table = a.catalog.relation(entry.oid()).orElseThrow();
        QueryBuilder builder = new QueryBuilder(query);
        switch (query.command()) {
            case INSERT -> insert(query, table, builder);
            case UPDATE -> builder.targets = updated(query.targets(), table);
            case MERGE -> builder.mergeActions = query.mergeActions().stream().map(m -> merge(m, table)).toList();
            case SELECT, DELETE -> {
                return query;
            }
        }
        builder.onConflict = query.onConflict().map(c -> new Query.OnConflict(c.update(), c.arbiters(), updated(c.set(), table), c.where(),
                c.excluded()));
        builder.given = given(query);
        return builder.build();
    }

    private static List<Integer> given(Query query) {
        Stream<TargetEntry> set = query.onConflict().stream().flatMap(c -> c.set().stream());
        Stream<TargetEntry> merged = query.mergeActions().stream().flatMap(m -> m.targets().stream());
        return Stream.of(query.targets().stream(), set, merged).flatMap(s -> s).filter(t -> !t.junk()).map(TargetEntry::attribute).distinct().toList();
    }

    /** The defaults that a view's columns have been given by ALTER VIEW; for others INSERT takes the table's, UPDATE null. */
    Query ofView(Query query, Relation view) {
        List<Relation.Column> own = view.columns().stream().filter(c -> c.defaultNode().isPresent()).toList();
        QueryBuilder builder = new QueryBuilder(query);
        switch (query.command()) {
            case INSERT -> {
                builder.rangeTable = new ArrayList<>(query.rangeTable());
                List<TargetEntry> targets = query.targets().stream().map(t -> !t.junk() && view.column(t.attribute()).defaultNode().isPresent()
                        ? unlisted(query, t, view, builder) : t).toList();
                builder.targets = ofView(targets, own, view, true);
            }
            case UPDATE -> builder.targets = ofView(query.targets(), own, view, false);
            case MERGE -> builder.mergeActions = query.mergeActions().stream().map(m -> new Query.MergeAction(m.match(), m.command(),
                    m.nothing(), m.condition(), ofView(m.targets(), own, view, m.command() == Query.Command.INSERT), m.overriding())).toList();
            case SELECT, DELETE -> { }
        }
        builder.onConflict = query.onConflict().map(c -> new Query.OnConflict(c.update(), c.arbiters(), ofView(c.set(), own, view, false),
                c.where(), c.excluded()));
        return builder.build();
    }

    private List<TargetEntry> ofView(List<TargetEntry> targets, List<Relation.Column> own, Relation view, boolean insert) {
        List<TargetEntry> filled = new ArrayList<>();
        for (TargetEntry t : targets) {
            boolean isDefault = !t.junk() && t.expr() instanceof Expr.SetToDefault
                    && !(insert && view.column(t.attribute()).defaultNode().isEmpty());
            filled.add(isDefault ? with(t, defaultOf(view.column(t.attribute()), view)) : t);
        }
        for (Relation.Column c : own) {
            if (insert && targets.stream().noneMatch(t -> !t.junk() && t.attribute() == c.number())) {
                filled.add(TargetEntry.of(defaultOf(c, view), c.name(), c.number()));
            }
        }
        return filled;
    }

    private Query.MergeAction merge(Query.MergeAction m, Relation table) {
        List<TargetEntry> targets = switch (m.command()) {
            case INSERT -> inserted(m.targets(), table, m.overriding());
            case UPDATE -> updated(m.targets(), table);
            case SELECT, DELETE, MERGE -> m.targets();
        };
        return new Query.MergeAction(m.match(), m.command(), m.nothing(), m.condition(), targets, m.overriding());
    }

    private void insert(Query query, Relation table, QueryBuilder builder) {
        builder.rangeTable = new ArrayList<>(query.rangeTable());
        List<TargetEntry> targets = new ArrayList<>();
        for (TargetEntry target : query.targets()) {
            targets.add(unlisted(query, target, table, builder));
        }
        builder.targets = inserted(targets, table, query.overriding());
    }

    private TargetEntry unlisted(Query query, TargetEntry target, Relation table, QueryBuilder builder) {
        return target.expr() instanceof Expr.Var v && query.rangeTable().get(v.rangeIndex()) instanceof RangeEntry.Values
                ? fromRows(target, v, table, builder) : target;
    }

    /** A column of several VALUES rows: DEFAULT may stand in some of them. All of them is as if it stood alone. */
    private TargetEntry fromRows(TargetEntry target, Expr.Var v, Relation table, QueryBuilder builder) {
        RangeEntry.Values values = (RangeEntry.Values) builder.rangeTable.get(v.rangeIndex());
        int column = v.attribute() - 1;
        long defaults = values.rows().stream().filter(row -> row.get(column) instanceof Expr.SetToDefault).count();
        if (defaults == 0) {
            return target;
        }
        Relation.Column c = table.column(target.attribute());
        if (defaults < values.rows().size()) {
            boolean guarded = c.identity() == 'a' || c.generated() != 0;
            if (guarded) {
                throw notDefault(c);
            }
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (List<Expr> row : values.rows()) {
            List<Expr> filled = new ArrayList<>(row);
            if (row.get(column) instanceof Expr.SetToDefault) {
                filled.set(column, defaultOf(c, table));
            }
            rows.add(filled);
        }
        builder.rangeTable.set(v.rangeIndex(), new RangeEntry.Values(rows, values.types(), values.typmods(), values.collations(),
                values.alias(), values.columnNames(), values.lateral()));
        return defaults == values.rows().size() ? with(target, new Expr.SetToDefault(c.type(), c.typmod(), c.collation(), 0)) : target;
    }

    private List<TargetEntry> inserted(List<TargetEntry> targets, Relation table, Query.Overriding overriding) {
        List<TargetEntry> filled = new ArrayList<>();
        for (Relation.Column c : table.columns()) {
            if (c.dropped()) {
                continue;
            }
            Optional<TargetEntry> given = targets.stream().filter(t -> !t.junk() && t.attribute() == c.number()).findFirst();
            boolean isDefault = given.isEmpty() || given.get().expr() instanceof Expr.SetToDefault;
            if (c.generated() != 0) {
                if (!isDefault) {
                    throw notDefault(c);
                }
                continue;
            }
            if (!isDefault && c.identity() == 'a' && overriding == Query.Overriding.NONE) {
                throw notDefault(c);
            }
            boolean overridden = c.identity() != 0 && overriding == Query.Overriding.USER;
            if (!isDefault && !overridden) {
                filled.add(given.get());
            } else if (hasDefault(c)) {
                filled.add(new TargetEntry(defaultOf(c, table), c.name(), c.number(), 0, false, 0, 0));
            }
        }
        targets.stream().filter(TargetEntry::junk).forEach(filled::add);
        return filled;
    }

    private List<TargetEntry> updated(List<TargetEntry> targets, Relation table) {
        List<TargetEntry> filled = new ArrayList<>();
        for (TargetEntry target : targets) {
            if (target.junk()) {
                filled.add(target);
                continue;
            }
            Relation.Column c = table.column(target.attribute());
            boolean isDefault = target.expr() instanceof Expr.SetToDefault;
            if (!isDefault && (c.generated() != 0 || c.identity() == 'a')) {
                throw new SqlError(SqlState.GENERATED_ALWAYS, "column \"" + c.name() + "\" can only be updated to DEFAULT")
                        .detail(guardedDetail(c));
            }
            if (c.generated() == 0) {
                filled.add(isDefault ? with(target, defaultOf(c, table)) : target);
            }
        }
        return filled;
    }

    private static String guardedDetail(Relation.Column c) {
        return c.generated() != 0 ? "Column \"" + c.name() + "\" is a generated column."
                : "Column \"" + c.name() + "\" is an identity column defined as GENERATED ALWAYS.";
    }

    private static SqlError notDefault(Relation.Column c) {
        SqlError error = new SqlError(SqlState.GENERATED_ALWAYS, "cannot insert a non-DEFAULT value into column \"" + c.name() + "\"")
                .detail(guardedDetail(c));
        return c.generated() != 0 ? error : error.hint("Use OVERRIDING SYSTEM VALUE to override.");
    }

    private static TargetEntry with(TargetEntry target, Expr expr) {
        return new TargetEntry(expr, target.name(), target.attribute(), target.reference(), target.junk(), target.sourceTable(),
                target.sourceColumn());
    }

    private boolean hasDefault(Relation.Column c) {
        return c.identity() != 0 || c.defaultNode().isPresent() || a.types.isDomain(c.type());
    }

    /** The column's default, the next value of its identity, or null. */
    private Expr defaultOf(Relation.Column c, Relation table) {
        if (c.identity() != 0) {
            return new Expr.NextValue(a.catalog.identitySequence(table.oid(), c.number()), c.type());
        }
        return c.defaultNode().map(a.stored::expression).orElseGet(() -> new TypeDefaults(a).of(c.type(), c.typmod(), c.collation()));
    }
}
