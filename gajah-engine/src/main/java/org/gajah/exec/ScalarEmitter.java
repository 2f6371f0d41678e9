package org.gajah.exec;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.gajah.vector.Carrier;

/**
 * Writes the bytecode of {@link Scalar}s. A value stands on the stack as its carrier's primitive or as a reference; code for a null
 * jumps instead, with the stack as it was before the expression. All arguments of a call are evaluated before one of them is found to
 * be null, as the executor does: what fails fails all the same.
 */
public final class ScalarEmitter {
    private static final ClassDesc OWN = desc(ScalarFunctions.class);

    private final CodeBuilder code;
    private final Source source;
    private final ScalarConstants constants;
    /** Code that is rarely run, written behind all other. */
    private final Deque<Runnable> aside = new ArrayDeque<>();

    /** A field of a row by its number from 0, and what holds it. */
    public record Field(int number, Carrier carrier) {
    }

    /** Where parameters are. */
    public interface Source {
        /** Puts the value onto the stack; of a null, anything. */
        void load(CodeBuilder code, int number, Carrier carrier);

        /** Puts the value onto the stack boxed. */
        void loadBoxed(CodeBuilder code, int number, Carrier carrier);

        /** Jumps if it is null. */
        void ifNull(CodeBuilder code, int number, Label target);

        /** Puts a field of a parameter that is a row onto the stack or jumps if it is null; false, and nothing is written, if it has to be taken from the row. */
        default boolean field(CodeBuilder code, int number, Field field, Label ifNull) {
            return false;
        }
    }

    public ScalarEmitter(CodeBuilder code, Source source, ScalarConstants constants) {
        this.code = code;
        this.source = source;
        this.constants = constants;
    }

    /** Writes code behind all other when {@link #finish} is called. */
    public void aside(Runnable writing) {
        aside.add(writing);
    }

    /** Writes what has been put aside: the end of the method. */
    public void finish() {
        while (!aside.isEmpty()) {
            aside.poll().run();
        }
    }

    /** The value, or a jump. */
    public void value(Scalar scalar, Label ifNull) {
        switch (scalar) {
            case Scalar.Constant s when s.value() == null -> {
                code.goto_(ifNull);
                any(s.carrier());
            }
            case Scalar.Constant s -> constant(s);
            case Scalar.Parameter s -> {
                source.ifNull(code, s.number(), ifNull);
                source.load(code, s.number(), s.carrier());
            }
            case Scalar.Call s -> {
                if (!(s.takesField() && field(s, ifNull))) {
                    call(s, ifNull);
                }
            }
            case Scalar.Junction s -> junction(s, ifNull);
            case Scalar.Not s -> {
                value(s.part(), ifNull);
                code.iconst_1().ixor();
            }
            case Scalar.NullTest s -> nullTest(s);
            case Scalar.Coalesce s -> coalesce(s, ifNull);
            case Scalar.Choice s -> choice(s, ifNull);
        }
    }

    /** The value boxed; null is a null. */
    public void boxed(Scalar scalar) {
        switch (scalar) {
            case Scalar.Constant s when s.value() == null -> code.aconst_null();
            case Scalar.Parameter s -> source.loadBoxed(code, s.number(), s.carrier());
            default -> {
                Label isNull = code.newLabel();
                Label done = code.newLabel();
                value(scalar, isNull);
                box(code, scalar.carrier());
                code.labelBinding(done);
                aside(() -> code.labelBinding(isNull).aconst_null().goto_(done));
            }
        }
    }

    private void constant(Scalar.Constant s) {
        switch (s.value()) {
            case Boolean b -> code.loadConstant(b ? 1 : 0);
            case Integer i -> code.loadConstant(i);
            case Long l -> code.loadConstant(l);
            case Double d -> code.loadConstant(d);
            default -> constants.load(code, s.value(), Object.class);
        }
    }

    /** Some value of a carrier, for where nobody looks at it. */
    private void any(Carrier carrier) {
        switch (carrier) {
            case BOOL, INT -> code.iconst_0();
            case LONG -> code.lconst_0();
            case DOUBLE -> code.dconst_0();
            case BYTES, OBJECT -> code.aconst_null();
        }
    }

    /** A call's arguments that are on the stack, and which of them may be null. */
    private final class Arguments {
        private final List<TypeKind> pushed = new ArrayList<>();
        private final List<java.util.function.Consumer<Label>> checks = new ArrayList<>();

        /** Where code goes that finds a null with this much on the stack. */
        Label fails(Label ifNull) {
            if (pushed.isEmpty()) {
                return ifNull;
            }
            Label dropping = code.newLabel();
            List<TypeKind> now = List.copyOf(pushed).reversed();
            aside(() -> {
                code.labelBinding(dropping);
                now.forEach(kind -> {
                    if (kind.slotSize() == 2) {
                        code.pop2();
                    } else {
                        code.pop();
                    }
                });
                code.goto_(ifNull);
            });
            return dropping;
        }
    }

    private boolean field(Scalar.Call s, Label ifNull) {
        Field field = new Field((Integer) ((Scalar.Constant) s.parts().get(1)).value(), s.carrier());
        return source.field(code, ((Scalar.Parameter) s.parts().getFirst()).number(), field, ifNull);
    }

    private void call(Scalar.Call s, Label ifNull) {
        Arguments arguments = new Arguments();
        s.context().ifPresent(context -> {
            constants.load(code, context, s.method().getParameterTypes()[0]);
            arguments.pushed.add(TypeKind.REFERENCE);
        });
        int last = s.parts().size() - 1;
        while (last >= 0 && isLeaf(s.parts().get(last))) {
            last--;
        }
        for (int i = 0; i < s.parts().size(); i++) {
            argument(s, i, i < last, arguments, ifNull);
            arguments.pushed.add(TypeKind.from(s.parameter(i)));
        }
        if (!arguments.checks.isEmpty()) {
            Label fails = arguments.fails(ifNull);
            arguments.checks.forEach(check -> check.accept(fails));
        }
        code.invokestatic(desc(s.method().getDeclaringClass()), s.method().getName(), MethodTypeDesc.ofDescriptor(MethodType
                .methodType(s.method().getReturnType(), s.method().getParameterTypes()).descriptorString()), s.method().getDeclaringClass().isInterface());
        if (!s.method().getReturnType().isPrimitive()) {
            returned(s.carrier(), ifNull);
        }
    }

    private static boolean isLeaf(Scalar scalar) {
        return scalar instanceof Scalar.Parameter || scalar instanceof Scalar.Constant;
    }

    /** One argument as the method takes it; {@code more} says whether others behind it may yet fail. */
    private void argument(Scalar.Call s, int i, boolean more, Arguments arguments, Label ifNull) {
        Scalar part = s.parts().get(i);
        Class<?> type = s.parameter(i);
        if (!s.guards(i)) {
            boxed(part);
            cast(type);
            return;
        }
        if (part instanceof Scalar.Parameter p) {
            source.load(code, p.number(), p.carrier());
            arguments.checks.add(fails -> source.ifNull(code, p.number(), fails));
        } else if (more && !isLeaf(part)) {
            noted(part, arguments);
        } else {
            value(part, arguments.fails(ifNull));
        }
        if (!type.isPrimitive()) {
            box(code, part.carrier());
            cast(type);
        }
    }

    /** A value whose being null is noted, to be looked at later. */
    private void noted(Scalar part, Arguments arguments) {
        int isNull = code.allocateLocal(TypeKind.INT);
        Label found = code.newLabel();
        Label done = code.newLabel();
        code.iconst_0().istore(isNull);
        value(part, found);
        code.labelBinding(done);
        aside(() -> {
            code.labelBinding(found).iconst_1().istore(isNull);
            any(part.carrier());
            code.goto_(done);
        });
        arguments.checks.add(fails -> code.iload(isNull).ifne(fails));
    }

    /** Makes the reference on the stack a carrier's value; if it is null it goes and so does the code. */
    public void returned(Carrier carrier, Label ifNull) {
        Label isNull = code.newLabel();
        code.dup().ifnull(isNull);
        aside(() -> code.labelBinding(isNull).pop().goto_(ifNull));
        unbox(code, carrier);
    }

    private void junction(Scalar.Junction s, Label ifNull) {
        int sawNull = code.allocateLocal(TypeKind.INT);
        Label decided = code.newLabel();
        Label done = code.newLabel();
        code.iconst_0().istore(sawNull);
        for (Scalar part : s.parts()) {
            Label isNull = code.newLabel();
            Label next = code.newLabel();
            value(part, isNull);
            if (s.or()) {
                code.ifne(decided);
            } else {
                code.ifeq(decided);
            }
            code.labelBinding(next);
            aside(() -> code.labelBinding(isNull).iconst_1().istore(sawNull).goto_(next));
        }
        code.iload(sawNull).ifne(ifNull);
        code.loadConstant(s.or() ? 0 : 1).goto_(done);
        code.labelBinding(decided).loadConstant(s.or() ? 1 : 0).labelBinding(done);
    }

    private void nullTest(Scalar.NullTest s) {
        Label isNull = code.newLabel();
        Label done = code.newLabel();
        if (s.part() instanceof Scalar.Parameter p) {
            source.ifNull(code, p.number(), isNull);
        } else {
            value(s.part(), isNull);
            if (TypeKind.from(type(s.part().carrier())).slotSize() == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        }
        code.loadConstant(s.isNull() ? 0 : 1).goto_(done);
        code.labelBinding(isNull).loadConstant(s.isNull() ? 1 : 0).labelBinding(done);
    }

    private void coalesce(Scalar.Coalesce s, Label ifNull) {
        Label done = code.newLabel();
        for (int i = 0; i < s.parts().size(); i++) {
            boolean last = i == s.parts().size() - 1;
            Label next = last ? ifNull : code.newLabel();
            value(s.parts().get(i), next);
            if (!last) {
                code.goto_(done).labelBinding(next);
            }
        }
        code.labelBinding(done);
    }

    private void choice(Scalar.Choice s, Label ifNull) {
        Label otherwise = code.newLabel();
        Label done = code.newLabel();
        value(s.condition(), otherwise);
        code.ifeq(otherwise);
        value(s.result(), ifNull);
        code.goto_(done).labelBinding(otherwise);
        value(s.otherwise(), ifNull);
        code.labelBinding(done);
    }

    private void cast(Class<?> type) {
        if (type != Object.class) {
            code.checkcast(desc(type));
        }
    }

    /** Boxes the carrier's value on the stack. */
    public static void box(CodeBuilder code, Carrier carrier) {
        if (isPrimitive(carrier)) {
            ClassDesc boxed = desc(boxed(carrier));
            code.invokestatic(boxed, "valueOf", MethodTypeDesc.of(boxed, desc(type(carrier))));
        }
    }

    /** Makes the object on the stack, which is not null, the carrier's value. */
    public static void unbox(CodeBuilder code, Carrier carrier) {
        if (isPrimitive(carrier)) {
            ClassDesc boxed = desc(boxed(carrier));
            code.checkcast(boxed).invokevirtual(boxed, type(carrier).getName() + "Value", MethodTypeDesc.of(desc(type(carrier))));
        }
    }

    /** Makes the object on the stack the carrier's value, or of a null anything. */
    public static void unboxAny(CodeBuilder code, Carrier carrier) {
        if (isPrimitive(carrier)) {
            code.invokestatic(OWN, type(carrier).getName() + "Of", MethodTypeDesc.of(desc(type(carrier)), ConstantDescs.CD_Object));
        }
    }

    public static boolean isPrimitive(Carrier carrier) {
        return carrier != Carrier.BYTES && carrier != Carrier.OBJECT;
    }

    /** The Java type of a carrier's values in generated code. */
    public static Class<?> type(Carrier carrier) {
        return switch (carrier) {
            case BOOL -> boolean.class;
            case INT -> int.class;
            case LONG -> long.class;
            case DOUBLE -> double.class;
            case BYTES, OBJECT -> Object.class;
        };
    }

    private static Class<?> boxed(Carrier carrier) {
        return MethodType.methodType(type(carrier)).wrap().returnType();
    }

    public static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
