package org.gajah.exec;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

import org.gajah.vector.Carrier;

/**
 * An expression over parameters alone as a class of its own, for those that are evaluated for single values again and again: many times
 * faster than kernels over batches of one row, but dear to make. It needs no snapshot.
 */
public interface ScalarCode {
    /** The boxed value for these boxed parameters. */
    Object value(Object[] parameters);

    /** The expression made so. */
    static ScalarCode of(Scalar scalar) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        ScalarConstants constants = new ScalarConstants();
        ClassDesc name = ClassDesc.of(ScalarCode.class.getPackageName(), "Expression");
        MethodTypeDesc shape = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object.arrayType());
        byte[] bytes = ScalarConstants.classFile(lookup).build(name, type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withInterfaceSymbols(ScalarEmitter.desc(ScalarCode.class));
            type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
                    code -> code.aload(0).invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
            type.withMethodBody("value", shape, ClassFile.ACC_PUBLIC, code -> {
                ScalarEmitter emitter = new ScalarEmitter(code, new Boxes(1), constants);
                emitter.boxed(scalar);
                code.areturn();
                emitter.finish();
            });
        });
        try {
            return (ScalarCode) constants.define(bytes, lookup).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot run generated code", e);
        }
    }

    /**
     * Boxed parameters in an array.
     *
     * @param array the local that holds it
     */
    record Boxes(int array) implements ScalarEmitter.Source {
        @Override
        public void load(CodeBuilder code, int number, Carrier carrier) {
            loadBoxed(code, number, carrier);
            ScalarEmitter.unboxAny(code, carrier);
        }

        @Override
        public void loadBoxed(CodeBuilder code, int number, Carrier carrier) {
            code.aload(array).loadConstant(number).aaload();
        }

        @Override
        public void ifNull(CodeBuilder code, int number, Label target) {
            code.aload(array).loadConstant(number).aaload().ifnull(target);
        }
    }
}
