package org.gajah.base;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/**
 * A method with so many local variables that it cannot be entered unless the stack has room for them, which is what one calls it for: the JVM
 * looks at the frame that the method would have uncompiled, so that the look itself costs next to nothing.
 */
abstract class StackProbe {
    /** Local variables, of 8 bytes each. */
    private static final int LOCALS = 12_000;
    /** So long that no compiler makes the method a part of its callers, who would then fail in its place. */
    private static final int NEVER_INLINED = 400;
    private static final MethodTypeDesc ENTER = MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_int);

    static final StackProbe ROOMY = spin();

    StackProbe() {
    }

    /** True; a StackOverflowError if there is no room. What is given is 1: that nobody knows that is what keeps the frame. */
    abstract boolean enter(int one);

    private static StackProbe spin() {
        ClassDesc base = StackProbe.class.describeConstable().orElseThrow();
        byte[] bytes = ClassFile.of().build(ClassDesc.of(StackProbe.class.getPackageName(), "StackProbe_roomy"), type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withSuperclass(base);
            type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
                    code -> code.aload(0).invokespecial(base, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
            type.withMethodBody("enter", ENTER, 0, StackProbe::body);
        });
        try {
            return (StackProbe) MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A branch that is never taken, with a call. A compiler that leaves it out must be able to go on uncompiled if it is taken, in the large
     * frame; one that does not must be able to do so when it comes back from the call.
     */
    private static void body(CodeBuilder code) {
        Label always = code.newLabel();
        code.iload(1).istore(LOCALS).iload(LOCALS).ifne(always);
        code.aload(0).iload(LOCALS).invokevirtual(ClassDesc.of(StackProbe.class.getName()), "enter", ENTER).pop();
        for (int i = 0; i < NEVER_INLINED; i++) {
            code.nop();
        }
        code.labelBinding(always).iconst_1().ireturn();
    }
}
