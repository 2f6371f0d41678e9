package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.AggregateRow;
import org.gajah.catalog.ProcRow;
import org.gajah.func.CallContext;
import org.gajah.plan.Plan;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * One aggregate call of a plan: pg_aggregate's transition function over the rows, its final function over the states. The
 * rows of a batch are evaluated once by {@link #evaluate}; any number of {@link AggregateState} then take them in.
 */
final class AggregateFunction {
    private final Plan.AggregateSpec spec;
    private final Frame frame;
    private final Kernel[] args;
    private final Optional<Kernel> filter;
    private final Kernel[] directArgs;
    private final Carrier stateCarrier;
    private final TypeCodec stateCodec;
    private final Optional<String> initial;
    private final TransitionLoop loop;
    private final boolean needsContext;
    private final CallContexts.CallSite site;
    private final Optional<BoundFunction> finish;
    private final int extraArgs;
    private final Carrier resultCarrier;
    private final Optional<AggregateOrder> order;
    private final Vector[] values;
    private final Vector[] transitionValues;
    private Selection selected = new Selection(1);
    private CallContexts factory;
    private CallContext context;

    AggregateFunction(Plan.AggregateSpec spec, CompileContext compile, Frame frame, ExprCompiler compiler) {
        this.spec = spec;
        this.frame = frame;
        AggregateRow row = compile.catalog().aggregate(spec.function()).orElseThrow(
                () -> new SqlError(SqlState.UNDEFINED_FUNCTION, "function with OID " + spec.function() + " is not an aggregate"));
        this.args = compiler.compile(spec.arguments());
        this.filter = spec.filter().map(compiler::compile);
        this.directArgs = compiler.compile(spec.directArguments());
        this.values = new Vector[args.length];
        this.transitionValues = new Vector[spec.argumentCount()];
        List<Integer> argTypes = spec.arguments().subList(0, spec.argumentCount()).stream().map(Expr::type).toList();
        int stateType = stateType(compile, row.transitionType(), argTypes);
        this.stateCarrier = compile.carrier(stateType);
        this.stateCodec = compile.catalog().codec(stateType);
        this.initial = row.initialValue();
        ProcRow transition = compile.proc(row.transition());
        List<Integer> siteTypes = with(stateType, argTypes);
        if (compile.isRoutine(transition, siteTypes, stateType)) {
            this.loop = new RoutineTransition(BoundFunction.of(compile, transition, siteTypes, stateType, spec.inputCollation(), frame));
            this.needsContext = false;
        } else {
            FunctionMethod method = compile.method(transition, siteTypes.stream().map(compile::carrier).toList(), stateCarrier);
            this.loop = LoopSpinner.transition(method, transition.strict());
            this.needsContext = method.hasContext();
        }
        this.site = new CallContexts.CallSite(siteTypes, stateType, spec.inputCollation());
        this.resultCarrier = compile.carrier(spec.type());
        this.extraArgs = row.finalExtra() ? argTypes.size() : 0;
        this.finish = row.finalFunction() == 0 ? Optional.empty() : Optional.of(finish(compile, row, stateType, argTypes));
        this.order = spec.distinct() || !spec.order().isEmpty() ? Optional.of(new AggregateOrder(compile, spec)) : Optional.empty();
    }

    private BoundFunction finish(CompileContext compile, AggregateRow row, int stateType, List<Integer> argTypes) {
        List<Integer> types = new ArrayList<>();
        types.add(stateType);
        spec.directArguments().forEach(arg -> types.add(arg.type()));
        if (row.finalExtra()) {
            types.addAll(argTypes);
        }
        return BoundFunction.of(compile, compile.proc(row.finalFunction()), types, spec.type(), spec.inputCollation(), frame);
    }

    static List<Integer> with(int first, List<Integer> rest) {
        List<Integer> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    /** The transition type; a polymorphic one is what the arguments make it. */
    static int stateType(CompileContext compile, int declared, List<Integer> argTypes) {
        boolean polymorphic = compile.catalog().type(declared).map(type -> type.kind() == 'p').orElse(false) && declared != Vectors.INTERNAL
                && declared != RECORD;
        if (!polymorphic || argTypes.isEmpty()) {
            return declared;
        }
        int first = argTypes.getFirst();
        boolean arrayOf = (declared == Oids.ANYARRAY || declared == Oids.ANYCOMPATIBLEARRAY)
                && compile.catalog().type(first).map(type -> !type.trueArray() && type.array() != 0).orElse(false);
        return arrayOf ? compile.catalog().type(first).orElseThrow().array() : first;
    }

    private static final int RECORD = 2249;

    Carrier resultCarrier() {
        return resultCarrier;
    }

    Carrier stateCarrier() {
        return stateCarrier;
    }

    Frame frame() {
        return frame;
    }

    Optional<AggregateOrder> order() {
        return order;
    }

    /** A new group's state, boxed. */
    Object initialState() {
        if (initial.isEmpty()) {
            return null;
        }
        Vector one = Vector.of(stateCarrier, 1);
        stateCodec.parse(Slice.of(initial.get()), -1, frame.context().types(), one, 0);
        return one.get(0);
    }

    /** Evaluates filter and arguments for a batch. */
    void evaluate(Batch batch) {
        selected = Kernel.scratch(selected, batch);
        if (filter.isPresent()) {
            filter.get().select(batch, batch.selection(), selected);
        } else {
            selected.copyFrom(batch.selection());
        }
        for (int i = 0; i < args.length; i++) {
            values[i] = args[i].eval(batch, selected);
        }
        System.arraycopy(values, 0, transitionValues, 0, transitionValues.length);
    }

    /** The rows that pass the filter. */
    Selection selected() {
        return selected;
    }

    /** The arguments' values at those rows; also those that only the order needs. */
    Vector[] values() {
        return values;
    }

    /** Runs the transition function over some of the evaluated rows. */
    void accumulate(Vector state, Selection rows, int[] groups) {
        loop.run(callContext(), state, transitionValues, rows.rows, groups, rows.count());
    }

    /** Runs the transition function over other rows. */
    void accumulate(Vector state, Vector[] arguments, Selection rows, int[] groups) {
        loop.run(callContext(), state, arguments, rows.rows, groups, rows.count());
    }

    private CallContext callContext() {
        if (needsContext && factory != frame.context().calls()) {
            factory = frame.context().calls();
            context = factory.at(site);
        }
        return context;
    }

    /** Values of the direct arguments of an ordered-set aggregate. */
    Object[] directValues(Batch batch, int row) {
        Selection one = new Selection(batch.selection().rows.length);
        one.add(row);
        return Arrays.stream(directArgs).map(kernel -> kernel.eval(batch, one).get(row)).toArray();
    }

    boolean hasDirectArguments() {
        return directArgs.length > 0;
    }

    /** Sets a row of the result to a group's value. */
    void finish(Vector state, int group, Object[] direct, Vector out, int row) {
        if (finish.isEmpty()) {
            out.copyFrom(state, group, row);
            return;
        }
        Object[] all = new Object[1 + direct.length + extraArgs];
        all[0] = state.get(group);
        System.arraycopy(direct, 0, all, 1, direct.length);
        out.set(row, finish.get().call(all));
    }
}
