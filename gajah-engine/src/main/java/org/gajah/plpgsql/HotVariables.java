package org.gajah.plpgsql;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

import org.gajah.exec.ScalarEmitter;
import org.gajah.vector.Carrier;

/**
 * Where a function's variables are while generated code runs: in locals of the virtual machine, or boxed in the array of all, where they
 * must be if a step writes them that is interpreted.
 */
final class HotVariables implements ScalarEmitter.Source {
    private static final int FRAME = 1;
    private static final int VALUES = 2;
    private static final ClassDesc RECORD = ScalarEmitter.desc(LoopRecord.class);

    private final Map<Integer, Local> locals = new TreeMap<>();
    /** The records of the loops around, by their variables: locals with {@link LoopRecord}s. */
    private final Map<Integer, Integer> records = new TreeMap<>();
    /** Variables that are or were such records. */
    private final BitSet late = new BitSet();

    /** A value; for a primitive whether it is null; for an array whether nobody else has it. */
    private record Local(Carrier carrier, int value, int isNull, int owned) {
        TypeKind kind() {
            return TypeKind.from(ScalarEmitter.type(carrier));
        }
    }

    /** Makes a local of a variable. */
    void add(CodeBuilder code, int number, Carrier carrier, boolean isArray) {
        int value = code.allocateLocal(TypeKind.from(ScalarEmitter.type(carrier)));
        locals.put(number, new Local(carrier, value, ScalarEmitter.isPrimitive(carrier) ? code.allocateLocal(TypeKind.INT) : -1,
                isArray ? code.allocateLocal(TypeKind.INT) : -1));
    }

    /** The record of a loop that begins is in this local. */
    void addRecord(int number, int local) {
        records.put(number, local);
        late.set(number);
    }

    /** The loop has ended. */
    void removeRecord(int number) {
        records.remove(number);
    }

    /** Gives the records of loops their values. */
    private void settle(CodeBuilder code) {
        code.aload(FRAME).invokestatic(ScalarEmitter.desc(HotCalls.class), "settle",
                MethodTypeDesc.of(ConstantDescs.CD_void, ScalarEmitter.desc(Interpreter.class)));
    }

    boolean holds(int number) {
        return locals.containsKey(number);
    }

    /** Somebody else may get hold of the variable's array. */
    void share(CodeBuilder code, int number) {
        Local local = locals.get(number);
        if (local != null && local.owned >= 0) {
            code.iconst_0().istore(local.owned);
        }
    }

    /** Puts an array onto the stack, and whether it may be changed in place. */
    void loadArray(CodeBuilder code, int number) {
        code.aload(locals.get(number).value).iload(locals.get(number).owned);
    }

    /** Gives a variable the array on the stack, which nobody else has. */
    void storeOwned(CodeBuilder code, int number) {
        code.astore(locals.get(number).value).iconst_1().istore(locals.get(number).owned);
    }

    /** Takes the locals' values from the array. */
    void enter(CodeBuilder code) {
        locals.keySet().forEach(number -> reload(code, number));
    }

    /** Takes one variable's value from the array. */
    void reload(CodeBuilder code, int number) {
        Local local = locals.get(number);
        element(code, number);
        ScalarEmitter.unboxAny(code, local.carrier);
        code.storeLocal(local.kind(), local.value);
        if (local.isNull >= 0) {
            Label isNull = code.newLabel();
            Label done = code.newLabel();
            element(code, number);
            code.ifnull(isNull).iconst_0().goto_(done).labelBinding(isNull).iconst_1().labelBinding(done).istore(local.isNull);
        }
        share(code, number);
    }

    /** Puts the locals' values into the array. */
    void leave(CodeBuilder code) {
        locals.keySet().forEach(number -> spill(code, number));
        if (!late.isEmpty()) {
            settle(code);
        }
    }

    /** The same for some, which interpreted code is about to read. */
    void spill(CodeBuilder code, BitSet read) {
        locals.keySet().stream().filter(read::get).forEach(number -> spill(code, number));
        if (late.intersects(read)) {
            settle(code);
        }
    }

    private void spill(CodeBuilder code, int number) {
        share(code, number);
        code.aload(VALUES).loadConstant(number);
        loadBoxed(code, number, locals.get(number).carrier);
        code.aastore();
    }

    private void element(CodeBuilder code, int number) {
        if (late.get(number)) {
            settle(code);
        }
        code.aload(VALUES).loadConstant(number).aaload();
    }

    @Override
    public void load(CodeBuilder code, int number, Carrier carrier) {
        Local local = locals.get(number);
        if (local != null) {
            code.loadLocal(local.kind(), local.value);
        } else {
            element(code, number);
            ScalarEmitter.unboxAny(code, carrier);
        }
    }

    @Override
    public void loadBoxed(CodeBuilder code, int number, Carrier carrier) {
        Local local = locals.get(number);
        if (local == null) {
            element(code, number);
            return;
        }
        code.loadLocal(local.kind(), local.value);
        if (local.isNull >= 0) {
            code.iload(local.isNull).invokestatic(ScalarEmitter.desc(HotCalls.class), "boxed", MethodTypeDesc.of(ConstantDescs.CD_Object,
                    ScalarEmitter.desc(ScalarEmitter.type(local.carrier)), ConstantDescs.CD_boolean));
        }
    }

    @Override
    public void ifNull(CodeBuilder code, int number, Label target) {
        Local local = locals.get(number);
        if (local == null) {
            element(code, number);
            code.ifnull(target);
        } else if (local.isNull >= 0) {
            code.iload(local.isNull).ifne(target);
        } else {
            code.aload(local.value).ifnull(target);
        }
    }

    @Override
    public boolean field(CodeBuilder code, int number, ScalarEmitter.Field field, Label ifNull) {
        Integer record = records.get(number);
        if (record == null) {
            return false;
        }
        MethodTypeDesc test = MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_int);
        code.aload(record).loadConstant(field.number()).invokevirtual(RECORD, "isNull", test).ifne(ifNull);
        Class<?> type = ScalarEmitter.type(field.carrier());
        String name = type == Object.class ? "object" : type.getName();
        code.aload(record).loadConstant(field.number()).invokevirtual(RECORD, name + "At", MethodTypeDesc.of(ScalarEmitter.desc(type), ConstantDescs.CD_int));
        return true;
    }

    /** Gives a variable the value on the stack, which is not null. */
    void store(CodeBuilder code, int number, Carrier carrier) {
        Local local = locals.get(number);
        if (local == null) {
            ScalarEmitter.box(code, carrier);
            code.aload(VALUES).swap().loadConstant(number).swap().aastore();
            return;
        }
        code.storeLocal(local.kind(), local.value);
        share(code, number);
        if (local.isNull >= 0) {
            code.iconst_0().istore(local.isNull);
        }
    }

    void storeNull(CodeBuilder code, int number) {
        Local local = locals.get(number);
        if (local == null) {
            code.aload(VALUES).loadConstant(number).aconst_null().aastore();
        } else if (local.isNull >= 0) {
            code.iconst_1().istore(local.isNull);
        } else {
            code.aconst_null().astore(local.value);
        }
    }
}
