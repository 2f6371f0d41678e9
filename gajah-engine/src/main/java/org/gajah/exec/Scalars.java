package org.gajah.exec;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.catalog.ProcRow;
import org.gajah.func.ArrayFunctions;
import org.gajah.func.CallContext;
import org.gajah.type.ArrayCodec;
import org.gajah.type.Oids;
import org.gajah.vector.Carrier;

/** Finds the Java methods behind the functions of typed expressions. Only those of package {@code func} come in, which see nothing of the database. */
public final class Scalars {
    private static final int MAX_NODES = 100;
    private static final String PURE = "org.gajah.func";
    static final Method FIELD = ScalarFunctions.method("field");
    private static final Method ELEMENT = ScalarFunctions.method("element", org.gajah.type.ArrayValue.class, int.class);
    private static final Method ELEMENT_OF_TWO = ScalarFunctions.method("element", org.gajah.type.ArrayValue.class, int.class, int.class);
    static final Method REPLACED = ScalarFunctions.method("replaced");
    private static final Method SUBSCRIPT = ScalarFunctions.method("subscript");

    static final Method APPEND = Arrays.stream(ArrayFunctions.class.getMethods()).filter(m -> m.getName().equals("array_append")).findFirst().orElseThrow();

    private static final Method VIA_TEXT = ScalarFunctions.method("viaText");
    private static final Set<Integer> PLAIN = Set.of(Oids.BOOL, Oids.INT2, Oids.INT4, Oids.INT8, Oids.FLOAT4, Oids.FLOAT8, Oids.NUMERIC, Oids.TEXT,
            Oids.VARCHAR, Oids.BPCHAR);
    /** The nodes of an expression that may be evaluated several times. */
    private static final int SHORT = 5;

    private final CompileContext context;
    private final CallContexts calls;
    private Optional<Scalar> caseTest = Optional.empty();

    public Scalars(CompileContext context, CallContexts calls) {
        this.context = context;
        this.calls = calls;
    }

    /** What holds a type's values. */
    public Carrier carrier(int type) {
        return context.carrier(type);
    }

    /** The expression, or nothing if something in it does not fit. */
    public Optional<Scalar> of(Expr expr) {
        int[] nodes = new int[1];
        boolean large = Exprs.any(expr, e -> ++nodes[0] > MAX_NODES);
        return large ? Optional.empty() : make(expr);
    }

    private Optional<Scalar> make(Expr expr) {
        return switch (expr) {
            case Expr.Const e -> Optional.of(new Scalar.Constant(e.value(), carrier(e.type())));
            case Expr.Param e -> Optional.of(new Scalar.Parameter(e.number() - 1, carrier(e.type())));
            case Expr.FunctionCall e when !e.returnsSet() && !e.variadic() -> call(e.function(), e.type(), e.inputCollation(), e.args());
            case Expr.OperatorCall e when !e.returnsSet() -> call(e.function(), e.type(), e.inputCollation(), e.args());
            case Expr.BoolExpr e -> all(e.args()).map(parts -> switch (e.op()) {
                case NOT -> new Scalar.Not(parts.getFirst());
                case AND -> new Scalar.Junction(false, parts);
                case OR -> new Scalar.Junction(true, parts);
            });
            case Expr.NullTest e when !e.rowArg() -> make(e.arg()).map(arg -> new Scalar.NullTest(arg, e.isNull()));
            case Expr.Relabel e -> make(e.arg());
            case Expr.Collate e -> make(e.arg());
            case Expr.Coalesce e -> all(e.args()).map(parts -> new Scalar.Coalesce(parts, carrier(e.type())));
            case Expr.Case e -> caseOf(e);
            case Expr.CaseTest _ -> caseTest;
            case Expr.BooleanTest e -> make(e.arg()).map(arg -> test(arg, e.kind()));
            case Expr.DistinctFrom e -> all(e.args()).filter(Scalars::areLeaves).flatMap(parts -> equality(e.function(), e.inputCollation(), e.args())
                    .map(equal -> distinct(parts.get(0), parts.get(1), equal)));
            case Expr.NullIf e -> all(e.args()).filter(Scalars::areLeaves).flatMap(parts -> equality(e.function(), e.inputCollation(), e.args())
                    .map(equal -> new Scalar.Choice(equal, new Scalar.Constant(null, carrier(e.type())), parts.get(0), carrier(e.type()))));
            case Expr.CoerceViaIo e -> viaText(e);
            case Expr.FieldSelect e -> make(e.arg()).map(arg -> own(FIELD, true, carrier(e.type()), arg, number(e.field() - 1)));
            case Expr.Subscript e -> subscript(e);
            default -> Optional.empty();
        };
    }

    private static Scalar number(int value) {
        return new Scalar.Constant(value, Carrier.INT);
    }

    private static Scalar own(Method method, boolean strict, Carrier carrier, Scalar... parts) {
        return new Scalar.Call(method, strict, Optional.empty(), carrier == Carrier.OBJECT, List.of(parts), carrier);
    }

    private Optional<List<Scalar>> all(List<Expr> exprs) {
        List<Scalar> made = new ArrayList<>();
        for (Expr expr : exprs) {
            Optional<Scalar> one = make(expr);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            made.add(one.get());
        }
        return Optional.of(made);
    }

    /** A CASE; what its conditions compare is evaluated for each of them, if it is short. */
    private Optional<Scalar> caseOf(Expr.Case e) {
        Optional<Scalar> outer = caseTest;
        caseTest = e.arg().flatMap(this::make).filter(subject -> size(subject) <= SHORT);
        Optional<Scalar> made = e.arg().isPresent() && caseTest.isEmpty() ? Optional.empty() : choice(e, 0);
        caseTest = outer;
        return made;
    }

    private static int size(Scalar scalar) {
        return 1 + scalar.parts().stream().mapToInt(Scalars::size).sum();
    }

    private static boolean areLeaves(List<Scalar> parts) {
        return parts.stream().allMatch(part -> part.parts().isEmpty());
    }

    private static Scalar truth(boolean value) {
        return new Scalar.Constant(value, Carrier.BOOL);
    }

    private static Scalar choice(Scalar condition, Scalar result, Scalar otherwise) {
        return new Scalar.Choice(condition, result, otherwise, Carrier.BOOL);
    }

    private static Scalar test(Scalar arg, Expr.BooleanTest.Kind kind) {
        return switch (kind) {
            case IS_TRUE -> choice(arg, truth(true), truth(false));
            case IS_NOT_TRUE -> choice(arg, truth(false), truth(true));
            case IS_FALSE -> choice(new Scalar.Not(arg), truth(true), truth(false));
            case IS_NOT_FALSE -> choice(new Scalar.Not(arg), truth(false), truth(true));
            case IS_UNKNOWN -> new Scalar.NullTest(arg, true);
            case IS_NOT_UNKNOWN -> new Scalar.NullTest(arg, false);
        };
    }

    private Optional<Scalar> equality(int function, int collation, List<Expr> args) {
        return call(function, Oids.BOOL, collation, args);
    }

    private static Scalar distinct(Scalar a, Scalar b, Scalar equal) {
        return choice(new Scalar.NullTest(a, true), new Scalar.NullTest(b, false),
                choice(new Scalar.NullTest(b, true), truth(true), new Scalar.Not(equal)));
    }

    /** Between types whose text has nothing to do with the database. */
    private Optional<Scalar> viaText(Expr.CoerceViaIo e) {
        if (!PLAIN.contains(e.arg().type()) || !PLAIN.contains(e.type())) {
            return Optional.empty();
        }
        CallContext site = calls.at(new CallContexts.CallSite(List.of(e.arg().type()), e.type(), e.collation()));
        Scalar from = new Scalar.Constant(context.catalog().codec(e.arg().type()), Carrier.OBJECT);
        Scalar to = new Scalar.Constant(context.catalog().codec(e.type()), Carrier.OBJECT);
        return make(e.arg()).map(arg -> new Scalar.Call(VIA_TEXT, true, Optional.of(site), false, List.of(arg, from, to), carrier(e.type())));
    }

    private Optional<Scalar> choice(Expr.Case e, int when) {
        if (when == e.whens().size()) {
            return make(e.otherwise());
        }
        Expr.When first = e.whens().get(when);
        return all(List.of(first.condition(), first.result())).flatMap(parts -> choice(e, when + 1)
                .map(rest -> new Scalar.Choice(parts.get(0), parts.get(1), rest, carrier(e.type()))));
    }

    private Optional<Scalar> call(int function, int type, int collation, List<Expr> args) {
        ProcRow proc = context.proc(function);
        List<Integer> types = args.stream().map(Expr::type).toList();
        Carrier result = carrier(type);
        List<Carrier> carriers = types.stream().map(this::carrier).toList();
        Optional<FunctionMethod> found = context.isRoutine(proc, types, type) ? Optional.empty() : context.functions().find(proc, carriers, result);
        if (found.isEmpty() || !isPure(found.get(), args.size())) {
            return Optional.empty();
        }
        FunctionMethod method = found.get();
        Optional<CallContext> site = method.hasContext() ? Optional.of(calls.at(new CallContexts.CallSite(types, type, collation))) : Optional.empty();
        return all(args).map(parts -> new Scalar.Call(method.method(), proc.strict(), site, result == Carrier.OBJECT, parts, result));
    }

    private static boolean isPure(FunctionMethod function, int args) {
        Method method = function.method();
        Class<?> owner = method.getDeclaringClass();
        return owner.getPackageName().equals(PURE) && Modifier.isPublic(owner.getModifiers()) && !function.gathersFrom(args - 1)
                && method.getParameterCount() == args + (function.hasContext() ? 1 : 0) && method.getReturnType() != void.class;
    }

    /** An element of an array by one subscript or two, or the array with one replaced. */
    private Optional<Scalar> subscript(Expr.Subscript e) {
        int subscripts = e.upper().size();
        boolean fits = e.lower().isEmpty() && subscripts <= (e.assigned().isPresent() ? 1 : 2)
                && context.catalog().codec(e.container().type()) instanceof ArrayCodec;
        if (!fits) {
            return Optional.empty();
        }
        List<Expr> args = new ArrayList<>(List.of(e.container()));
        e.upper().forEach(subscript -> args.add(subscript.orElseThrow()));
        e.assigned().ifPresent(args::add);
        return all(args).map(parts -> e.assigned().isEmpty()
                ? new Scalar.Call(subscripts == 1 ? ELEMENT : ELEMENT_OF_TWO, true, Optional.empty(), false, parts, carrier(e.type()))
                : own(REPLACED, false, Carrier.OBJECT, parts.get(0), subscriptBefore(parts.get(2), parts.get(1)), parts.get(2), number(e.elementType()),
                        new Scalar.Constant(carrier(e.elementType()), Carrier.OBJECT)));
    }

    /** A subscript that is null fails before the value is evaluated. */
    private static Scalar subscriptBefore(Scalar value, Scalar subscript) {
        boolean matters = !areLeaves(List.of(value)) && !(subscript instanceof Scalar.Constant c && c.value() != null);
        return matters ? own(SUBSCRIPT, false, Carrier.INT, subscript) : subscript;
    }
}
