package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.gajah.analyze.Expr;
import org.gajah.base.Slice;
import org.gajah.func.JsonbSubscripts;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.Carrier;

/** Makes kernels of {@code container[...]}: elements, slices, and arrays with an element replaced. */
final class SubscriptCompiler {
    private SubscriptCompiler() {
    }

    static Kernel compile(Expr.Subscript e, ExprCompiler compiler, CompileContext context) {
        if (e.container().type() == Oids.JSONB) {
            return jsonb(e, compiler);
        }
        List<Expr> args = new ArrayList<>();
        args.add(e.container());
        if (e.lower().isPresent()) {
            return e.assigned().isPresent() ? assignedSlice(e, compiler, context, args) : slice(e, compiler, args);
        }
        e.upper().forEach(bound -> args.add(bound.orElseThrow()));
        Carrier elementCarrier = context.carrier(e.elementType());
        if (e.assigned().isEmpty()) {
            return new ValueKernels.ByRow(context.carrier(e.type()), compiler.compile(args),
                    values -> values[0] == null ? null : ArrayKernels.element((ArrayValue) values[0], values, 1));
        }
        args.add(e.assigned().get());
        int subscripts = e.upper().size();
        return new ValueKernels.ByRow(Carrier.OBJECT, assigning(compiler.compile(args), ArrayKernels::requireSubscript), values -> {
            Object[] at = new Object[subscripts];
            System.arraycopy(values, 1, at, 0, subscripts);
            return ArrayKernels.assign((ArrayValue) values[0], e.elementType(), elementCarrier, at, values[subscripts + 1]);
        });
    }

    private static Kernel jsonb(Expr.Subscript e, ExprCompiler compiler) {
        List<Expr> args = new ArrayList<>();
        args.add(e.container());
        e.upper().forEach(key -> args.add(key.orElseThrow()));
        int keys = e.upper().size();
        if (e.assigned().isEmpty()) {
            return new ValueKernels.ByRow(Carrier.BYTES, compiler.compile(args),
                    values -> values[0] == null ? null : JsonbSubscripts.get((Slice) values[0], keys(values, keys)));
        }
        args.add(e.assigned().get());
        boolean numbered = e.upper().getFirst().orElseThrow().type() == Oids.INT4;
        return new ValueKernels.ByRow(Carrier.BYTES, assigning(compiler.compile(args), JsonbSubscripts::requireSubscript),
                values -> JsonbSubscripts.put((Slice) values[0], keys(values, keys), numbered, (Slice) values[keys + 1]));
    }

    /** Container, subscripts and value of an assignment: a subscript that is null fails before the value is evaluated. */
    private static Kernel[] assigning(Kernel[] args, UnaryOperator<Object> require) {
        Kernel[] checked = args.clone();
        for (int i = 1; i < args.length - 1; i++) {
            checked[i] = new ValueKernels.ByRow(args[i].carrier(), new Kernel[] {args[i]}, values -> require.apply(values[0]));
        }
        return checked;
    }

    /** Subscripts as text. */
    private static Slice[] keys(Object[] values, int count) {
        Slice[] keys = new Slice[count];
        for (int i = 0; i < count; i++) {
            keys[i] = values[i + 1] instanceof Integer number ? Slice.of(number.toString()) : (Slice) values[i + 1];
        }
        return keys;
    }

    private static Kernel assignedSlice(Expr.Subscript e, ExprCompiler compiler, CompileContext context, List<Expr> args) {
        List<Integer> lowerAt = place(e.lower().orElseThrow(), args);
        List<Integer> upperAt = place(e.upper(), args);
        args.add(e.assigned().orElseThrow());
        Carrier carrier = context.carrier(e.elementType());
        return new ValueKernels.ByRow(Carrier.OBJECT, assigning(compiler.compile(args), ArrayKernels::requireSubscript), values -> {
            Object assigned = values[values.length - 1];
            return assigned == null ? values[0] : ArrayKernels.assignSlice((ArrayValue) values[0], e.elementType(), carrier, bounds(lowerAt, values),
                    bounds(upperAt, values), (ArrayValue) assigned);
        });
    }

    private static Kernel slice(Expr.Subscript e, ExprCompiler compiler, List<Expr> args) {
        List<Optional<Expr>> lower = e.lower().orElseThrow();
        List<Integer> lowerAt = place(lower, args);
        List<Integer> upperAt = place(e.upper(), args);
        return new ValueKernels.ByRow(Carrier.OBJECT, compiler.compile(args), values -> {
            for (Object value : values) {
                if (value == null) {
                    return null;
                }
            }
            return ArrayKernels.slice((ArrayValue) values[0], bounds(lowerAt, values), bounds(upperAt, values));
        });
    }

    private static List<Integer> place(List<Optional<Expr>> bounds, List<Expr> args) {
        List<Integer> places = new ArrayList<>();
        for (Optional<Expr> bound : bounds) {
            places.add(bound.isPresent() ? args.size() : -1);
            bound.ifPresent(args::add);
        }
        return places;
    }

    private static List<Optional<Integer>> bounds(List<Integer> places, Object[] values) {
        List<Optional<Integer>> bounds = new ArrayList<>();
        for (int place : places) {
            bounds.add(place < 0 ? Optional.empty() : Optional.of((Integer) values[place]));
        }
        return bounds;
    }
}
