package org.gajah.exec;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.gajah.func.CallContext;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/**
 * Spins a {@link FunctionLoop} around a static method, once per method, argument carriers and strictness.
 *
 * <p>A strict loop comes twice in one method body: without a look at null flags for when no argument has any, and with. The
 * function itself never sees a null then. Functions that are not strict take boxed values; a null for a
 * primitive parameter makes the result null.
 */
final class LoopSpinner {
    private static final ClassDesc BASE = desc(FunctionLoop.class);
    private static final ClassDesc TRANSITION_BASE = desc(TransitionLoop.class);
    private static final ClassDesc VECTOR = desc(Vector.class);
    private static final ClassDesc CONTEXT = desc(CallContext.class);
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(ConstantDescs.CD_void, CONTEXT, VECTOR.arrayType(), VECTOR,
            ConstantDescs.CD_int.arrayType(), ConstantDescs.CD_int);
    private static final MethodTypeDesc RUN_TRANSITION = MethodTypeDesc.of(ConstantDescs.CD_void, CONTEXT, VECTOR, VECTOR.arrayType(),
            ConstantDescs.CD_int.arrayType(), ConstantDescs.CD_int.arrayType(), ConstantDescs.CD_int);
    private static final MethodTypeDesc IS_NULL = MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_int);
    private static final Map<Key, Object> LOOPS = new ConcurrentHashMap<>();
    private static final int CONTEXT_LOCAL = 1;
    private static final int ROWS_LOCAL = 4;

    private record Key(FunctionMethod method, boolean strict, boolean transition) {
    }

    private final FunctionMethod function;
    private final Method method;
    private final int[] guarded;
    private final int[] argLocals;
    private final boolean strict;
    private final boolean transition;
    /** Where run() has its argument array, the vector it writes, and the number of rows. */
    private final int argsLocal;
    private final int targetLocal;
    private final int countLocal;
    private int outLocal;
    private int indexLocal;
    private int rowLocal;
    /** What numbers the result: the row, or in a transition its group. */
    private int resultLocal;

    private LoopSpinner(FunctionMethod function, boolean strict, boolean transition) {
        this.strict = strict;
        this.transition = transition;
        this.argsLocal = transition ? 3 : 2;
        this.targetLocal = transition ? 2 : 3;
        this.countLocal = transition ? 6 : 5;
        this.function = function;
        this.method = function.method();
        this.argLocals = new int[function.arguments().size()];
        this.guarded = IntStream.range(transition ? 1 : 0, argLocals.length).filter(i -> strict || function.isPrimitive(i)).toArray();
    }

    /** The loop around a method. */
    static FunctionLoop loop(FunctionMethod function, boolean strict) {
        return (FunctionLoop) LOOPS.computeIfAbsent(new Key(function, strict, false), key -> new LoopSpinner(function, strict, false).spin());
    }

    /** The loop around an aggregate's transition function; the function's first argument is the state. */
    static TransitionLoop transition(FunctionMethod function, boolean strict) {
        return (TransitionLoop) LOOPS.computeIfAbsent(new Key(function, strict, true), key -> new LoopSpinner(function, strict, true).spin());
    }

    private ClassDesc base() {
        return transition ? TRANSITION_BASE : BASE;
    }

    private Object spin() {
        ClassDesc name = ClassDesc.of(FunctionLoop.class.getPackageName(), (transition ? "Transition_" : "Loop_") + method.getName());
        byte[] bytes = ClassFile.of().build(name, type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withSuperclass(base());
            type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, code -> code.aload(0)
                    .invokespecial(base(), ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
            type.withMethodBody("run", transition ? RUN_TRANSITION : RUN, 0, this::body);
        });
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            return lookup.defineHiddenClass(bytes, true).lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot call " + method, e);
        }
    }

    private void body(CodeBuilder code) {
        int first = transition ? 1 : 0;
        for (int i = first; i < argLocals.length; i++) {
            argLocals[i] = code.allocateLocal(TypeKind.REFERENCE);
            code.aload(argsLocal).loadConstant(i - first).aaload().checkcast(vectorOf(function.arguments().get(i))).astore(argLocals[i]);
        }
        outLocal = code.allocateLocal(TypeKind.REFERENCE);
        indexLocal = code.allocateLocal(TypeKind.INT);
        rowLocal = code.allocateLocal(TypeKind.INT);
        resultLocal = transition ? code.allocateLocal(TypeKind.INT) : rowLocal;
        code.aload(targetLocal).checkcast(vectorOf(function.result())).astore(outLocal);
        if (transition) {
            argLocals[0] = outLocal;
        }
        if (guarded.length > 0 && !transition) {
            Label withNulls = code.newLabel();
            for (int argument : guarded) {
                code.aload(argLocals[argument]).invokevirtual(VECTOR, "mayHaveNulls", MethodTypeDesc.of(ConstantDescs.CD_boolean))
                        .ifne(withNulls);
            }
            loop(code, false);
            code.return_();
            code.labelBinding(withNulls);
            loop(code, true);
        } else {
            loop(code, transition);
        }
        code.return_();
    }

    private void loop(CodeBuilder code, boolean checkNulls) {
        Label top = code.newLabel();
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0().istore(indexLocal).labelBinding(top);
        code.iload(indexLocal).iload(countLocal).if_icmpge(end);
        code.aload(ROWS_LOCAL).iload(indexLocal).iaload().istore(rowLocal);
        if (transition) {
            code.aload(ROWS_LOCAL + 1).iload(rowLocal).iaload().istore(resultLocal);
        }
        if (checkNulls && guarded.length > 0) {
            Label isNull = code.newLabel();
            Label call = code.newLabel();
            for (int argument : guarded) {
                code.aload(argLocals[argument]).iload(rowLocal).invokevirtual(VECTOR, "isNull", IS_NULL).ifne(isNull);
            }
            code.goto_(call).labelBinding(isNull);
            if (!transition) {
                code.aload(outLocal).iload(rowLocal)
                        .invokevirtual(VECTOR, "setNull", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int));
            }
            code.goto_(next).labelBinding(call);
        }
        if (transition && strict) {
            adoptFirst(code, next);
        }
        call(code);
        code.labelBinding(next).iinc(indexLocal, 1).goto_(top).labelBinding(end);
    }

    /** A strict function is not called for a group without a state. */
    private void adoptFirst(CodeBuilder code, Label next) {
        Label present = code.newLabel();
        code.aload(outLocal).iload(resultLocal).invokevirtual(VECTOR, "isNull", IS_NULL).ifeq(present);
        if (argLocals.length > 1 && function.arguments().get(0) == function.arguments().get(1)) {
            code.aload(outLocal).iload(resultLocal).aload(argsLocal).iload(rowLocal).invokestatic(TRANSITION_BASE, "adopt",
                    MethodTypeDesc.of(ConstantDescs.CD_void, VECTOR, ConstantDescs.CD_int, VECTOR.arrayType(), ConstantDescs.CD_int));
        }
        code.goto_(next).labelBinding(present);
    }

    /** One call: arguments onto the stack, the function, and its result into the vector. */
    private void call(CodeBuilder code) {
        Class<?> result = method.getReturnType();
        boolean direct = result.isPrimitive() && result != void.class;
        code.aload(outLocal);
        code.iload(resultLocal);
        Class<?>[] parameters = method.getParameterTypes();
        int first = function.hasContext() ? 1 : 0;
        if (first == 1) {
            code.aload(CONTEXT_LOCAL);
            if (parameters[0] != CallContext.class) {
                code.checkcast(desc(parameters[0]));
            }
        }
        for (int i = first; i < parameters.length; i++) {
            argument(code, parameters[i], i - first);
        }
        code.invokestatic(desc(method.getDeclaringClass()), method.getName(), methodDesc(), method.getDeclaringClass().isInterface());
        if (direct) {
            ClassDesc owner = desc(vectorClass(result));
            code.invokevirtual(owner, "put", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, desc(result)));
        } else {
            if (result == void.class) {
                code.getstatic(desc(org.gajah.base.Slice.class), "EMPTY", desc(org.gajah.base.Slice.class));
            }
            storeBoxed(code, result);
        }
    }

    private void storeBoxed(CodeBuilder code, Class<?> result) {
        Class<?> vector = boxedVector(result);
        if (vector == Vector.class || result == void.class) {
            code.invokestatic(base(), "storeAny", MethodTypeDesc.of(ConstantDescs.CD_void, VECTOR, ConstantDescs.CD_int, ConstantDescs.CD_Object));
        } else {
            Class<?> value = vector == ObjectVector.class ? Object.class : result;
            code.invokestatic(base(), "store", MethodTypeDesc.of(ConstantDescs.CD_void, desc(vector), ConstantDescs.CD_int, desc(value)));
        }
    }

    private void argument(CodeBuilder code, Class<?> parameter, int index) {
        if (function.gathersFrom(index)) {
            code.aload(argsLocal).loadConstant(transition ? index - 1 : index).iload(rowLocal).invokestatic(base(), "rest", MethodTypeDesc
                    .of(ConstantDescs.CD_Object.arrayType(), VECTOR.arrayType(), ConstantDescs.CD_int, ConstantDescs.CD_int));
            return;
        }
        int numberLocal = transition && index == 0 ? resultLocal : rowLocal;
        code.aload(argLocals[index]);
        if (parameter.isPrimitive()) {
            ClassDesc owner = desc(vectorClass(parameter));
            code.getfield(owner, "values", desc(parameter).arrayType()).iload(numberLocal).arrayLoad(TypeKind.from(parameter));
            return;
        }
        code.iload(numberLocal);
        Class<?> vector = boxedVector(parameter);
        boolean keeps = transition && index > 0 && function.result() == Carrier.OBJECT;
        if (vector == Vector.class) {
            code.invokestatic(base(), "any", MethodTypeDesc.of(ConstantDescs.CD_Object, VECTOR, ConstantDescs.CD_int));
        } else if (vector == ObjectVector.class) {
            code.invokestatic(BASE, "boxed", MethodTypeDesc.of(ConstantDescs.CD_Object, desc(vector), ConstantDescs.CD_int))
                    .checkcast(desc(parameter));
        } else if (keeps && vector == BytesVector.class) {
            code.invokestatic(TRANSITION_BASE, "kept", MethodTypeDesc.of(desc(parameter), desc(vector), ConstantDescs.CD_int));
        } else {
            code.invokestatic(BASE, "boxed", MethodTypeDesc.of(desc(parameter), desc(vector), ConstantDescs.CD_int));
        }
    }

    private MethodTypeDesc methodDesc() {
        return MethodTypeDesc.ofDescriptor(java.lang.invoke.MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString());
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    private static ClassDesc vectorOf(Carrier carrier) {
        return desc(switch (carrier) {
            case BOOL -> BoolVector.class;
            case INT -> IntVector.class;
            case LONG -> LongVector.class;
            case DOUBLE -> DoubleVector.class;
            case BYTES -> BytesVector.class;
            case OBJECT -> ObjectVector.class;
        });
    }

    private static Class<?> vectorClass(Class<?> primitive) {
        return primitive == boolean.class ? BoolVector.class
                : primitive == int.class ? IntVector.class : primitive == long.class ? LongVector.class : DoubleVector.class;
    }

    private static Class<?> boxedVector(Class<?> type) {
        if (type == Object.class) {
            return Vector.class;
        }
        return switch (FunctionMethod.carrierOf(type)) {
            case BOOL -> BoolVector.class;
            case INT -> IntVector.class;
            case LONG -> LongVector.class;
            case DOUBLE -> DoubleVector.class;
            case BYTES -> BytesVector.class;
            case OBJECT -> ObjectVector.class;
        };
    }
}
