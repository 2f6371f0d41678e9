package org.gajah.exec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.catalog.ProcRow;
import org.gajah.func.CallContext;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.RecordValue;
import org.gajah.vector.Carrier;

/**
 * An expression over parameters alone as one method handle, for those that are evaluated for single values again and again: many times
 * faster than kernels over batches of one row, but dear to make. Only functions of package {@code func} come in, which see nothing of
 * the database; so it needs no snapshot.
 */
public final class ScalarCode {
    /** Handles of larger expressions would be too deep to be made into fast code. */
    private static final int MAX_NODES = 100;
    private static final String PURE = "org.gajah.func";
    private static final MethodType SHAPE = MethodType.methodType(Object.class, Object[].class);
    private static final MethodHandle PARAMETER = MethodHandles.arrayElementGetter(Object[].class);
    private static final MethodHandle IS_NULL = own("isNull", boolean.class, Object.class);
    private static final MethodHandle IS_NOT_NULL = own("isNotNull", boolean.class, Object.class);
    private static final MethodHandle IS_TRUE = own("isTrue", boolean.class, Object.class);
    private static final MethodHandle IS_FALSE = own("isFalse", boolean.class, Object.class);
    private static final MethodHandle AND = own("and", Object.class, Object.class, Object.class);
    private static final MethodHandle OR = own("or", Object.class, Object.class, Object.class);
    private static final MethodHandle NOT = own("not", Object.class, Object.class);
    private static final MethodHandle FIELD = own("field", Object.class, int.class, Object.class);
    private static final MethodHandle ELEMENT = own("element", Object.class, Object.class, Object.class);

    private static final MethodHandle REPLACED = own("replaced", Object.class, int.class, Carrier.class, Object.class, Object.class, Object.class);

    private final MethodHandle handle;

    private ScalarCode(MethodHandle handle) {
        this.handle = handle;
    }

    /** The expression made so, or nothing if something in it does not fit. */
    public static Optional<ScalarCode> of(Expr expr, CompileContext context, CallContexts calls) {
        int[] nodes = new int[1];
        boolean large = Exprs.any(expr, e -> ++nodes[0] > MAX_NODES);
        return large ? Optional.empty() : new Maker(context, calls).make(expr).map(ScalarCode::new);
    }

    /** The boxed value for these boxed parameters. */
    public Object value(Object[] parameters) {
        try {
            return (Object) handle.invokeExact(parameters);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes handles from the leaves up. */
    private record Maker(CompileContext context, CallContexts calls) {
        Optional<MethodHandle> make(Expr expr) {
            return switch (expr) {
                case Expr.Const e -> Optional.of(constant(e.value()));
                case Expr.Param e -> Optional.of(MethodHandles.insertArguments(PARAMETER, 1, e.number() - 1));
                case Expr.FunctionCall e when !e.returnsSet() && !e.variadic() -> call(e.function(), e.type(), e.inputCollation(), e.args());
                case Expr.OperatorCall e when !e.returnsSet() -> call(e.function(), e.type(), e.inputCollation(), e.args());
                case Expr.BoolExpr e -> bool(e);
                case Expr.NullTest e when !e.rowArg() -> make(e.arg()).map(arg -> returned(arg, e.isNull() ? IS_NULL : IS_NOT_NULL));
                case Expr.Relabel e -> make(e.arg());
                case Expr.Collate e -> make(e.arg());
                case Expr.Coalesce e -> coalesce(e.args());
                case Expr.Case e when e.arg().isEmpty() -> caseOf(e.whens(), e.otherwise());
                case Expr.FieldSelect e -> make(e.arg()).map(arg -> returned(arg, MethodHandles.insertArguments(FIELD, 0, e.field() - 1)));
                case Expr.Subscript e -> element(e);
                default -> Optional.empty();
            };
        }

        private Optional<MethodHandle> call(int function, int type, int collation, List<Expr> args) {
            ProcRow proc = context.proc(function);
            List<Integer> types = args.stream().map(Expr::type).toList();
            Carrier result = context.carrier(type);
            List<Carrier> carriers = types.stream().map(context::carrier).toList();
            Optional<FunctionMethod> found = context.isRoutine(proc, types, type) ? Optional.empty() : context.functions().find(proc, carriers, result);
            boolean pure = found.isPresent() && found.get().method().getDeclaringClass().getPackageName().equals(PURE)
                    && !found.get().gathersFrom(args.size() - 1);
            if (!pure) {
                return Optional.empty();
            }
            FunctionMethod method = found.get();
            MethodHandle target = target(method, new CallContexts.CallSite(types, type, collation));
            if (target.type().parameterCount() != args.size() || target.type().returnType() == void.class) {
                return Optional.empty();
            }
            MethodHandle generic = target.asType(MethodType.genericMethodType(args.size()));
            for (int i = args.size() - 1; i >= 0; i--) {
                if (proc.strict() || method.isPrimitive(i)) {
                    generic = MethodHandles.guardWithTest(at(IS_NULL, i), constant(null, generic.type()), generic);
                }
            }
            return of(generic, args);
        }

        private MethodHandle target(FunctionMethod method, CallContexts.CallSite site) {
            try {
                MethodHandle target = MethodHandles.lookup().unreflect(method.method()).asFixedArity();
                return method.hasContext() ? bound(target, calls.at(site)) : target;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("cannot call " + method.method(), e);
            }
        }

        private static MethodHandle bound(MethodHandle target, CallContext context) {
            return MethodHandles.insertArguments(target, 0, context);
        }

        /** A handle over boxed values, put over the parameters that these arguments need. */
        private Optional<MethodHandle> of(MethodHandle generic, List<Expr> args) {
            MethodHandle[] filters = new MethodHandle[args.size()];
            for (int i = 0; i < filters.length; i++) {
                Optional<MethodHandle> arg = make(args.get(i));
                if (arg.isEmpty()) {
                    return Optional.empty();
                }
                filters[i] = arg.get();
            }
            return Optional.of(MethodHandles.permuteArguments(MethodHandles.filterArguments(generic, 0, filters), SHAPE, new int[filters.length]));
        }

        private Optional<MethodHandle> bool(Expr.BoolExpr e) {
            return switch (e.op()) {
                case NOT -> make(e.args().getFirst()).map(arg -> returned(arg, NOT));
                case AND -> junction(e.args(), AND, IS_FALSE, false);
                case OR -> junction(e.args(), OR, IS_TRUE, true);
            };
        }

        /** From the left, until one value decides. */
        private Optional<MethodHandle> junction(List<Expr> args, MethodHandle combine, MethodHandle decides, boolean decided) {
            Optional<MethodHandle> first = make(args.getFirst());
            if (args.size() == 1 || first.isEmpty()) {
                return first;
            }
            return junction(args.subList(1, args.size()), combine, decides, decided).map(rest -> {
                MethodHandle both = MethodHandles.filterArguments(combine, 1, rest);
                return MethodHandles.foldArguments(MethodHandles.guardWithTest(decides, constant(decided, both.type()), both), first.get());
            });
        }

        private Optional<MethodHandle> coalesce(List<Expr> args) {
            Optional<MethodHandle> first = make(args.getFirst());
            if (args.size() == 1 || first.isEmpty()) {
                return first;
            }
            return coalesce(args.subList(1, args.size())).map(rest -> {
                MethodHandle same = MethodHandles.dropArguments(MethodHandles.identity(Object.class), 1, Object[].class);
                MethodHandle others = MethodHandles.dropArguments(rest, 0, Object.class);
                return MethodHandles.foldArguments(MethodHandles.guardWithTest(IS_NOT_NULL, same, others), first.get());
            });
        }

        private Optional<MethodHandle> caseOf(List<Expr.When> whens, Expr otherwise) {
            if (whens.isEmpty()) {
                return make(otherwise);
            }
            Optional<MethodHandle> condition = make(whens.getFirst().condition());
            Optional<MethodHandle> result = make(whens.getFirst().result());
            Optional<MethodHandle> rest = caseOf(whens.subList(1, whens.size()), otherwise);
            return condition.isEmpty() || result.isEmpty() || rest.isEmpty() ? Optional.empty()
                    : Optional.of(MethodHandles.guardWithTest(returned(condition.get(), IS_TRUE), result.get(), rest.get()));
        }

        /** An element of an array by one subscript, or the array with it replaced. */
        private Optional<MethodHandle> element(Expr.Subscript e) {
            boolean one = e.lower().isEmpty() && e.upper().size() == 1 && context.catalog().codec(e.container().type()) instanceof ArrayCodec;
            if (!one) {
                return Optional.empty();
            }
            Expr subscript = e.upper().getFirst().orElseThrow();
            return e.assigned().isEmpty() ? of(ELEMENT, List.of(e.container(), subscript))
                    : of(MethodHandles.insertArguments(REPLACED, 0, e.elementType(), context.carrier(e.elementType())),
                            List.of(e.container(), subscript, e.assigned().get()));
        }
    }

    private static MethodHandle constant(Object value) {
        return constant(value, SHAPE);
    }

    /** A handle of this type that gives the same whatever its arguments. */
    private static MethodHandle constant(Object value, MethodType type) {
        return MethodHandles.dropArguments(MethodHandles.constant(Object.class, value), 0, type.parameterList());
    }

    private static MethodHandle at(MethodHandle test, int argument) {
        return argument == 0 ? test : MethodHandles.dropArguments(test, 0, MethodType.genericMethodType(argument).parameterList());
    }

    private static MethodHandle returned(MethodHandle value, MethodHandle filter) {
        MethodHandle made = MethodHandles.filterReturnValue(value, filter);
        return filter == IS_NULL || filter == IS_NOT_NULL ? made.asType(SHAPE) : made;
    }

    private static MethodHandle own(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup().findStatic(ScalarCode.class, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static boolean isNull(Object value) {
        return value == null;
    }

    private static boolean isNotNull(Object value) {
        return value != null;
    }

    private static boolean isTrue(Object value) {
        return value != null && (Boolean) value;
    }

    private static boolean isFalse(Object value) {
        return value != null && !(Boolean) value;
    }

    /** Of a first value that is not false. */
    private static Object and(Object a, Object b) {
        return a != null || isFalse(b) ? b : null;
    }

    /** Of a first value that is not true. */
    private static Object or(Object a, Object b) {
        return a != null || isTrue(b) ? b : null;
    }

    private static Object not(Object value) {
        return value == null ? null : (Object) !(Boolean) value;
    }

    private static Object field(int index, Object row) {
        return row == null ? null : ((RecordValue) row).fields()[index];
    }

    private static Object element(Object array, Object subscript) {
        return array == null ? null : ArrayKernels.element((ArrayValue) array, new Object[] {subscript}, 0);
    }

    private static Object replaced(int elementType, Carrier carrier, Object array, Object subscript, Object value) {
        return ArrayKernels.assign((ArrayValue) array, elementType, carrier, new Object[] {subscript}, value);
    }
}
