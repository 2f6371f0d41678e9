package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.RangeEntry.FromItem;
import org.gajah.analyze.SortGroupClause;
import org.gajah.analyze.TargetEntry;
import org.gajah.catalog.Relation;
import org.gajah.foreign.ForeignCatalog;

/**
 * Plans one query level from its FROM to its LIMIT. Steps: WITH queries; every expression prepared ({@link Preparer}); FROM and
 * WHERE; groups; windows; output columns; DISTINCT; order; row locks; limit.
 */
final class QueryPlanner {
    private final StatementPlan statement;
    private final Scope scope;
    private final Query query;
    private final Preparer preparer;
    private final Map<FromItem.JoinExpr, List<Expr>> joinConditions = new IdentityHashMap<>();
    private final List<Expr> unpreparedRecheck;
    private final List<Expr> recheck = new ArrayList<>();
    private final Map<Integer, List<Expr>> security = new HashMap<>();
    private final List<Expr> extraNeeds = new ArrayList<>();
    private boolean sortedByScan;
    private Map<Integer, JoinPlanner.Item> items = Map.of();
    private Selectivity selectivity;
    private List<Expr> where = List.of();
    private List<Expr> targets = List.of();
    private Optional<Expr> having = Optional.empty();

    QueryPlanner(StatementPlan statement, Query written, Optional<Scope> outer) {
        this.statement = statement;
        Flattening.Flat flat = Flattening.of(written, statement.catalog());
        this.query = MinMaxByIndex.rewrite(flat.query(), statement.catalog());
        this.unpreparedRecheck = flat.recheck();
        this.scope = new Scope(query, outer, statement);
        this.preparer = new Preparer(scope, statement);
        this.selectivity = new Selectivity(statement);
    }

    Scope scope() {
        return scope;
    }

    Query query() {
        return query;
    }

    StatementPlan statement() {
        return statement;
    }

    Preparer preparer() {
        return preparer;
    }

    /** The plan of any query; one that changes rows gives its RETURNING list. */
    Plan planTop() {
        return switch (query.command()) {
            case SELECT -> planSelect();
            case INSERT, UPDATE, DELETE, MERGE -> new ModifyPlanner(this).plan();
        };
    }

    /** A SELECT's plan: its columns are the output columns without the junk. */
    Plan planSelect() {
        new CtePlanner(scope).plan();
        if (query.setOperation().isPresent()) {
            return new SetOperationPlanner(this).plan();
        }
        RowMarks marks = new RowMarks(this);
        marks.need();
        Rel rel = planFromWhere(query.targets());
        return marks.isEmpty() ? finish(rel) : finishMarked(rel, marks);
    }

    /** Prepares everything and plans FROM and WHERE so that the result carries what {@code wanted} and the rest need. */
    Rel planFromWhere(List<TargetEntry> wanted) {
        targets = wanted.stream().map(t -> preparer.prepare(t.expr())).toList();
        where = query.command() == Query.Command.MERGE ? List.of() : query.from().where().map(w -> Conditions.conjuncts(preparer.prepare(w))).orElse(List.of());
        List<FromItem> from = fromItems();
        from.forEach(this::prepareJoins);
        for (Expr condition : unpreparedRecheck) {
            recheck.add(preparer.prepare(condition));
        }
        having = query.having().map(preparer::prepare);
        prepareSecurity();
        from = withoutUseless(from);
        List<Leaf> leaves = new ArrayList<>();
        from.forEach(item -> collectLeaves(item, leaves));
        items = planLeaves(leaves);
        JoinPlanner joins = new JoinPlanner(statement, items, joinConditions);
        Rel rel = joins.plan(from, where, wantedOrder(), new ForeignNeeds(keptColumns(), RowMarks.foreignLocks(query),
                query.command() != Query.Command.SELECT, !query.orderBy().isEmpty() && !query.hasAggregates() && !query.hasWindows()));
        sortedByScan = joins.isOrdered();
        selectivity = joins.selectivity();
        return rel;
    }

    private List<FromItem> withoutUseless(List<FromItem> from) {
        boolean lateral = query.rangeTable().stream().anyMatch(e -> switch (e) {
            case RangeEntry.Subquery s -> s.lateral();
            case RangeEntry.Functions f -> f.lateral();
            case RangeEntry.Values v -> v.lateral();
            case RangeEntry.Relation r -> false;
            case RangeEntry.Join j -> false;
            case RangeEntry.CteReference c -> false;
            case RangeEntry.NamedStore n -> false;
            case RangeEntry.Returned r -> false;
        });
        if (lateral || joinConditions.isEmpty() || query.command() != Query.Command.SELECT) {
            return from;
        }
        return new UselessJoins(query, statement.catalog(), joinConditions, range -> {
            List<Expr> readers = new ArrayList<>(targets);
            readers.addAll(where);
            readers.addAll(recheck);
            readers.addAll(extraNeeds);
            having.ifPresent(readers::add);
            return readers.stream().anyMatch(e -> Conditions.ranges(e).get(range));
        }).without(from);
    }

    private List<FromItem> fromItems() {
        if (query.command() == Query.Command.MERGE) {
            return List.of(new FromItem.JoinExpr(mergeJoin(), query.from().items().getFirst(), new FromItem.Leaf(query.targetRelation()),
                    query.from().where(), -1));
        }
        return query.from().items();
    }

    /** How a MERGE joins its source with the target: a side that an action is for comes also without the other. */
    private RangeEntry.JoinType mergeJoin() {
        boolean source = query.mergeActions().stream().anyMatch(a -> a.match() == Query.MergeAction.MatchKind.NOT_MATCHED_BY_TARGET);
        boolean table = query.mergeActions().stream().anyMatch(a -> a.match() == Query.MergeAction.MatchKind.NOT_MATCHED_BY_SOURCE);
        if (source) {
            return table ? RangeEntry.JoinType.FULL : RangeEntry.JoinType.LEFT;
        }
        return table ? RangeEntry.JoinType.RIGHT : RangeEntry.JoinType.INNER;
    }

    /** Expressions beyond targets and conditions whose columns FROM must carry: RETURNING lists, row marks. */
    void needAlso(Expr expr) {
        extraNeeds.add(expr);
    }

    /** The prepared output expressions, one for each entry handed to {@link #planFromWhere}. */
    List<Expr> targets() {
        return targets;
    }

    /** All prepared conditions that decide which rows the query sees: for a second look at a changed row. */
    List<Expr> allConditions() {
        List<Expr> all = new ArrayList<>(where);
        all.addAll(recheck);
        joinConditions.values().forEach(all::addAll);
        return all;
    }

    /** The prepared conditions of policies about one table, which come before all others. */
    List<Expr> security(int range) {
        return security.getOrDefault(range, List.of());
    }

    private void prepareSecurity() {
        for (int i = 0; i < query.rangeTable().size(); i++) {
            if (query.rangeTable().get(i) instanceof RangeEntry.Relation r && !r.security().isEmpty()) {
                security.put(i, r.security().stream().flatMap(e -> Conditions.conjuncts(preparer.prepare(e)).stream()).distinct().toList());
            }
        }
    }

    private void prepareJoins(FromItem item) {
        if (item instanceof FromItem.JoinExpr join) {
            joinConditions.put(join, join.condition().map(c -> Conditions.conjuncts(preparer.prepare(c))).orElse(List.of()));
            prepareJoins(join.left());
            prepareJoins(join.right());
        }
    }

    private record Leaf(int range) {
    }

    private static void collectLeaves(FromItem item, List<Leaf> leaves) {
        switch (item) {
            case FromItem.Leaf leaf -> leaves.add(new Leaf(leaf.rangeIndex()));
            case FromItem.JoinExpr join -> {
                collectLeaves(join.left(), leaves);
                collectLeaves(join.right(), leaves);
            }
        }
    }

    private Map<Integer, JoinPlanner.Item> planLeaves(List<Leaf> leaves) {
        LeafPlanner leafPlanner = new LeafPlanner(this);
        Map<Integer, JoinPlanner.Item> items = new HashMap<>();
        for (Leaf leaf : leaves) {
            if (!(query.rangeTable().get(leaf.range) instanceof RangeEntry.Relation)) {
                JoinPlanner.Item item = leafPlanner.derived(leaf.range);
                items.put(leaf.range, item);
                item.bindings().forEach(b -> needAlso(b.value()));
            }
        }
        for (Leaf leaf : leaves) {
            if (query.rangeTable().get(leaf.range) instanceof RangeEntry.Relation relation) {
                items.put(leaf.range, new JoinPlanner.Item(baseTable(leaf.range, relation), statement.catalog()));
            }
        }
        return items;
    }

    BaseTable baseTable(int range, RangeEntry.Relation entry) {
        Relation relation = statement.catalog().relation(entry.oid()).orElseThrow();
        statement.use(entry.oid(), RelationUse.Access.READ);
        if (relation.kind() == 'f') {
            ForeignCatalog.requireHandled(statement.catalog(), relation);
        }
        Map<Integer, Expr.Var> vars = new HashMap<>();
        everything(e -> {
            if (e instanceof Expr.Var v && v.levelsUp() == 0 && v.rangeIndex() == range) {
                vars.putIfAbsent(v.attribute(), v);
            }
        });
        List<Integer> attributes = List.copyOf(new TreeSet<>(vars.keySet()));
        List<Expr> outputs = attributes.stream().map(a -> (Expr) vars.get(a)).toList();
        return new BaseTable(range, entry.alias(), relation, attributes, outputs, entry.asOwner(), security(range), entry.inherit());
    }

    private boolean isForeignTarget() {
        return query.rangeTable().get(query.targetRelation()) instanceof RangeEntry.Relation r && r.kind() == 'f';
    }

    /** The columns that are read above FROM and WHERE. */
    private Set<Expr> keptColumns() {
        List<Expr> readers = new ArrayList<>(targets);
        readers.addAll(extraNeeds);
        having.ifPresent(readers::add);
        if (query.command() != Query.Command.SELECT && !isForeignTarget() || !query.rowMarks().isEmpty()) {
            readers.addAll(allConditions());
            security.values().forEach(readers::addAll);
        }
        Set<Expr> columns = new HashSet<>();
        readers.forEach(e -> visitAll(e, x -> {
            if (x instanceof Expr.Var) {
                columns.add(x);
            }
        }));
        return columns;
    }

    private void everything(Consumer<Expr> visit) {
        List<Expr> all = new ArrayList<>(targets);
        all.addAll(allConditions());
        all.addAll(extraNeeds);
        security.values().forEach(all::addAll);
        having.ifPresent(all::add);
        all.forEach(e -> visitAll(e, visit));
    }

    private static void visitAll(Expr e, Consumer<Expr> visit) {
        visit.accept(e);
        Exprs.forEachChild(e, child -> visitAll(child, visit));
    }

    /** The order of FROM's rows that would spare the sort, if nothing stands between, and how many of them LIMIT asks for. */
    private WantedOrder wantedOrder() {
        boolean plain = query.command() == Query.Command.SELECT && query.groupBy().isEmpty() && query.groupingSets().isEmpty()
                && !query.hasAggregates() && !query.hasWindows() && query.distinct().isEmpty() && !query.hasTargetSets()
                && query.having().isEmpty();
        if (!plain || query.limit().isEmpty() && query.orderBy().isEmpty()) {
            return WantedOrder.NONE;
        }
        List<WantedOrder.OrderKey> keys = new ArrayList<>();
        for (SortGroupClause s : query.orderBy()) {
            keys.add(new WantedOrder.OrderKey(targets.get(indexOf(s.reference())), s.descending(), s.nullsFirst()));
        }
        long skipped = query.offset().flatMap(QueryPlanner::constant).orElse(0L);
        long limit = query.limit().flatMap(QueryPlanner::constant).map(n -> n + skipped).orElse(0L);
        return new WantedOrder(keys, query.limit().isEmpty() ? 1 : limitShare(), Math.max(0, limit));
    }

    /** A guess at the part of all rows that LIMIT lets through, before their number is known. */
    private double limitShare() {
        return constant(query.limit().get()).filter(n -> n <= FEW_ROWS).isPresent() ? 0.01 : 0.1;
    }

    private static final long FEW_ROWS = 1000;

    /** The value of a count that is known before the run. */
    static Optional<Long> constant(Expr count) {
        return switch (count) {
            case Expr.Const c when c.value() instanceof Long n -> Optional.of(n);
            case Expr.Const c when c.value() instanceof Integer n -> Optional.of(n.longValue());
            case Expr.FunctionCall f when f.type() == 20 && f.args().size() == 1 && f.args().getFirst().type() == 23 -> constant(f.args().getFirst());
            default -> Optional.empty();
        };
    }

    private int indexOf(int reference) {
        return QueryPlanner.indexOf(query.targets(), reference);
    }

    static int indexOf(List<TargetEntry> targets, int reference) {
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i).reference() == reference) {
                return i;
            }
        }
        throw new IllegalStateException("no target entry with reference " + reference);
    }

    /** From joined rows to the output: everything above FROM and WHERE. */
    private Plan finish(Rel from) {
        Rel rel = from;
        ForeignUpper foreign = new ForeignUpper(query, targets, statement, selectivity, this::unit);
        if (query.hasAggregates() || !query.groupBy().isEmpty() || !query.groupingSets().isEmpty() || having.isPresent()) {
            Rel rows = rel;
            rel = foreign.grouped(rows, having).orElseGet(() -> new GroupPlanner(query, targets, having, selectivity).plan(foreign.told(rows)));
            targets = foreign.targets();
        }
        if (query.hasWindows()) {
            rel = new WindowPlanner(query, targets, preparer).plan(rel);
        }
        Optional<Rel> distinct = foreign.distinct(rel);
        rel = distinct.isPresent() ? distinct.get() : foreign.told(rel);
        Optional<Rel> sorted = foreign.sorted(rel);
        rel = sorted.isPresent() ? sorted.get() : foreign.told(rel);
        boolean inOrder = sortedByScan || sorted.isPresent() || query.orderBy().isEmpty();
        Optional<Rel> limited = inOrder && (query.limit().isPresent() || query.offset().isPresent()) ? limited(foreign, rel) : Optional.empty();
        if (limited.isEmpty() && (query.limit().isPresent() || query.offset().isPresent())) {
            rel = foreign.limitedHere(rel, inOrder);
        }
        Plan plan = new OutputPlanner(query, targets).project(limited.orElse(rel));
        List<PlanColumn> columns = plan.columns();
        plan = distinct.isPresent() ? plan : OutputPlanner.distinct(plan, query);
        if (!sortedByScan && sorted.isEmpty()) {
            plan = OutputPlanner.sort(plan, query);
        }
        return OutputPlanner.withoutJunk(limited.isPresent() ? plan : limit(plan), query.targets(), columns);
    }

    /** With row locks the output is computed last, and nothing but order and limit can stand beside them. */
    private Plan finishMarked(Rel rel, RowMarks marks) {
        Plan plan = new OutputPlanner(query, targets).project(marks.lock(rel, targets));
        List<PlanColumn> columns = plan.columns();
        return OutputPlanner.withoutJunk(limit(plan), query.targets(), columns);
    }

    /** A subquery that a foreign server does whole, and that is all there is in FROM, as a scan of this level. */
    private Optional<Rel> unit(Rel rel) {
        return unitItem(rel).flatMap(i -> ForeignPaths.scan(i, statement, selectivity, rel.rows(), keptColumns()));
    }

    private Optional<ForeignItem> unitItem(Rel rel) {
        return items.values().stream().filter(i -> i.derived().filter(d -> d.plan() == rel.plan()).isPresent()).findFirst().flatMap(JoinPlanner.Item::foreign);
    }

    private Optional<Rel> limited(ForeignUpper foreign, Rel rel) {
        if (!(rel.plan() instanceof Plan.ForeignScan) && unitItem(rel).isEmpty()) {
            return Optional.empty();
        }
        return foreign.limited(rel, query.limit().map(preparer::prepare), query.offset().map(preparer::prepare), limit(rel.plan()).estimate());
    }

    Plan limit(Plan plan) {
        if (query.limit().isEmpty() && query.offset().flatMap(QueryPlanner::constant).orElse(query.offset().isEmpty() ? 0L : 1L) == 0) {
            return plan;
        }
        Optional<Expr> count = query.limit().map(preparer::prepare);
        Optional<Expr> offset = query.offset().map(preparer::prepare);
        List<Integer> ties = query.withTies()
                ? query.orderBy().stream().map(s -> indexOf(s.reference())).toList() : List.of();
        double rows = plan.estimate().rows();
        if (count.isPresent() && constant(count.get()).isPresent()) {
            rows = Math.min(rows, constant(count.get()).get());
        }
        Estimate e = plan.estimate();
        double share = Math.min(1, rows / Math.max(1, e.rows()));
        return new Plan.Limit(new Estimate(e.startup(), e.upTo(share), Costs.atLeastOne(rows), e.width(), e.disabled()),
                plan, count, offset, ties);
    }

    /** The columns of a target list that clients see. */
    static List<ResultColumn> results(List<TargetEntry> targets) {
        return targets.stream().filter(t -> !t.junk()).map(t -> new ResultColumn(t.name(), t.expr().type(), t.expr().typmod(),
                t.expr().collation(), t.sourceTable(), t.sourceColumn())).toList();
    }

    static List<SortKey> sortKeys(List<SortGroupClause> clauses, List<TargetEntry> targets) {
        return clauses.stream().map(s -> {
            int column = indexOf(targets, s.reference());
            return new SortKey(column, s.descending(), s.nullsFirst(), targets.get(column).expr().collation());
        }).toList();
    }

    static BitSet range(int index) {
        BitSet set = new BitSet();
        set.set(index);
        return set;
    }
}
