package org.gajah.javaroutine;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;

import org.gajah.api.spi.CancelPoint;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/**
 * Spins a {@link BatchLoop} around a method, whose handle is a constant of the class made here, so that the method becomes part of the loop.
 *
 * <p>The loop comes twice: without a look at null flags for when no argument has any, and with. Arrays of values stand in local
 * variables: the look at the cancel flag in each row would have fields read again.
 */
final class BatchSpinner {
    private static final ClassDesc BASE = desc(BatchLoop.class);
    private static final ClassDesc VECTOR = desc(Vector.class);
    private static final ClassDesc LIST = ConstantDescs.CD_List;
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(ConstantDescs.CD_void, VECTOR.arrayType(), VECTOR, ConstantDescs.CD_int.arrayType(),
            ConstantDescs.CD_int);
    private static final MethodTypeDesc INIT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_boolean, LIST);
    private static final DynamicConstantDesc<MethodHandle> METHOD = DynamicConstantDesc.ofNamed(
            ConstantDescs.ofConstantBootstrap(desc(MethodHandles.class), "classData", ConstantDescs.CD_Object), ConstantDescs.DEFAULT_NAME,
            ConstantDescs.CD_MethodHandle);
    private static final int THIS = 0;
    private static final int ARGUMENTS = 1;
    private static final int OUT = 2;
    private static final int ROWS = 3;
    private static final int COUNT = 4;

    private final List<Class<?>> parameters;
    private final Class<?> result;
    private final MethodTypeDesc type;
    /** Where each argument's values are, or its vector if it is a text; and the result's, or its vector. */
    private final int[] values;
    private int target;
    private int index;
    private int row;

    private BatchSpinner(MethodHandle method) {
        this.parameters = method.type().parameterList();
        this.result = method.type().returnType();
        this.type = MethodTypeDesc.ofDescriptor(method.type().descriptorString());
        this.values = new int[parameters.size()];
    }

    /** The loop around a method that takes and gives booleans, ints, longs, doubles and Strings. */
    static BatchLoop spin(MethodHandle method, boolean strict) {
        BatchSpinner spinner = new BatchSpinner(method);
        byte[] bytes = ClassFile.of().build(ClassDesc.of(BatchLoop.class.getPackageName(), "BatchLoop_spun"), made -> {
            made.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withSuperclass(BASE);
            made.withMethodBody(ConstantDescs.INIT_NAME, INIT, 0,
                    code -> code.aload(THIS).iload(1).aload(2).invokespecial(BASE, ConstantDescs.INIT_NAME, INIT).return_());
            made.withMethodBody("run", RUN, 0, spinner::body);
        });
        try {
            Class<?> made = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, method, true).lookupClass();
            return (BatchLoop) made.getDeclaredConstructor(boolean.class, List.class).newInstance(strict, spinner.parameters);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void body(CodeBuilder code) {
        for (int i = 0; i < values.length; i++) {
            code.aload(ARGUMENTS).loadConstant(i).aaload();
            values[i] = unpack(code, parameters.get(i));
        }
        code.aload(OUT);
        target = unpack(code, result);
        index = code.allocateLocal(TypeKind.INT);
        row = code.allocateLocal(TypeKind.INT);
        Label withNulls = code.newLabel();
        for (int i = 0; i < values.length; i++) {
            code.aload(ARGUMENTS).loadConstant(i).aaload().invokevirtual(VECTOR, "mayHaveNulls", MethodTypeDesc.of(ConstantDescs.CD_boolean))
                    .ifne(withNulls);
        }
        loop(code, false);
        code.labelBinding(withNulls);
        loop(code, true);
    }

    /** Keeps what is on the stack, a vector, as values of this class. */
    private static int unpack(CodeBuilder code, Class<?> c) {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        ClassDesc vector = vector(c);
        code.checkcast(vector);
        if (c.isPrimitive()) {
            code.getfield(vector, "values", desc(c).arrayType());
        }
        code.astore(local);
        return local;
    }

    private void loop(CodeBuilder code, boolean nulls) {
        Label top = code.newLabel();
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0().istore(index).labelBinding(top).iload(index).iload(COUNT).if_icmpge(end);
        code.invokestatic(desc(CancelPoint.class), "check", ConstantDescs.MTD_void);
        code.aload(ROWS).iload(index).iaload().istore(row);
        if (nulls) {
            code.aload(THIS).aload(ARGUMENTS).aload(OUT).iload(row).invokevirtual(BASE, "isDecided",
                    MethodTypeDesc.of(ConstantDescs.CD_boolean, VECTOR.arrayType(), VECTOR, ConstantDescs.CD_int)).ifne(next);
        }
        code.aload(target).iload(row).loadConstant(METHOD);
        for (int i = 0; i < values.length; i++) {
            code.aload(values[i]).iload(row);
            Class<?> c = parameters.get(i);
            if (c.isPrimitive()) {
                code.arrayLoad(TypeKind.from(c));
            } else {
                code.invokestatic(BASE, "text", MethodTypeDesc.of(ConstantDescs.CD_String, vector(c), ConstantDescs.CD_int));
            }
        }
        code.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", type);
        if (!result.isPrimitive()) {
            code.invokestatic(BASE, "store", MethodTypeDesc.of(ConstantDescs.CD_void, vector(result), ConstantDescs.CD_int, ConstantDescs.CD_String));
        } else {
            // A row that is not null: the vector was empty, so no flag says otherwise.
            code.arrayStore(TypeKind.from(result));
        }
        code.labelBinding(next).iinc(index, 1).goto_(top).labelBinding(end).return_();
    }

    private static ClassDesc vector(Class<?> c) {
        return desc(c == boolean.class ? BoolVector.class : c == int.class ? IntVector.class : c == long.class ? LongVector.class
                : c == double.class ? DoubleVector.class : BytesVector.class);
    }

    private static ClassDesc desc(Class<?> c) {
        return c.describeConstable().orElseThrow();
    }
}
