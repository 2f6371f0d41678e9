package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.QueryBuilder;
import org.gajah.analyze.RangeEntry;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/**
 * Makes an analyzed expression of one query level fit for planning: no places in the statement, no join aliases, no whole rows, no
 * references to outer levels (they are slots), no SubLinks (their subqueries are planned). What is left of Vars are columns of
 * this level's leaves.
 */
final class Preparer {
    private final Scope scope;
    private final StatementPlan statement;
    private final ConstantFolding folding;

    Preparer(Scope scope, StatementPlan statement) {
        this.scope = scope;
        this.statement = statement;
        this.folding = new ConstantFolding(statement.catalog(), statement.sizes(), scope.isOutermost());
    }

    Expr prepare(Expr expr) {
        Expr prepared = rewrite(scope.bindOuter(Exprs.unlocated(expr)));
        return scope.query().groupingSets().isEmpty() ? folding.fold(prepared) : prepared;
    }

    private Expr rewrite(Expr expr) {
        return switch (expr) {
            case Expr.Var v -> column(v);
            case Expr.SubLink s -> subplan(s);
            default -> Exprs.mapChildren(expr, this::rewrite);
        };
    }

    private Expr column(Expr.Var v) {
        RangeEntry entry = scope.query().rangeTable().get(v.rangeIndex());
        if (v.attribute() == 0) {
            return wholeRow(v, entry);
        }
        if (entry instanceof RangeEntry.Join join) {
            return rewrite(Exprs.unlocated(join.columns().get(v.attribute() - 1)));
        }
        return v;
    }

    /** The columns by number; a dropped one is null. */
    private void addTable(Expr.Var v, int table, List<Expr> fields, List<String> names) {
        for (Relation.Column c : statement.catalog().relation(table).orElseThrow().columns()) {
            fields.add(c.dropped() ? new Expr.Const(Oids.INT4, -1, 0, null, 0)
                    : new Expr.Var(v.rangeIndex(), c.number(), c.type(), c.typmod(), c.collation(), 0, 0));
            names.add(c.name());
        }
    }

    private Expr wholeRow(Expr.Var v, RangeEntry entry) {
        List<Expr> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        switch (entry) {
            case RangeEntry.Relation r -> addTable(v, r.oid(), fields, names);
            case RangeEntry.Returned r -> addTable(v, r.relation(), fields, names);
            case RangeEntry.Join j -> {
                j.columns().forEach(c -> fields.add(rewrite(Exprs.unlocated(c))));
                names.addAll(j.columnNames());
            }
            case RangeEntry.Subquery s -> s.query().targets().stream().filter(t -> !t.junk())
                    .forEach(t -> fields.add(field(v, fields.size(), t.expr().type(), t.expr().typmod(), t.expr().collation())));
            case RangeEntry.Values s -> addAll(v, fields, s.types(), s.typmods(), s.collations());
            case RangeEntry.CteReference s -> addAll(v, fields, s.types(), s.typmods(), s.collations());
            case RangeEntry.NamedStore s -> addStore(v, s, fields, names);
            case RangeEntry.Functions f -> {
                f.functions().forEach(function -> addAll(v, fields, function.types(), function.typmods(), function.collations()));
                if (f.ordinality()) {
                    fields.add(field(v, fields.size(), 20, -1, 0));
                }
            }
        }
        if (names.isEmpty()) {
            names.addAll(entry.columnNames());
        }
        if (fields.size() == 1 && fields.getFirst().type() == v.type()) {
            return fields.getFirst();
        }
        return new Expr.RowLiteral(List.copyOf(fields), v.type(), List.copyOf(names), Expr.CallForm.IMPLICIT_CAST, 0);
    }

    /** The columns that are not dropped: those have no name. */
    private static void addStore(Expr.Var v, RangeEntry.NamedStore s, List<Expr> fields, List<String> names) {
        for (int i = 0; i < s.types().size(); i++) {
            if (!s.columnNames().get(i).isEmpty()) {
                fields.add(field(v, i, s.types().get(i), s.typmods().get(i), s.collations().get(i)));
                names.add(s.columnNames().get(i));
            }
        }
    }

    private static void addAll(Expr.Var v, List<Expr> fields, List<Integer> types, List<Integer> typmods, List<Integer> collations) {
        for (int i = 0; i < types.size(); i++) {
            fields.add(field(v, fields.size(), types.get(i), typmods.get(i), collations.get(i)));
        }
    }

    private static Expr field(Expr.Var v, int index, int type, int typmod, int collation) {
        return new Expr.Var(v.rangeIndex(), index + 1, type, typmod, collation, 0, 0);
    }

    private Expr subplan(Expr.SubLink link) {
        Optional<Expr> test = link.test().map(this::rewrite);
        Query query = link.kind() == Expr.SubLink.Kind.EXISTS ? firstRowOnly(link.query()) : link.query();
        scope.openCollection();
        Plan plan = new QueryPlanner(statement, query, Optional.of(scope)).planSelect();
        List<Plan.Binding> bindings = scope.closeCollection();
        int number = statement.addSubplan(plan);
        List<Integer> slots = bindings.stream().map(Plan.Binding::slot).toList();
        List<Expr> values = bindings.stream().map(b -> prepare(b.value())).toList();
        Optional<List<Expr>> hashKeys = link.kind() == Expr.SubLink.Kind.ANY && bindings.isEmpty() ? test.flatMap(this::hashKeys)
                : Optional.empty();
        return new Expr.SubPlanCall(link.kind(), number, slots, values, test, hashKeys.isPresent(), hashKeys.orElse(List.of()),
                link.type(), link.typmod(), link.collation());
    }

    /** EXISTS needs no more than one row, and no particular one. */
    private static Query firstRowOnly(Query q) {
        boolean plain = q.setOperation().isEmpty() && q.limit().isEmpty() && q.offset().isEmpty() && q.command() == Query.Command.SELECT
                && !q.hasTargetSets();
        if (!plain) {
            return q;
        }
        QueryBuilder one = new QueryBuilder(q);
        one.orderBy = q.distinctOn() ? q.orderBy() : List.of();
        one.limit = Optional.of(new Expr.Const(20, -1, 0, 1L, 0));
        one.withTies = false;
        return one.build();
    }

    /** The left sides if the test is a conjunction of hashable equalities, in the order of the subquery's columns. */
    private Optional<List<Expr>> hashKeys(Expr test) {
        List<Expr> keys = new ArrayList<>();
        for (Expr part : Conditions.conjuncts(test)) {
            boolean fits = part instanceof Expr.OperatorCall o && o.args().size() == 2
                    && o.args().get(1) instanceof Expr.SubLinkColumn c && c.column() == keys.size() + 1
                    && o.args().get(0).type() == c.type()
                    && Integer.compareUnsigned(o.operator(), Bootstrap.FIRST_USER_OID) < 0
                    && statement.catalog().operator(o.operator()).map(OperatorRow::canHash).orElse(false);
            if (!fits) {
                return Optional.empty();
            }
            keys.add(((Expr.OperatorCall) part).args().get(0));
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(keys));
    }
}
