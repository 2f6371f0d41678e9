package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.foreign.ForeignCatalog;

/**
 * Plans INSERT, UPDATE and DELETE of a foreign table: as one statement there if its rows are found and computed there alone, else row
 * by row.
 */
public final class ForeignChanges {
    private final StatementPlan statement;
    private final Catalog catalog;
    private final Relation relation;
    private final Query query;
    private final ForeignServer server;
    private final ForeignTable table;
    private final ForeignPlanner planner;
    private final int target;
    private final int role;

    ForeignChanges(StatementPlan statement, Relation relation, Query query) {
        this.statement = statement;
        this.catalog = statement.catalog();
        this.relation = relation;
        this.query = query;
        this.target = query.targetRelation();
        server = ForeignCatalog.server(catalog, ForeignCatalog.serverOf(catalog, relation));
        role = query.rangeTable().get(target) instanceof RangeEntry.Relation r ? r.asOwner() : 0;
        table = statement.foreignTable(relation, role);
        planner = statement.foreignPlanner(server);
        if (query.command() == Query.Command.MERGE) {
            throw noMerge(relation);
        }
    }

    static SqlError noMerge(Relation relation) {
        return SqlError.notSupported("cannot execute MERGE on relation \"" + relation.name() + "\"")
                .detail("This operation is not supported for foreign tables.");
    }

    /** The columns that UPDATE and DELETE find rows by, as columns of the level. */
    List<Expr> identity() {
        List<Expr> needed = new ArrayList<>(planner.identity(table).stream().map(this::column).toList());
        if (firesForRows()) {
            table.columns().forEach(c -> needed.add(column(c)));
        }
        return needed;
    }

    /** Whether a trigger wants to see each row that is changed. */
    private boolean firesForRows() {
        Trigger.Event event = Trigger.Event.valueOf(query.command().name());
        return relation.triggers().stream().anyMatch(t -> t.enabled() != 'D' && t.forEachRow() && t.firesAt(event));
    }

    private boolean firesBeforeRows() {
        return fires(relation, Trigger.Event.valueOf(query.command().name()), Trigger.Timing.BEFORE);
    }

    private static boolean fires(Relation relation, Trigger.Event event, Trigger.Timing timing) {
        return relation.triggers().stream().anyMatch(t -> t.enabled() != 'D' && t.forEachRow() && t.firesAt(event) && t.timing() == timing);
    }

    /** Whether triggers behind a change see the row as the server has it then, as far as the server tells. */
    public static boolean showsRows(Relation relation, ForeignTable table, ForeignPlanner planner, ForeignChange.Kind kind) {
        return kind != ForeignChange.Kind.DELETE && fires(relation, Trigger.Event.valueOf(kind.name()), Trigger.Timing.AFTER) && planner.returns(table, kind);
    }

    /** The columns that changed rows come back with: all if anybody sees them, and their place if somebody asks for it. */
    private List<ForeignColumn> back(ForeignChange.Kind kind, List<Expr> returning, List<Plan.ViewCheck> checks) {
        if (returning.isEmpty() && checks.isEmpty() && !showsRows(relation, table, planner, kind)) {
            return List.of();
        }
        List<ForeignColumn> back = new ArrayList<>(table.columns());
        if (planner.places() && returning.stream().anyMatch(e -> Exprs.any(e, ForeignChanges::isPlace))) {
            back.add(ForeignExprs.place(catalog));
        }
        return back;
    }

    private static boolean isPlace(Expr e) {
        return e instanceof Expr.InputColumn c && c.input() != Plan.Modify.CHILD && c.column() == ForeignExprs.PLACE;
    }

    private Expr column(ForeignColumn c) {
        if (c.number() < 0) {
            return RowMarks.tid(target);
        }
        Relation.Column own = relation.column(c.number());
        return new Expr.Var(target, c.number(), own.type(), own.typmod(), own.collation(), 0, 0);
    }

    /**
     * The generated columns that are computed anew: of INSERT all, of UPDATE those that depend on columns that get values, or all if triggers
     * stand before it.
     *
     * @param stored reads what the catalog has of a column's expression
     */
    public static List<ForeignColumn> defaults(Relation relation, ForeignTable table, ForeignChange.Kind kind, List<ForeignColumn> changed, boolean beforeRow,
            Function<String, Expr> stored) {
        return kind == ForeignChange.Kind.DELETE ? List.of() : table.columns().stream().filter(c -> relation.column(c.number()).generated() != 0)
                .filter(c -> kind == ForeignChange.Kind.INSERT || beforeRow || Exprs.any(stored.apply(relation.column(c.number()).defaultNode().orElseThrow()),
                        e -> e instanceof Expr.Var v && changed.stream().anyMatch(n -> n.number() == v.attribute()))).toList();
    }

    /** What the query does there; {@code assigned} says what UPDATE sets a column to, as an expression of the level. */
    Plan.ForeignModify plan(List<PlanColumn> columns, Estimate estimate, String alias, Rel rel, List<Plan.Assignment> assignments,
            IntFunction<Optional<Expr>> assigned, List<Expr> returning, List<Plan.ViewCheck> checks) {
        ForeignChange.Kind kind = switch (query.command()) {
            case INSERT -> ForeignChange.Kind.INSERT;
            case UPDATE -> ForeignChange.Kind.UPDATE;
            case DELETE -> ForeignChange.Kind.DELETE;
            case SELECT, MERGE -> throw new IllegalStateException(query.command().name());
        };
        List<ForeignColumn> changed = new ArrayList<>();
        for (ForeignColumn c : table.columns()) {
            boolean generated = relation.column(c.number()).generated() != 0;
            boolean set = assignments.stream().anyMatch(a -> a.attribute() == c.number());
            boolean any = kind == ForeignChange.Kind.INSERT || kind == ForeignChange.Kind.UPDATE && firesBeforeRows() && !planner.identity(table).contains(c);
            if (!generated && (any || set)) {
                changed.add(c);
            }
        }
        List<ForeignColumn> identity = kind == ForeignChange.Kind.INSERT ? List.of() : planner.identity(table);
        boolean doNothing = query.onConflict().isPresent();
        boolean updates = doNothing && query.onConflict().get().update();
        if (updates) {
            throw SqlError.notSupported("ON CONFLICT DO UPDATE is not supported for foreign tables");
        }
        List<ForeignColumn> back = back(kind, returning, checks);
        List<ForeignColumn> defaults = defaults(relation, table, kind, changed, firesBeforeRows(), node -> statement.sizes().stored(node, catalog));
        ForeignChange change = new ForeignChange(table, kind, changed, identity, back, doNothing, defaults);
        List<Integer> attributes = changed.stream().map(ForeignColumn::number).toList();
        List<Integer> places = identity.stream().map(c -> rel.outputs().indexOf(column(c))).toList();
        Optional<Plan.ForeignScan> whole = kind == ForeignChange.Kind.INSERT ? insertion(change, rel, assignments) : direct(change, rel, assigned);
        RemoteStatement remote = whole.map(Plan.ForeignScan::remote).orElseGet(() -> planner.change(change));
        return new Plan.ForeignModify(columns, estimate, query.command(), relation.oid(), alias, server.oid(), role, whole.map(w -> (Plan) w)
                .orElse(rel.plan()), whole.isPresent(), remote, attributes, assignments, places, firesForRows() && kind != ForeignChange.Kind.INSERT ? oldPlaces(rel) : List.of(),
                back.stream().map(ForeignColumn::number).toList(), returning, checks);
    }

    /** Where the child has the columns of the old row. */
    private List<Integer> oldPlaces(Rel rel) {
        return relation.columns().stream().map(own -> own.dropped() ? -1 : table.columns().stream().filter(c -> c.number() == own.number()).findFirst()
                .map(c -> rel.outputs().indexOf(column(c))).orElse(-1)).toList();
    }

    /** INSERT of a query's rows as one statement, if they come from there and are there what they are here. */
    private Optional<Plan.ForeignScan> insertion(ForeignChange change, Rel rel, List<Plan.Assignment> assignments) {
        if (firesForRows() || !change.returning().isEmpty() || change.doNothing()) {
            return Optional.empty();
        }
        List<Expr> values = change.columns().stream().map(c -> assignments.stream().filter(a -> a.attribute() == c.number()).map(Plan.Assignment::value).findFirst()
                .orElseGet(() -> new Expr.Const(c.type().oid(), -1, 0, null, -1))).toList();
        return new ForeignUnits(statement).rows(rel.plan(), values).filter(scan -> scan.server() == server.oid() && scan.role() == role)
                .flatMap(scan -> planner.insertAll(change, scan.query()).map(remote -> new Plan.ForeignScan(scan.columns(), scan.estimate(), scan.server(), scan.bases(), scan.outputs(),
                        scan.query(), remote, scan.parameters(), Optional.empty(), List.of())));
    }

    /** The whole change as one statement, if everything about it can be done there. */
    private Optional<Plan.ForeignScan> direct(ForeignChange change, Rel rel, IntFunction<Optional<Expr>> assigned) {
        Plan from = rel.plan();
        while (from instanceof Plan.Project p) {
            from = p.child();
        }
        boolean alone = !firesForRows() && from instanceof Plan.ForeignScan s && s.filter().isEmpty()
                && s.bases().stream().anyMatch(b -> b.range() == target && b instanceof Plan.ForeignTableBase) && s.role() == role && s.server() == server.oid();
        if (!alone || !change.returning().isEmpty() || !change.defaults().isEmpty()) {
            return Optional.empty();
        }
        Plan.ForeignScan scan = (Plan.ForeignScan) from;
        ForeignExprs exprs = ForeignExprs.of(scan, statement);
        int number = scan.bases().stream().map(Plan.ForeignBase::range).toList().indexOf(target);
        List<ForeignExpr> values = new ArrayList<>();
        for (ForeignColumn c : change.columns()) {
            Optional<ForeignExpr> value = assigned.apply(c.number()).flatMap(exprs::translate);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return planner.changeWhere(change, number, scan.query(), values).map(remote -> new Plan.ForeignScan(scan.columns(), scan.estimate(),
                scan.server(), scan.bases(), scan.outputs(), scan.query(), remote, List.copyOf(exprs.parameters()), Optional.empty(), List.of()));
    }
}
