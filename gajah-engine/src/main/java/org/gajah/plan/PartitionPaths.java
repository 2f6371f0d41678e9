package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.catalog.PartitionDescriptor;
import org.gajah.catalog.Relation;

/**
 * Reads a partitioned table: those partitions that may have rows for the conditions, one after the other. What can be said only when
 * the values of parameters are known is left to the run.
 */
final class PartitionPaths {
    private final StatementPlan statement;
    private final ForeignPaths foreign;
    private final List<Plan.Pruning> prunings = new ArrayList<>();
    private final List<Leaf> leaves = new ArrayList<>();

    /** A partition with rows, and the conditions in terms of its columns. */
    private record Leaf(BaseTable table, List<Expr> conditions) {
    }

    PartitionPaths(StatementPlan statement, ForeignPaths foreign) {
        this.statement = statement;
        this.foreign = foreign;
    }

    Rel scan(BaseTable table, List<Expr> conditions) {
        if (table.inherit()) {
            expand(table, conditions);
        }
        List<Plan> children = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            Leaf leaf = leaves.get(i);
            BaseTable t = leaf.table;
            String alias = leaves.size() == 1 ? table.alias() : table.alias() + "_" + (i + 1);
            BaseTable named = new BaseTable(t.range(), alias, t.relation(), t.attributes(), t.outputs(), t.asOwner(), t.security(), false);
            statement.use(t.relation().oid(), RelationUse.Access.READ);
            Selectivity own = new Selectivity(statement, Map.of(t.range(), named));
            children.add(t.relation().kind() == 'f' ? foreign.partition(named, leaf.conditions, table.outputs(), own)
                    : new AccessPaths(statement, own, foreign).best(named, leaf.conditions).plan());
        }
        return AccessPaths.rel(table, append(table, children));
    }

    private Plan append(BaseTable table, List<Plan> children) {
        List<PlanColumn> columns = AccessPaths.columns(table);
        if (children.isEmpty()) {
            List<Expr> nulls = columns.stream().map(c -> (Expr) new Expr.Const(c.type(), c.typmod(), c.collation(), null, 0)).toList();
            return new Plan.Result(columns, new Estimate(0, 0.01, 1, 0), nulls, Optional.of(new Expr.Const(16, -1, 0, false, 0)));
        }
        if (children.size() == 1 && prunings.isEmpty()) {
            return children.getFirst();
        }
        double total = children.stream().mapToDouble(c -> c.estimate().total()).sum();
        double rows = children.stream().mapToDouble(c -> c.estimate().rows()).sum();
        int disabled = children.stream().mapToInt(c -> c.estimate().disabled()).sum();
        Estimate first = children.getFirst().estimate();
        return new Plan.Append(columns, new Estimate(first.startup(), total + rows * Costs.OPERATOR, rows, first.width(), disabled), children,
                List.copyOf(prunings), Optional.of(table.alias()));
    }

    private void expand(BaseTable table, List<Expr> conditions) {
        PartitionDescriptor partitions = statement.catalog().partitions(table.relation());
        List<Expr> keys = statement.indexColumns(partitions.key().asIndex(table.relation()), table);
        boolean prunes = statement.settings().partitionPruning();
        BitSet kept = new PartitionPruning(partitions, keys, statement.catalog()).keep(prunes ? conditions : List.of());
        Map<Integer, List<Integer>> children = new HashMap<>();
        int place = prunings.size();
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            int before = leaves.size();
            Relation partition = partitions.partitions().get(i);
            Leaf child = child(table, partition, conditions);
            if (partition.kind() == 'p') {
                statement.use(partition.oid(), RelationUse.Access.READ);
                expand(child.table, child.conditions);
            } else {
                leaves.add(child);
            }
            List<Integer> numbers = new ArrayList<>();
            for (int n = before; n < leaves.size(); n++) {
                numbers.add(n);
            }
            children.put(partition.oid(), List.copyOf(numbers));
        }
        List<Expr> open = conditions.stream().filter(c -> reads(c, keys) && waits(c, table.range())).toList();
        if (prunes && !open.isEmpty() && kept.cardinality() > 1) {
            List<Expr> all = conditions.stream().filter(c -> reads(c, keys)).toList();
            prunings.add(place, new Plan.Pruning(table.relation().oid(), table.range(), keys, all, children));
        }
    }

    private static boolean reads(Expr condition, List<Expr> keys) {
        return Exprs.any(condition, e -> keys.stream().anyMatch(k -> IndexMatcher.isSame(k, e)));
    }

    /** Whether a condition has values that only a run knows; what is volatile is not for pruning. */
    private boolean waits(Expr condition, int range) {
        return Exprs.any(condition, e -> e instanceof Expr.Param || e instanceof Expr.ExecParam
                || e instanceof Expr.FunctionCall || e instanceof Expr.SqlValueFunction)
                && !Exprs.any(condition, e -> IndexMatch.isVolatile(e, statement.catalog()))
                && Conditions.isWithin(Conditions.ranges(condition), QueryPlanner.range(range));
    }

    /** A partition as a table of the query: its columns of the same names, under its own numbers. */
    private Leaf child(BaseTable parent, Relation partition, List<Expr> conditions) {
        Map<Integer, Integer> numbers = parent.relation().numbersIn(partition);
        if (numbers.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()))) {
            return new Leaf(new BaseTable(parent.range(), parent.alias(), partition, parent.attributes(), parent.outputs(), parent.asOwner(),
                    parent.security(), true),
                    conditions);
        }
        List<Integer> attributes = parent.attributes().stream().map(a -> a > 0 ? numbers.get(a) : a).toList();
        List<Expr> outputs = parent.outputs().stream().map(e -> renumbered(e, parent.range(), numbers)).toList();
        List<Expr> security = parent.security().stream().map(c -> renumbered(c, parent.range(), numbers)).toList();
        return new Leaf(new BaseTable(parent.range(), parent.alias(), partition, attributes, outputs, parent.asOwner(), security, true),
                conditions.stream().map(c -> renumbered(c, parent.range(), numbers)).toList());
    }

    private static Expr renumbered(Expr e, int range, Map<Integer, Integer> numbers) {
        if (e instanceof Expr.Var v && v.levelsUp() == 0 && v.rangeIndex() == range && v.attribute() > 0) {
            return new Expr.Var(range, numbers.get(v.attribute()), v.type(), v.typmod(), v.collation(), 0, v.location());
        }
        return Exprs.mapChildren(e, child -> renumbered(child, range, numbers));
    }
}
