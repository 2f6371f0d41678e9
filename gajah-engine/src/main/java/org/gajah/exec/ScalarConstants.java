package org.gajah.exec;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/** The objects that generated code uses: they stand in its class, where the virtual machine takes them for constants. */
public final class ScalarConstants {
    private final List<Object> objects = new ArrayList<>();

    public ScalarConstants() {
    }

    /** Puts an object onto the stack. */
    public void load(CodeBuilder code, Object object, Class<?> type) {
        int at = 0;
        while (at < objects.size() && objects.get(at) != object) {
            at++;
        }
        if (at == objects.size()) {
            objects.add(object);
        }
        code.loadConstant(DynamicConstantDesc.ofNamed(ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type.describeConstable().orElseThrow(), at));
    }

    /** Defines a class that uses them; {@code lookup} says where it lives. */
    public Class<?> define(byte[] bytes, MethodHandles.Lookup lookup) {
        try {
            return lookup.defineHiddenClassWithClassData(bytes, List.copyOf(objects), true).lookupClass();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot define generated code", e);
        }
    }

    /** How class files are made that merge types of ours. */
    public static ClassFile classFile(MethodHandles.Lookup lookup) {
        return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(java.lang.classfile.ClassHierarchyResolver.ofClassLoading(lookup)));
    }
}
