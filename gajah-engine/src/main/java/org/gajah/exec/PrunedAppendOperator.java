package org.gajah.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.PartitionDescriptor;
import org.gajah.catalog.Relation;
import org.gajah.plan.PartitionPruning;
import org.gajah.plan.Plan;
import org.gajah.vector.Batch;

/** The partitions of a table one after the other, without those that cannot have rows for the values that parameters have in this run. */
final class PrunedAppendOperator extends Operator {
    private final List<Operator> children;
    private final List<Level> levels;
    private final Frame frame;
    private BitSet kept = new BitSet();
    private int current;

    /** One partitioned table: its partitions, and the values that its conditions wait for. */
    private record Level(Plan.Pruning pruning, PartitionPruning rules, Map<Expr, Kernel> values) {
    }

    PrunedAppendOperator(Plan.Append plan, OperatorBuilder builder) {
        children = plan.children().stream().map(builder::build).toList();
        frame = builder.frame();
        Catalog catalog = builder.context().catalog();
        ExprCompiler compiler = builder.compiler();
        levels = plan.pruning().stream().map(p -> {
            Map<Expr, Kernel> values = new HashMap<>();
            p.conditions().forEach(c -> collect(c, compiler, values));
            PartitionDescriptor partitions = catalog.partitions(builder.relation(p.relation()));
            return new Level(p, new PartitionPruning(partitions, p.keys(), catalog), values);
        }).toList();
    }

    /** Finds the largest parts without columns. */
    private static void collect(Expr e, ExprCompiler compiler, Map<Expr, Kernel> values) {
        if (e instanceof Expr.Const) {
            return;
        }
        if (!Exprs.any(e, x -> x instanceof Expr.Var)) {
            values.computeIfAbsent(e, compiler::compile);
        } else {
            Exprs.forEachChild(e, child -> collect(child, compiler, values));
        }
    }

    @Override
    void start() {
        kept = new BitSet();
        kept.set(0, children.size());
        for (Level level : levels) {
            Map<Expr, Expr> known = HashMap.newHashMap(level.values.size());
            level.values.forEach((e, kernel) -> {
                Batch row = Vectors.oneRow();
                known.put(e, new Expr.Const(e.type(), e.typmod(), e.collation(), kernel.eval(row, row.selection()).get(0), 0));
            });
            List<Expr> conditions = new ArrayList<>();
            level.pruning.conditions().forEach(c -> conditions.add(with(c, known)));
            BitSet left = level.rules.keep(conditions);
            List<Relation> partitions = level.rules.partitions().partitions();
            for (int i = 0; i < partitions.size(); i++) {
                if (!left.get(i)) {
                    level.pruning.children().getOrDefault(partitions.get(i).oid(), List.of()).forEach(kept::clear);
                }
            }
        }
        current = -1;
        advance();
    }

    /** Whether the present run reads a child. */
    boolean reads(int child) {
        return kept.get(child);
    }

    private static Expr with(Expr e, Map<Expr, Expr> known) {
        Expr value = known.get(e);
        return value != null ? value : Exprs.mapChildren(e, child -> with(child, known));
    }

    private void advance() {
        current = kept.nextSetBit(current + 1);
        if (current >= 0) {
            children.get(current).open();
        }
    }

    @Override
    Batch produce(int max) {
        while (current >= 0) {
            Batch batch = children.get(current).next(max);
            if (batch.count() > 0) {
                return batch;
            }
            children.get(current).close();
            frame.checkCancelled();
            advance();
        }
        return Vectors.nothing();
    }

    @Override
    public void close() {
        children.forEach(Operator::close);
        current = -1;
    }
}
