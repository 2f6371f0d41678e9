package org.gajah.exec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.foreign.RemoteNote;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;
import org.gajah.plan.PlannedStatement;
import org.gajah.plan.SortKey;
import org.gajah.sysfunc.Identifiers;

/**
 * Makes of a plan the tree that EXPLAIN shows: PostgreSQL's node names and details. Projections and bare filters are no nodes of
 * their own there.
 */
final class ExplainTree {
    private final PlannedStatement statement;
    private final Catalog catalog;
    private final ExplainExpressions expressions;
    private final ExplainColumns columns;
    private final boolean verbose;
    private final Function<Plan.ForeignScan, List<RemoteNote>> remote;
    private final Set<Integer> shownPlans = new HashSet<>();

    ExplainTree(PlannedStatement statement, Catalog catalog, ExplainExpressions expressions, boolean verbose,
            Function<Plan.ForeignScan, List<RemoteNote>> remote) {
        this.remote = remote;
        this.statement = statement;
        this.catalog = catalog;
        this.expressions = expressions;
        this.verbose = verbose;
        this.columns = new ExplainColumns(statement, catalog, expressions, verbose);
    }

    ExplainNode root() {
        ExplainNode root = node(statement.root());
        for (int i = 0; i < statement.subplans().size(); i++) {
            if (statement.modifyingCtes().contains(i) && shownPlans.add(i)) {
                root.children.add(new ExplainNode.Child("InitPlan", "CTE", node(statement.subplans().get(i))));
            }
        }
        return root;
    }

    private ExplainNode node(Plan plan) {
        ExplainNode made = switch (plan) {
            case Plan.Project p -> projected(p, p.child());
            case Plan.Filter p -> filtered(p);
            case Plan.SeqScan p -> scan(p, "Seq Scan", p.relation(), p.alias(), p.filter());
            case Plan.IndexScan p -> indexScan(p);
            case Plan.TidScan p -> scan(p, "Tid Scan", p.relation(), p.alias(), p.filter());
            case Plan.BitmapScan p -> bitmapScan(p);
            case Plan.FunctionScan p -> functionScan(p);
            case Plan.ForeignScan p -> foreignScan(p);
            case Plan.ValuesScan p -> filter(named(p, "Values Scan", "\"*VALUES*\""), p.filter(), p);
            case Plan.CteScan p -> cteScan(p);
            case Plan.WorkTableScan p -> filter(named(p, "WorkTable Scan", Identifiers.quote(p.alias())), p.filter(), p);
            case Plan.TransitionScan p -> named(p, "Named Tuplestore Scan", Identifiers.quote(p.alias()));
            case Plan.Result p -> result(p);
            case Plan.Gate p -> gate(p);
            case Plan.NestedLoop p -> nestedLoop(p);
            case Plan.HashJoin p -> hashJoin(p);
            case Plan.Modify p -> modify(p);
            case Plan.ForeignModify p -> foreignModify(p);
            default -> upper(plan);
        };
        if (verbose && !made.details.containsKey("Output") && !plan.columns().isEmpty() && !(plan instanceof Plan.Modify) && !(plan instanceof Plan.ForeignModify)) {
            made.details.putFirst("Output", names(java.util.stream.IntStream.range(0, plan.columns().size()).boxed().toList(), plan));
        }
        return made;
    }

    private ExplainNode upper(Plan plan) {
        ExplainNode made = switch (plan) {
            case Plan.ProjectSet p -> new ExplainNode(p, "ProjectSet", "ProjectSet");
            case Plan.Sort p -> new ExplainNode(p, "Sort", "Sort").detail("Sort Key", keys(p.keys(), p.child()));
            case Plan.Limit p -> new ExplainNode(p, "Limit", "Limit");
            case Plan.Unique p -> new ExplainNode(p, "Unique", "Unique");
            case Plan.HashDistinct p -> new ExplainNode(p, "HashAggregate", "Aggregate").property("Strategy", "Hashed")
                    .detail("Group Key", names(p.keys(), p.child()));
            case Plan.Materialize p -> new ExplainNode(p, "Materialize", "Materialize");
            case Plan.LockRows p -> new ExplainNode(p, "LockRows", "LockRows");
            case Plan.Aggregate p -> aggregate(p);
            case Plan.WindowAggregate p -> new ExplainNode(p, "WindowAgg", "WindowAgg").detail("Window", columns.window(p));
            case Plan.Append p -> new ExplainNode(p, "Append", "Append");
            case Plan.SetOperation p -> new ExplainNode(p, "HashSetOp " + (p.kind() == Plan.SetOperation.Kind.INTERSECT ? "Intersect" : "Except")
                    + (p.all() ? " All" : ""), "SetOp");
            case Plan.RecursiveUnion p -> new ExplainNode(p, "Recursive Union", "Recursive Union");
            default -> throw new IllegalStateException(plan.getClass().getSimpleName());
        };
        List<Plan> children = plan.children();
        for (int i = 0; i < children.size(); i++) {
            String relationship = plan instanceof Plan.Append ? "Member" : i == 0 ? "Outer" : "Inner";
            child(made, relationship, children.get(i));
        }
        return made;
    }

    private void child(ExplainNode parent, String relationship, Plan plan) {
        parent.children.add(new ExplainNode.Child(relationship, "", node(plan)));
    }

    private ExplainNode projected(Plan.Project p, Plan child) {
        ExplainNode made = node(child);
        made.details.remove("Output");
        p.expressions().forEach(e -> subPlans(made, e));
        return made;
    }

    private ExplainNode filtered(Plan.Filter p) {
        return filter(node(p.child()), Optional.of(p.condition()), p.child());
    }

    /** Adds a condition over a plan's columns. */
    private ExplainNode filter(ExplainNode made, Optional<Expr> condition, Plan over) {
        return condition(made, "Filter", condition, over);
    }

    private ExplainNode condition(ExplainNode made, String name, Optional<Expr> condition, Plan over) {
        condition.ifPresent(c -> {
            made.details.merge(name, expressions.text(c, over instanceof Plan.Leaf leaf ? columns.ofScan(leaf) : columns.of(over)), (a, b) -> "(" + a + " AND " + b + ")");
            subPlans(made, c);
        });
        return made;
    }

    /** Shows the subplans of an expression below the node that evaluates it. */
    private void subPlans(ExplainNode made, Expr e) {
        if (e instanceof Expr.SubPlanCall call && shownPlans.add(call.plan())) {
            boolean init = ExplainExpressions.isInitPlan(call);
            made.children.add(init ? initPlans(made) : made.children.size(), new ExplainNode.Child(init ? "InitPlan" : "SubPlan",
                    (init ? "InitPlan " : "SubPlan ") + (call.plan() + 1), node(statement.subplans().get(call.plan()))));
        }
        Exprs.forEachChild(e, c -> subPlans(made, c));
    }

    /** How many init plans a node has, which stand before its other children. */
    private static int initPlans(ExplainNode node) {
        int count = 0;
        while (count < node.children.size() && node.children.get(count).relationship().equals("InitPlan")) {
            count++;
        }
        return count;
    }

    private ExplainNode named(Plan plan, String type, String name) {
        return new ExplainNode(plan, type + " on " + name, type).property("Alias", name.replace("\"", ""));
    }

    private String relationName(Relation r) {
        String name = Identifiers.quote(r.name());
        return verbose ? Identifiers.quote(catalog.schema(r.namespace()).map(s -> s.name()).orElse("")) + "." + name : name;
    }

    private ExplainNode scan(Plan plan, String type, int relation, String alias, Optional<Expr> condition) {
        Relation r = catalog.relation(relation).orElseThrow();
        ExplainNode made = new ExplainNode(plan, type + " on " + target(r, alias), type).property("Relation Name", r.name()).property("Alias", alias);
        return filter(made, condition, plan);
    }

    private String target(Relation r, String alias) {
        return relationName(r) + (alias.equals(r.name()) ? "" : " " + Identifiers.quote(alias));
    }

    private ExplainNode indexScan(Plan.IndexScan p) {
        Relation r = catalog.relation(p.relation()).orElseThrow();
        String index = r.indexes().stream().filter(i -> i.oid() == p.index()).map(Relation.Index::name).findFirst().orElse("?");
        ExplainNode made = new ExplainNode(p, "Index Scan" + (p.backward() ? " Backward" : "") + " using " + Identifiers.quote(index) + " on "
                + target(r, p.alias()), "Index Scan").property("Scan Direction", p.backward() ? "Backward" : "Forward")
                        .property("Index Name", index).property("Relation Name", r.name()).property("Alias", p.alias());
        condition(made, "Index Cond", p.condition(), p);
        return filter(made, p.filter(), p);
    }

    private ExplainNode bitmapScan(Plan.BitmapScan p) {
        ExplainNode made = scan(p, "Bitmap Heap Scan", p.relation(), p.alias(), Optional.empty());
        condition(made, "Recheck Cond", p.recheck(), p);
        filter(made, p.filter(), p);
        made.children.add(new ExplainNode.Child("Outer", "", bitmapSource(p, p.source())));
        return made;
    }

    private ExplainNode bitmapSource(Plan.BitmapScan p, Plan.BitmapSource source) {
        Plan shape = new Plan.Result(List.of(), source.estimate(), List.of(), Optional.empty());
        List<Plan.BitmapSource> parts = List.of();
        ExplainNode made = switch (source) {
            case Plan.BitmapSource.Entries e -> {
                String index = catalog.relation(p.relation()).orElseThrow().indexes().stream().filter(i -> i.oid() == e.index())
                        .map(Relation.Index::name).findFirst().orElse("?");
                yield condition(new ExplainNode(shape, "Bitmap Index Scan on " + Identifiers.quote(index), "Bitmap Index Scan")
                        .property("Index Name", index), "Index Cond", e.condition(), p);
            }
            case Plan.BitmapSource.And and -> {
                parts = and.sources();
                yield new ExplainNode(shape, "BitmapAnd", "BitmapAnd");
            }
            case Plan.BitmapSource.Or or -> {
                parts = or.sources();
                yield new ExplainNode(shape, "BitmapOr", "BitmapOr");
            }
        };
        parts.forEach(part -> made.children.add(new ExplainNode.Child("Member", "", bitmapSource(p, part))));
        return made;
    }

    private ExplainNode foreignScan(Plan.ForeignScan p) {
        ExplainNode made;
        if (p.bases().size() == 1 && !p.query().grouped() && p.bases().getFirst() instanceof Plan.ForeignTableBase base) {
            made = scan(p, "Foreign Scan", base.relation(), base.alias(), p.filter());
        } else {
            made = filter(new ExplainNode(p, "Foreign Scan", "Foreign Scan"), p.filter(), p);
            made.detail("Relations", ForeignRelations.text(p, catalog));
        }
        p.remote().shown().forEach(made::detail);
        List<RemoteNote> notes = remote.apply(p);
        notes.stream().filter(n -> n instanceof RemoteNote.Size).forEach(n -> made.detail(n.name(), n));
        boolean shown = sent(made, p.remote());
        if (verbose && shown) {
            if (!p.remote().mappings().isEmpty()) {
                made.detail("Routine mappings", p.remote().mappings());
            }
            if (!p.notes().isEmpty()) {
                made.detail("Not pushed down", p.notes());
            }
            notes.stream().filter(n -> n instanceof RemoteNote.Lines).forEach(n -> made.detail(n.name(), n));
        }
        return made;
    }

    /** Shows what is sent to a server, if that is to be shown. */
    private boolean sent(ExplainNode made, RemoteStatement remote) {
        boolean shown = (verbose || remote.alwaysShown()) && !remote.text().isEmpty();
        if (shown) {
            made.detail(remote.label(), remote.text());
        }
        return shown;
    }

    private ExplainNode functionScan(Plan.FunctionScan p) {
        String function = p.functions().size() == 1 && p.functions().getFirst().call() instanceof Expr.FunctionCall call
                ? expressions.functionName(call.function()) + " " : "";
        ExplainNode made = new ExplainNode(p, "Function Scan on " + (function.equals(p.alias() + " ") ? "" : function) + Identifiers.quote(p.alias()),
                "Function Scan").property("Alias", p.alias());
        p.functions().forEach(f -> subPlans(made, f.call()));
        return filter(made, p.filter(), p);
    }

    private ExplainNode cteScan(Plan.CteScan p) {
        ExplainNode made = named(p, "CTE Scan", Identifiers.quote(p.alias()));
        if (shownPlans.add(p.plan())) {
            made.children.add(new ExplainNode.Child("InitPlan", "CTE " + p.alias(), node(statement.subplans().get(p.plan()))));
        }
        return filter(made, p.filter(), p);
    }

    private ExplainNode result(Plan.Result p) {
        ExplainNode made = condition(new ExplainNode(p, "Result", "Result"), "One-Time Filter", p.oneTimeFilter(), p);
        p.expressions().forEach(e -> subPlans(made, e));
        return made;
    }

    private ExplainNode gate(Plan.Gate p) {
        ExplainNode made = condition(new ExplainNode(p, "Result", "Result"), "One-Time Filter", Optional.of(p.condition()), p.child());
        child(made, "Outer", p.child());
        return made;
    }

    private static String joinName(Plan.JoinKind kind) {
        return switch (kind) {
            case INNER -> "";
            case LEFT -> "Left ";
            case RIGHT -> "Right ";
            case FULL -> "Full ";
            case SEMI -> "Semi ";
            case ANTI -> "Anti ";
        };
    }

    private static String joinType(Plan.JoinKind kind) {
        return kind == Plan.JoinKind.INNER ? "Inner" : joinName(kind).trim();
    }

    private ExplainNode nestedLoop(Plan.NestedLoop p) {
        String join = p.kind() == Plan.JoinKind.INNER ? "" : " " + joinName(p.kind()) + "Join";
        ExplainNode made = new ExplainNode(p, "Nested Loop" + join, "Nested Loop").property("Join Type", joinType(p.kind()));
        p.condition().ifPresent(c -> made.detail("Join Filter", expressions.text(c, columns.ofJoin(p.left(), p.right()))));
        columns.bind(p);
        child(made, "Outer", p.left());
        child(made, "Inner", p.right());
        p.condition().ifPresent(c -> subPlans(made, c));
        return made;
    }

    private ExplainNode hashJoin(Plan.HashJoin p) {
        ExplainNode made = new ExplainNode(p, "Hash " + joinName(p.kind()) + "Join", "Hash Join").property("Join Type", joinType(p.kind()));
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < p.leftKeys().size(); i++) {
            pairs.add("(" + expressions.text(p.leftKeys().get(i), columns.of(p.left())) + " = "
                    + expressions.text(p.rightKeys().get(i), columns.of(p.right())) + ")");
        }
        made.detail("Hash Cond", pairs.size() == 1 ? pairs.getFirst() : "(" + String.join(" AND ", pairs) + ")");
        p.condition().ifPresent(c -> made.detail("Join Filter", expressions.text(c, columns.ofJoin(p.left(), p.right()))));
        child(made, "Outer", p.left());
        ExplainNode hash = new ExplainNode(p.right(), "Hash", "Hash");
        child(hash, "Outer", p.right());
        made.children.add(new ExplainNode.Child("Inner", "", hash));
        p.condition().ifPresent(c -> subPlans(made, c));
        return made;
    }

    private ExplainNode aggregate(Plan.Aggregate p) {
        String heading = p.keys().isEmpty() ? "Aggregate" : switch (p.strategy()) {
            case PLAIN -> "Aggregate";
            case SORTED -> "GroupAggregate";
            case HASHED -> "HashAggregate";
        };
        ExplainNode made = new ExplainNode(p, heading, "Aggregate").property("Strategy", heading.startsWith("Hash") ? "Hashed"
                : heading.startsWith("Group") ? "Sorted" : "Plain");
        if (p.groupingSets().isEmpty()) {
            return p.keys().isEmpty() ? made : made.detail("Group Key", names(p.keys(), p.child()));
        }
        List<String> sets = new ArrayList<>();
        for (List<Integer> set : p.groupingSets()) {
            List<String> key = names(set.stream().map(k -> p.keys().get(k)).toList(), p.child());
            sets.add(key.isEmpty() ? "()" : "(" + String.join(", ", key) + ")");
        }
        return made.detail("Grouping Sets", sets);
    }

    private ExplainNode foreignModify(Plan.ForeignModify p) {
        Relation r = catalog.relation(p.relation()).orElseThrow();
        String what = p.command().name().charAt(0) + p.command().name().substring(1).toLowerCase(java.util.Locale.ROOT);
        ExplainNode made = new ExplainNode(p, what + " on " + target(r, p.alias()), "ModifyTable").property("Operation", what)
                .property("Relation Name", r.name()).property("Alias", p.alias());
        if (!p.direct()) {
            sent(made, p.remote());
            child(made, "Outer", p.child());
            return made;
        }
        ExplainNode whole = new ExplainNode(p.child(), "Foreign " + what + " on " + target(r, p.alias()), "Foreign Scan").property("Operation", what);
        sent(whole, p.remote());
        made.children.add(new ExplainNode.Child("Outer", "", whole));
        return made;
    }

    private ExplainNode modify(Plan.Modify p) {
        Relation r = catalog.relation(p.relation()).orElseThrow();
        String what = switch (p.command()) {
            case INSERT -> "Insert";
            case UPDATE -> "Update";
            case DELETE -> "Delete";
            case MERGE -> "Merge";
            case SELECT -> throw new IllegalStateException("SELECT changes nothing");
        };
        ExplainNode made = new ExplainNode(p, what + " on " + target(r, p.alias()), "ModifyTable").property("Operation", what)
                .property("Relation Name", r.name()).property("Alias", p.alias());
        p.onConflict().ifPresent(c -> made.detail("Conflict Resolution", c.update() ? "UPDATE" : "NOTHING"));
        child(made, "Outer", p.child());
        p.assignments().forEach(a -> subPlans(made, a.value()));
        return made;
    }

    private List<String> names(List<Integer> keys, Plan child) {
        return keys.stream().map(key -> columns.key(child, key)).toList();
    }

    private List<String> keys(List<SortKey> keys, Plan child) {
        return keys.stream().map(key -> columns.key(child, key.column()) + (key.descending() ? " DESC" : "")
                + (key.nullsFirst() == key.descending() ? "" : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST")).toList();
    }
}
