package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.plan.Plan;
import org.gajah.plan.PlanColumn;
import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** Makes joins, and the tables of keys that they and their kin use. */
final class JoinBuilder {
    private static final int INT8 = 20;

    private JoinBuilder() {
    }

    static Operator nestedLoop(Plan.NestedLoop p, OperatorBuilder builder) {
        Operator left = builder.build(p.left());
        Operator right = builder.build(p.right());
        ExprCompiler leftCompiler = builder.compiler();
        Kernel[] values = p.bindings().stream().map(binding -> leftCompiler.compile(binding.value())).toArray(Kernel[]::new);
        int[] slots = p.bindings().stream().mapToInt(Plan.Binding::slot).toArray();
        for (int slot : slots) {
            builder.writes(slot);
        }
        Optional<Kernel> condition = p.condition().map(builder.joinCompiler(p.left())::compile);
        return new NestedLoopOperator(p.kind(), left, right, builder.frame(), slots, values, condition, builder.carriers(p.left().columns()),
                builder.carriers(p.columns()));
    }

    static Operator hashJoin(Plan.HashJoin p, OperatorBuilder builder) {
        Operator left = builder.build(p.left());
        Operator right = builder.build(p.right());
        List<Ordered> orders = new ArrayList<>();
        List<Carrier> carriers = new ArrayList<>();
        Kernel[] leftKeys = builder.compiler().compile(p.leftKeys());
        Kernel[] rightKeys = builder.compiler().compile(p.rightKeys());
        for (int i = 0; i < leftKeys.length; i++) {
            int type = unify(leftKeys, rightKeys, i, p.leftKeys().get(i));
            orders.add(builder.context().ordered(type));
            carriers.add(leftKeys[i].carrier());
        }
        KeyTable table = new KeyTable(orders.toArray(Ordered[]::new), carriers);
        Optional<Kernel> condition = p.condition().map(builder.joinCompiler(p.left())::compile);
        HashJoinOperator join = new HashJoinOperator(p.kind(), left, right, builder.frame(), leftKeys, rightKeys, condition, p.nullAware(), table,
                builder.carriers(p.left().columns()), builder.carriers(p.right().columns()));
        if (left instanceof FedScanOperator fed) {
            fed.keysFrom(join::keys);
        }
        return join;
    }

    /** A foreign scan that the hash join above it gives its keys. */
    static Operator fed(Plan.ForeignScan p, Plan.KeyFeed feed, OperatorBuilder builder) {
        builder.writes(feed.slot());
        return new FedScanOperator(feed, new ForeignScanOperator(p, builder), new ForeignScanOperator(feed.whole(), builder), builder.frame(),
                builder.context().carrier(feed.type()), Batch.of(builder.carriers(p.columns()), 1));
    }

    /** Makes int and long keys both long; the type by which they compare. */
    private static int unify(Kernel[] left, Kernel[] right, int i, Expr leftKey) {
        if (left[i].carrier() == right[i].carrier()) {
            return leftKey.type();
        }
        if (left[i].carrier() == Carrier.INT) {
            left[i] = new CastKernels.Widen(left[i]);
        } else {
            right[i] = new CastKernels.Widen(right[i]);
        }
        return INT8;
    }

    /** A table of keys that are columns of rows. */
    static KeyTable keys(OperatorBuilder builder, List<PlanColumn> columns, List<Integer> keys) {
        List<Carrier> carriers = keys.stream().map(key -> builder.context().carrier(columns.get(key).type())).toList();
        return new KeyTable(builder.orders(columns, keys), carriers);
    }
}
