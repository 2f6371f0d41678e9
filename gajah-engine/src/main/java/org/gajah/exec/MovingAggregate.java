package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.AggregateRow;
import org.gajah.catalog.ProcRow;
import org.gajah.plan.Plan;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/**
 * An aggregate over frames whose beginning moves: what leaves the frame is taken out again by the inverse transition function. If that
 * cannot (it gives null), the frame is aggregated anew. PostgreSQL manual, "Moving-Aggregate Mode".
 */
final class MovingAggregate extends WindowFunctions.OverPartition {
    private final Frame frame;
    private final BoundFunction transition;
    private final BoundFunction inverse;
    private final Optional<BoundFunction> finish;
    private final int extraArguments;
    private final TypeCodec codec;
    private final Optional<String> initial;
    private final int[] args;
    private final Optional<Integer> filter;
    private Object state;
    /** How many rows are in the state. */
    private long count;
    private int doneFrom;
    private int doneTo;

    private MovingAggregate(Plan.WindowSpec spec, AggregateRow.Moving moving, int[] args, Optional<Integer> filter, OperatorBuilder builder) {
        CompileContext compile = builder.context();
        this.frame = builder.frame();
        this.args = args;
        this.filter = filter;
        List<Integer> types = spec.arguments().stream().map(Expr::type).toList();
        int stateType = AggregateFunction.stateType(compile, moving.transitionType(), types);
        List<Integer> taken = AggregateFunction.with(stateType, types);
        this.codec = compile.catalog().codec(stateType);
        this.initial = moving.initialValue();
        this.transition = BoundFunction.of(compile, compile.proc(moving.transition()), taken, stateType, spec.inputCollation(), frame);
        this.inverse = BoundFunction.of(compile, compile.proc(moving.inverse()), taken, stateType, spec.inputCollation(), frame);
        this.extraArguments = moving.finalExtra() ? types.size() : 0;
        this.finish = moving.finalFunction() == 0 ? Optional.empty() : Optional.of(BoundFunction.of(compile, compile.proc(moving.finalFunction()),
                moving.finalExtra() ? taken : List.of(stateType), spec.type(), spec.inputCollation(), frame));
        if (transition.strict() != inverse.strict()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "strictness of aggregate's forward and inverse transition functions must match");
        }
    }

    /** Empty for aggregates that cannot move. */
    static Optional<WindowFunction> of(Plan.WindowSpec spec, int[] args, Optional<Integer> filter, OperatorBuilder builder) {
        Optional<AggregateRow> row = builder.context().catalog().aggregate(spec.function());
        boolean moves = row.isPresent() && row.get().moving().transition() != 0 && isThere(row.get().moving(), spec, builder.context());
        return moves ? Optional.of(new MovingAggregate(spec, row.get().moving(), args, filter, builder)) : Optional.empty();
    }

    /** Of the built-in aggregates not all have functions to move with. */
    private static boolean isThere(AggregateRow.Moving moving, Plan.WindowSpec spec, CompileContext compile) {
        List<Integer> types = AggregateFunction.with(moving.transitionType(), spec.arguments().stream().map(Expr::type).toList());
        for (int function : new int[] {moving.transition(), moving.inverse()}) {
            ProcRow proc = compile.proc(function);
            boolean there = compile.isRoutine(proc, types, moving.transitionType())
                    || compile.hasMethod(proc, types.stream().map(compile::carrier).toList(), compile.carrier(moving.transitionType()));
            if (!there) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void partition(Partition partition) {
        super.partition(partition);
        restart(0);
    }

    private void restart(int from) {
        state = initialState();
        count = 0;
        doneFrom = from;
        doneTo = from;
    }

    private Object initialState() {
        if (initial.isEmpty()) {
            return null;
        }
        Vector one = Vector.of(codec.carrier(), 1);
        codec.parse(Slice.of(initial.get()), -1, frame.context().types(), one, 0);
        return one.get(0);
    }

    @Override
    public void value(int row, Vector out, int target) {
        WindowFrame now = frame();
        boolean anew = now.from() < doneFrom || now.from() >= doneTo || now.to() < doneTo || now.excludes();
        while (!anew && doneFrom < now.from()) {
            anew = !remove(doneFrom++);
        }
        if (anew) {
            restart(now.from());
        }
        while (doneTo < now.to()) {
            if (now.contains(doneTo, row)) {
                add(doneTo);
            }
            doneTo++;
        }
        out.set(target, result());
    }

    private Object result() {
        if (finish.isEmpty()) {
            return state;
        }
        Object[] all = new Object[1 + extraArguments];
        all[0] = state;
        return finish.get().call(all);
    }

    /** The arguments for a row, behind the state; empty if the row does not count. */
    private Optional<Object[]> arguments(int row) {
        if (filter.isPresent() && (isNull(row, filter.get()) || !(Boolean) get(row, filter.get()))) {
            return Optional.empty();
        }
        Object[] all = new Object[1 + args.length];
        for (int i = 0; i < args.length; i++) {
            all[i + 1] = get(row, args[i]);
            if (all[i + 1] == null && transition.strict()) {
                return Optional.empty();
            }
        }
        all[0] = state;
        return Optional.of(all);
    }

    private void add(int row) {
        Optional<Object[]> all = arguments(row);
        if (all.isEmpty()) {
            return;
        }
        if (transition.strict() && state == null) {
            state = all.get()[1];
        } else {
            state = transition.call(all.get());
            if (state == null) {
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "moving-aggregate transition function must not return null");
            }
        }
        count++;
    }

    /** Takes a row out; false if that cannot be done. */
    private boolean remove(int row) {
        Optional<Object[]> all = arguments(row);
        if (all.isEmpty()) {
            return true;
        }
        if (count <= 1) {
            state = initialState();
            count = 0;
            return true;
        }
        Object without = inverse.call(all.get());
        if (without == null) {
            return false;
        }
        state = without;
        count--;
        return true;
    }
}
