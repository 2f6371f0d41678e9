package org.gajah.plpgsql;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

import org.gajah.exec.ScalarConstants;
import org.gajah.exec.ScalarEmitter;

/** The class around what {@link StepCompiler} writes. */
final class HotClass {
    /** Methods larger than this the virtual machine interprets for ever. */
    private static final int MAX_CODE = 8000;
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(ConstantDescs.CD_int, ScalarEmitter.desc(Interpreter.class),
            ConstantDescs.CD_Object.arrayType(), ConstantDescs.CD_Object);

    private HotClass() {
    }

    /** A loop that has begun already, or a function's whole block, for the catalogs' version; empty if the code is too large to be of use. */
    static Optional<HotCode> of(Interpreter frame, Step root, long version) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        ScalarConstants constants = new ScalarConstants();
        Optional<byte[]> bytes = bytes(lookup, constants, frame, root, version).filter(b -> codeLength(b) <= MAX_CODE);
        try {
            return bytes.isEmpty() ? Optional.empty()
                    : Optional.of((HotCode) constants.define(bytes.get(), lookup).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot run generated code", e);
        }
    }

    private static Optional<byte[]> bytes(MethodHandles.Lookup lookup, ScalarConstants constants, Interpreter frame, Step root, long version) {
        try {
            return Optional.of(ScalarConstants.classFile(lookup).build(ClassDesc.of(HotClass.class.getPackageName(), "Hot"), type -> {
                type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withInterfaceSymbols(ScalarEmitter.desc(HotCode.class));
                type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
                        code -> code.aload(0).invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
                type.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, code -> new StepCompiler(frame, code, constants, version).method(root));
            }));
        } catch (IllegalArgumentException e) {
            if (String.valueOf(e.getMessage()).contains("exceeds")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static int codeLength(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream().flatMap(m -> m.code().stream()).mapToInt(c -> ((CodeAttribute) c).codeLength()).max()
                .orElse(0);
    }
}
