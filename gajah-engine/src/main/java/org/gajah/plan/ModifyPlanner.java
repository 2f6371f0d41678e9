package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.TargetEntry;
import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;

/** Plans INSERT, UPDATE, DELETE and MERGE: the rows to change from FROM and WHERE, then one Modify node. */
final class ModifyPlanner {
    private static final int TABLE_OID = -6;

    private final QueryPlanner level;
    private final Query query;
    private final int target;
    private final int table;
    private final String alias;
    private final boolean view;
    private final boolean partitioned;
    private Optional<ForeignChanges> foreign = Optional.empty();

    ModifyPlanner(QueryPlanner level) {
        this.level = level;
        this.query = level.query();
        this.target = query.targetRelation();
        RangeEntry entry = query.rangeTable().get(target);
        this.view = entry instanceof RangeEntry.Subquery;
        this.table = switch (entry) {
            case RangeEntry.Relation r -> r.oid();
            case RangeEntry.Subquery s -> s.view();
            default -> throw new IllegalStateException("nothing that can be changed");
        };
        this.partitioned = entry instanceof RangeEntry.Relation r && r.kind() == 'p';
        this.alias = entry.alias();
    }

    Plan plan() {
        foreign = level.statement().catalog().relation(table).filter(r -> r.kind() == 'f')
                .map(r -> new ForeignChanges(level.statement(), r, query));
        new CtePlanner(level.scope()).plan();
        List<Expr> returning = query.returning().stream().map(t -> level.preparer().prepare(t.expr())).toList();
        returning.forEach(level::needAlso);
        Plan plan = switch (query.command()) {
            case INSERT -> insert(returning);
            case UPDATE, DELETE -> change(returning);
            case MERGE -> merge(returning);
            case SELECT -> throw new IllegalStateException("SELECT changes nothing");
        };
        level.statement().use(table, RelationUse.Access.WRITE);
        level.statement().usePartitions(table, RelationUse.Access.WRITE, query.command() != Query.Command.DELETE);
        return plan;
    }

    private Plan insert(List<Expr> returning) {
        Rel rel = level.planFromWhere(query.targets());
        List<Plan.Assignment> assignments = assignments(query.targets(), rel.place(level.targets()));
        Optional<Plan.ConflictAction> conflict = query.onConflict().map(this::conflict);
        return modify(rel, -1, assignments, List.of(), Optional.empty(), conflict, List.of(), returning);
    }

    private Plan change(List<Expr> returning) {
        if (foreign.isPresent()) {
            foreign.get().identity().forEach(level::needAlso);
        } else {
            needTarget();
        }
        Rel rel = level.planFromWhere(query.targets());
        List<Plan.Assignment> assignments = query.command() == Query.Command.DELETE ? List.of()
                : assignments(query.targets(), rel.place(level.targets()));
        Optional<Expr> recheck = view ? Optional.empty() : Conditions.and(RowMarks.recheckable(conditions(), rel)).map(rel::place);
        return modify(rel, rel.outputs().indexOf(RowMarks.tid(target)), assignments, RowMarks.targetColumns(rel, target), recheck,
                Optional.empty(), List.of(), returning);
    }

    /** What a changed row is looked at again for: policies first. */
    private List<Expr> conditions() {
        List<Expr> conditions = new ArrayList<>(level.security(target));
        conditions.addAll(level.allConditions());
        return conditions;
    }

    /** The place of the row to change; of a view, which has none, the whole row. */
    private void needTarget() {
        if (query.rangeTable().get(target) instanceof RangeEntry.Subquery s) {
            List<TargetEntry> columns = s.query().targets().stream().filter(t -> !t.junk()).toList();
            for (int i = 0; i < columns.size(); i++) {
                Expr e = columns.get(i).expr();
                level.needAlso(new Expr.Var(target, i + 1, e.type(), e.typmod(), e.collation(), 0, 0));
            }
        } else {
            level.needAlso(RowMarks.tid(target));
            if (partitioned) {
                level.needAlso(RowMarks.tableOid(target));
                needWholeRows();
            }
        }
    }

    /** Rows of foreign partitions are not read again where they are. */
    private void needWholeRows() {
        Relation root = level.statement().catalog().relation(table).orElseThrow();
        if (hasForeign(root)) {
            root.columns().stream().filter(c -> !c.dropped())
                    .forEach(c -> level.needAlso(new Expr.Var(target, c.number(), c.type(), c.typmod(), c.collation(), 0, 0)));
        }
    }

    private boolean hasForeign(Relation parent) {
        return level.statement().catalog().partitions(parent).partitions().stream().anyMatch(p -> p.kind() == 'f' || p.kind() == 'p' && hasForeign(p));
    }

    /** Foreign partitions that may have rows for it do not take a MERGE. */
    private void requireNoForeign(Plan plan) {
        if (plan instanceof Plan.ForeignScan s) {
            s.bases().stream().filter(b -> b.range() == target).flatMap(Plan.ForeignBase::tables).findFirst().ifPresent(b -> {
                throw ForeignChanges.noMerge(level.statement().catalog().relation(b.relation()).orElseThrow());
            });
        }
        plan.children().forEach(this::requireNoForeign);
    }

    /** MERGE: the source joined with the target, each side kept alone where an action is for it. */
    private Plan merge(List<Expr> returning) {
        needTarget();
        List<Plan.MergeStep> prepared = query.mergeActions().stream().map(this::mergeStep).toList();
        for (Plan.MergeStep step : prepared) {
            step.condition().ifPresent(level::needAlso);
            step.assignments().forEach(a -> level.needAlso(a.value()));
        }
        Rel rel = level.planFromWhere(List.of());
        requireNoForeign(rel.plan());
        List<Plan.MergeStep> steps = prepared.stream().map(step -> new Plan.MergeStep(step.match(), step.command(), step.condition().map(rel::place),
                step.assignments().stream().map(a -> new Plan.Assignment(a.attribute(), rel.place(a.value()))).toList())).toList();
        Optional<Expr> on = Conditions.and(RowMarks.recheckable(conditions(), rel)).map(rel::place);
        return modify(rel, rel.outputs().indexOf(RowMarks.tid(target)), List.of(), RowMarks.targetColumns(rel, target), on, Optional.empty(),
                steps, returning);
    }

    private Plan.MergeStep mergeStep(Query.MergeAction action) {
        List<Expr> values = action.targets().stream().map(t -> level.preparer().prepare(t.expr())).toList();
        return new Plan.MergeStep(action.match(), action.nothing() ? Query.Command.SELECT : action.command(),
                action.condition().map(level.preparer()::prepare), assignments(action.targets(), values));
    }

    private static List<Plan.Assignment> assignments(List<TargetEntry> targets, List<Expr> values) {
        List<Expr> links = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i).junk()) {
                links.add(values.get(i));
            }
        }
        List<Plan.Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            if (!targets.get(i).junk()) {
                assignments.add(new Plan.Assignment(targets.get(i).attribute(), linked(values.get(i), links)));
            }
        }
        return List.copyOf(assignments);
    }

    /** Replaces the values of multiple assignments by fields of their subqueries' rows. */
    private static Expr linked(Expr e, List<Expr> links) {
        if (e instanceof Expr.MultiAssignColumn c) {
            return new Expr.FieldSelect(links.get(c.link()), c.column(), c.type(), c.typmod(), c.collation());
        }
        return links.isEmpty() ? e : Exprs.mapChildren(e, child -> linked(child, links));
    }

    private Plan modify(Rel rel, int tidColumn, List<Plan.Assignment> assignments, List<Plan.TargetColumn> targetColumns,
            Optional<Expr> recheck, Optional<Plan.ConflictAction> conflict, List<Plan.MergeStep> steps, List<Expr> returning) {
        List<PlanColumn> columns = new ArrayList<>();
        List<Expr> placed = new ArrayList<>();
        List<Plan.ViewCheck> checks = new ArrayList<>();
        for (int i = 0; i < returning.size(); i++) {
            TargetEntry entry = query.returning().get(i);
            Expr e = returning.get(i);
            if (entry.junk()) {
                checks.add(new Plan.ViewCheck(entry.name(), placeReturned(e, rel)));
            } else {
                columns.add(new PlanColumn(entry.name(), e.type(), e.typmod(), e.collation()));
                placed.add(placeReturned(e, rel));
            }
        }
        if (foreign.isPresent()) {
            return foreign.get().plan(columns, Costs.above(rel.plan(), rel.rows(), Costs.TUPLE), alias, rel,
                    assignments, this::value, placed, checks);
        }
        return new Plan.Modify(columns, Costs.above(rel.plan(), rel.rows(), Costs.TUPLE), query.command(), table, alias,
                rel.plan(), tidColumn, assignments, targetColumns, recheck, conflict, steps, placed, checks, policyChecks(), query.given(),
                query.rangeTable().get(target) instanceof RangeEntry.Relation r ? r.asOwner() : 0);
    }

    private List<Plan.PolicyCheck> policyChecks() {
        return query.policyChecks().stream().map(c -> new Plan.PolicyCheck(c.kind(), c.table(), c.policy(),
                placeChecked(level.preparer().prepare(c.condition())))).toList();
    }

    /** A policy's condition sees the columns of the one row that is checked. */
    private Expr placeChecked(Expr e) {
        if (e instanceof Expr.Var v && v.attribute() == TABLE_OID) {
            return new Expr.Const(v.type(), -1, 0, table, 0);
        }
        if (e instanceof Expr.Var v) {
            if (v.attribute() < 0) {
                throw SqlError.notSupported("system columns in policies for rows that are written are not supported");
            }
            return column(v, 0);
        }
        return Exprs.mapChildren(e, this::placeChecked);
    }

    /** What an UPDATE sets a column to. */
    private Optional<Expr> value(int attribute) {
        for (int i = 0; i < query.targets().size(); i++) {
            TargetEntry t = query.targets().get(i);
            if (!t.junk() && t.attribute() == attribute) {
                return Optional.of(level.targets().get(i)).filter(e -> !Exprs.any(e, x -> x instanceof Expr.MultiAssignColumn));
            }
        }
        return Optional.empty();
    }

    /** The changed table's columns are those of the changed row; all else stands in the child's row. */
    private Expr placeReturned(Expr e, Rel rel) {
        if (e instanceof Expr.Var v && v.rangeIndex() == target) {
            return column(v, Plan.Modify.ROW);
        }
        if (e instanceof Expr.Var v && query.rangeTable().get(v.rangeIndex()) instanceof RangeEntry.Returned r) {
            return column(v, r.isNew() ? Plan.Modify.NEW : Plan.Modify.OLD);
        }
        if (e instanceof Expr.Var) {
            return rel.place(e);
        }
        return Exprs.mapChildren(e, child -> placeReturned(child, rel));
    }

    private static Expr column(Expr.Var v, int input) {
        int column = v.attribute() > 0 ? v.attribute() - 1 : v.attribute();
        return new Expr.InputColumn(input, column, v.type(), v.typmod(), v.collation());
    }

    private Plan.ConflictAction conflict(Query.OnConflict action) {
        List<Plan.Assignment> set = action.set().stream()
                .map(t -> new Plan.Assignment(t.attribute(), placeConflict(level.preparer().prepare(t.expr()), action.excluded()))).toList();
        Optional<Expr> where = action.where().map(w -> placeConflict(level.preparer().prepare(w), action.excluded()));
        return new Plan.ConflictAction(action.update(), action.arbiters(), set, where);
    }

    private Expr placeConflict(Expr e, int excluded) {
        if (e instanceof Expr.Var v) {
            return column(v, v.rangeIndex() == excluded ? Plan.Modify.NEW : Plan.Modify.OLD);
        }
        return Exprs.mapChildren(e, child -> placeConflict(child, excluded));
    }
}
