package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignQuery.From;
import org.gajah.api.foreign.ForeignQuery.JoinKind;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.Judgement;
import org.gajah.catalog.Catalog;
import org.gajah.foreign.ForeignCatalog;

/**
 * Joins of tables of one server, done there. What the server does not take exactly is checked here, above the join, where that gives the
 * same rows: if no outer, semi or anti join stands between.
 *
 * <p>Invariant: a set of leaves is joined there as the first legal pair of its parts says; all pairs give the same rows.
 */
final class ForeignJoins {
    private static final int MOST_TABLES = 8;
    private static final double LEAST_SHARE = 0.001;

    private final JoinProblem problem;
    private final StatementPlan statement;
    private final ForeignNeeds needs;
    private final boolean allowed;
    private final Selectivity selectivity;

    /** Why parts that are of one server, or of several, are not joined there, by their leaves; those that could be say that it costs more. */
    private final Map<Long, String> reasons = new HashMap<>();

    /** For a FROM of which the columns of {@code needs} are read above it. Not for rows that SELECT locks. */
    ForeignJoins(JoinProblem problem, StatementPlan statement, Selectivity selectivity, ForeignNeeds needs) {
        this.selectivity = selectivity;
        this.problem = problem;
        this.statement = statement;
        this.needs = needs;
        this.allowed = (needs.locks().isEmpty() || needs.changes())
                && problem.items.stream().filter(i -> i.foreign().isPresent()).count() > 1;
    }

    /** How one server would give the rows of some leaves. */
    sealed interface Tree {
        ForeignItem any();

        int size();

        /** How many rows that is taken to be: joins of tables that nobody has analyzed are taken for ones by a key. */
        double rows();

        /** A table or a query with the conditions on nothing but itself. */
        record Leaf(ForeignItem item, double rows, List<JoinClause> own) implements Tree {
            @Override
            public ForeignItem any() {
                return item;
            }

            @Override
            public int size() {
                return 1;
            }
        }

        /** A join; {@code filter} is checked above it. */
        record Node(JoinKind kind, double rows, Tree left, Tree right, List<JoinClause> on, List<JoinClause> filter) implements Tree {
            @Override
            public ForeignItem any() {
                return left.any();
            }

            @Override
            public int size() {
                return left.size() + right.size();
            }

            boolean hidesRight() {
                return kind == JoinKind.SEMI || kind == JoinKind.ANTI;
            }
        }
    }

    /** A leaf as part of joins there, if a server has it. */
    Optional<Tree> leaf(JoinPlanner.Item item, double rows, List<JoinClause> own) {
        return allowed ? item.foreign().map(i -> new Tree.Leaf(i, rows, own)) : Optional.empty();
    }

    /** Whether all its tables have been analyzed. */
    private boolean isKnown(Tree tree) {
        return switch (tree) {
            case Tree.Leaf l -> l.item.isKnown(statement.catalog());
            case Tree.Node n -> isKnown(n.left) && isKnown(n.right);
        };
    }

    /** Two parts joined there; nothing if that cannot be. */
    Optional<Rel> join(JoinRel to, Plan.JoinKind kind, JoinRel left, JoinRel right, List<JoinClause> on, List<JoinClause> filter) {
        if (to.foreign.isPresent() || left.foreign.isEmpty() || right.foreign.isEmpty()) {
            return Optional.empty();
        }
        Tree l = left.foreign.get();
        Tree r = right.foreign.get();
        boolean oneServer = l.any().server() == r.any().server();
        if (!oneServer || l.any().base().role() != r.any().base().role()) {
            reasons.put(to.leaves, oneServer ? "the tables are read by different users" : "the tables are of different servers");
            return Optional.empty();
        }
        Catalog catalog = statement.catalog();
        ForeignServer server = ForeignCatalog.server(catalog, l.any().server());
        ForeignPlanner planner = statement.foreignPlanner(server);
        Tree.Node tree = new Tree.Node(JoinKind.valueOf(kind.name()), isKnown(l) && isKnown(r) || on.isEmpty() ? to.rows : Math.min(to.rows, byKey(kind, left, right, on)),
                l, r, on, filter);
        if (!planner.joins(tree.kind)) {
            reasons.put(to.leaves, "the server has no " + tree.kind + " JOIN");
            return Optional.empty();
        }
        if (tree.size() > MOST_TABLES && tree.size() < problem.items.size()) {
            to.foreign = Optional.of(tree);
            reasons.put(to.leaves, "more than " + MOST_TABLES + " tables go there only with all others");
            return Optional.empty();
        }
        Made made = new Made(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ForeignExprs(catalog), planner, new ArrayList<>());
        enter(tree, made, true);
        Optional<Rel> rel = part(tree, made, new int[1]).flatMap(p -> rel(to, tree, p, made, server));
        if (rel.isPresent()) {
            to.foreign = Optional.of(tree);
        }
        reasons.put(to.leaves, rel.isPresent() ? "it is estimated to be cheaper here" : made.obstacle());
        return rel;
    }

    /** How many rows a join of tables that nobody has analyzed is taken to give: one for each row of the smaller side, if rows are equal in something. */
    private static double byKey(Plan.JoinKind kind, JoinRel left, JoinRel right, List<JoinClause> on) {
        double l = left.foreign.orElseThrow().rows();
        double r = right.foreign.orElseThrow().rows();
        boolean equal = on.stream().anyMatch(c -> c.hashes(left.leaves, right.leaves));
        return switch (kind) {
            case INNER -> equal ? Math.min(l, r) : Math.max(l, r);
            case LEFT -> equal ? l : Math.max(l, r);
            case SEMI, ANTI -> l;
            case RIGHT -> equal ? r : Math.max(l, r);
            case FULL -> Math.max(l, r);
        };
    }

    /** A scan that is joined here, with a note for EXPLAIN VERBOSE of why; {@code leaves} are its own. */
    Rel told(Rel rel, long leaves) {
        Optional<String> why = reasons.entrySet().stream().filter(e -> (e.getKey() & leaves) == leaves && e.getKey() != leaves)
                .min(Comparator.<Map.Entry<Long, String>>comparingInt(e -> Long.bitCount(e.getKey())).thenComparing(Map.Entry::getKey)).map(Map.Entry::getValue);
        return why.isPresent() && rel.plan() instanceof Plan.ForeignScan s ? rel.withPlan(s.withNote("local: the join, since " + why.get())) : rel;
    }

    /** What is collected for one query: what it joins, in order, as it stands in FROM, and that of it whose columns may be read. */
    private record Made(List<ForeignItem> items, List<From> froms, List<ForeignItem> visible, ForeignExprs exprs, ForeignPlanner planner, List<String> obstacles) {
        String obstacle() {
            return obstacles.isEmpty() ? "it may differ there" : obstacles.getFirst();
        }

        /** Keeps why conditions stand in the way. */
        void hinders(List<String> notes) {
            notes.forEach(n -> obstacles.add(n.substring(n.indexOf(' ') + 1)));
        }
    }

    /** FROM as far as it is made, with conditions that stand in WHERE, and those that are checked here, with the reasons. */
    private record Part(From from, List<ForeignExpr> where, List<Expr> local, List<String> notes) {
        Part(From from, List<ForeignExpr> where) {
            this(from, where, List.of(), List.of());
        }
    }

    private void enter(Tree tree, Made made, boolean visible) {
        switch (tree) {
            case Tree.Leaf l -> {
                made.items.add(l.item);
                if (visible) {
                    made.visible.add(l.item);
                }
                made.froms.add(l.item.enter(made.exprs, statement));
            }
            case Tree.Node n -> {
                enter(n.left, made, visible);
                enter(n.right, made, visible && !n.hidesRight());
            }
        }
    }

    private Optional<Part> part(Tree tree, Made made, int[] number) {
        return switch (tree) {
            case Tree.Leaf l -> {
                ForeignPaths.Judged own = ForeignPaths.judge(JoinCosts.exprs(l.own), made.exprs, made.planner);
                yield Optional.of(new Part(made.froms.get(number[0]++), own.remote(), own.local(), own.notes()));
            }
            case Tree.Node n -> {
                Optional<Part> left = part(n.left, made, number);
                Optional<Part> right = left.isEmpty() ? left : part(n.right, made, number);
                if (right.isEmpty() || n.kind != JoinKind.INNER && !right.get().local.isEmpty() || n.kind == JoinKind.FULL && !left.get().local.isEmpty()) {
                    right.ifPresent(r -> made.hinders(r.notes));
                    left.ifPresent(l -> made.hinders(l.notes));
                    yield Optional.empty();
                }
                yield n.kind == JoinKind.INNER ? inner(n, left.get(), right.get(), made) : exact(n.on, made).flatMap(on -> {
                    ForeignPaths.Judged filter = ForeignPaths.judge(JoinCosts.exprs(n.filter), made.exprs, made.planner);
                    return join(n.kind, left.get(), right.get(), on, filter.remote()).map(p -> new Part(p.from, p.where, joined(left.get().local, filter.local()),
                            joined(left.get().notes, filter.notes())));
                });
            }
        };
    }

    /** An inner join; one of whose conditions the server takes none would be all pairs. */
    private static Optional<Part> inner(Tree.Node n, Part left, Part right, Made made) {
        ForeignPaths.Judged on = ForeignPaths.judge(JoinCosts.exprs(n.on), made.exprs, made.planner);
        if (on.remote().isEmpty() && !n.on.isEmpty()) {
            made.hinders(on.notes());
            return Optional.empty();
        }
        return Optional.of(new Part(new From.Join(n.kind, left.from, right.from, on.remote()), joined(left.where, right.where),
                joined(left.local, right.local, on.local()), joined(left.notes, right.notes, on.notes())));
    }

    /** The conditions as the server is asked; nothing if one of them would not be exact. */
    private static Optional<List<ForeignExpr>> exact(List<JoinClause> clauses, Made made) {
        List<ForeignExpr> all = new ArrayList<>();
        for (JoinClause c : clauses) {
            Optional<ForeignExpr> asked = made.exprs.translate(c.expr)
                    .flatMap(e -> made.planner.judge(e) instanceof Judgement.Exact exact ? Optional.of(exact.asked(e)) : Optional.empty());
            if (asked.isEmpty()) {
                made.hinders(ForeignPaths.judge(List.of(c.expr), made.exprs, made.planner).notes());
                return Optional.empty();
            }
            all.add(asked.get());
        }
        return Optional.of(all);
    }

    private static Optional<Part> join(JoinKind kind, Part left, Part right, List<ForeignExpr> on, List<ForeignExpr> filter) {
        return switch (kind) {
            case LEFT -> hasExistence(right.from) ? Optional.empty()
                    : Optional.of(new Part(new From.Join(kind, left.from, right.from, joined(on, right.where)), joined(left.where, filter)));
            case FULL -> enclosed(left).flatMap(l -> enclosed(right).map(r -> new Part(new From.Join(kind, l, r, on), filter)));
            case SEMI, ANTI -> Optional.of(new Part(new From.Join(kind, left.from, right.from, joined(on, right.where)), joined(left.where, filter)));
            case INNER, RIGHT -> throw new IllegalStateException("inner joins are made elsewhere, right ones are left ones turned round");
        };
    }

    @SafeVarargs
    private static <T> List<T> joined(List<T>... lists) {
        List<T> all = new ArrayList<>();
        for (List<T> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    private static boolean hasExistence(From from) {
        return from instanceof From.Join j && (j.kind() == JoinKind.SEMI || j.kind() == JoinKind.ANTI || hasExistence(j.left()) || hasExistence(j.right()));
    }

    /** The rows for which the conditions hold, as something to join whose other rows nobody sees. */
    private static Optional<From> enclosed(Part p) {
        if (hasExistence(p.from)) {
            return Optional.empty();
        }
        return p.where.isEmpty() ? Optional.of(p.from) : switch (p.from) {
            case From.Join j when j.kind() == JoinKind.INNER -> Optional.of(new From.Join(j.kind(), j.left(), j.right(), joined(j.on(), p.where)));
            case From.Table _, From.Join _, From.Derived _ -> Optional.empty();
        };
    }

    /** The scan. A change of all these rows is taken to be done there, so that none comes over. */
    private Optional<Rel> rel(JoinRel to, Tree tree, Part part, Made made, ForeignServer server) {
        List<Expr> outputs = new ArrayList<>();
        List<ForeignExpr> columns = new ArrayList<>();
        BitSet ranges = new BitSet();
        made.items.forEach(t -> ranges.set(t.range()));
        for (ForeignItem t : made.visible) {
            for (Expr column : t.outputs()) {
                if (needs.columns().contains(column) || isReadAbove(column, to.leaves) || part.local.stream().anyMatch(c -> Exprs.any(c, column::equals))) {
                    Optional<ForeignExpr> translated = made.exprs.translate(column);
                    if (translated.isEmpty()) {
                        return Optional.empty();
                    }
                    outputs.add(column);
                    columns.add(translated.get());
                }
            }
        }
        ForeignQuery asked = ForeignQuery.of(part.from, part.where, columns).withLock(lock(made.items));
        List<Plan.ForeignBase> bases = made.items.stream().map(ForeignItem::base).toList();
        boolean nothing = needs.changes() && !needs.locks().isEmpty() && tree.size() == problem.items.size();
        double fetched = tree.rows() / Math.max(LEAST_SHARE, selectivity.of(part.local));
        Estimate estimate = ForeignPaths.estimate(made.planner, nothing ? 0 : fetched, to.rows, to.width);
        Plan plan = new Plan.ForeignScan(Rel.columnsOf(outputs), estimate, server.oid(), bases, outputs, asked, made.planner.query(asked),
                List.copyOf(made.exprs.parameters()), Conditions.and(ForeignPaths.place(outputs, part.local)), part.notes);
        return Optional.of(new Rel(plan, List.copyOf(outputs), ranges));
    }

    private Optional<ForeignQuery.Lock> lock(List<ForeignItem> tables) {
        for (int i = 0; i < tables.size(); i++) {
            String words = needs.locks().get(tables.get(i).range());
            if (words != null) {
                return Optional.of(new ForeignQuery.Lock(words, i));
            }
        }
        return Optional.empty();
    }

    private boolean isReadAbove(Expr column, long leaves) {
        for (JoinClause c : problem.clauses) {
            if ((c.required & ~leaves) != 0 && Exprs.any(c.expr, column::equals)) {
                return true;
            }
        }
        return problem.items.stream().anyMatch(i -> i.bindings().stream().anyMatch(b -> Exprs.any(b.value(), column::equals)));
    }
}
