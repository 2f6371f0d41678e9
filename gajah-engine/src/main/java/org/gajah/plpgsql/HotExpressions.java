package org.gajah.plpgsql;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.exec.OwnedArrays;
import org.gajah.exec.Scalar;
import org.gajah.exec.ScalarConstants;
import org.gajah.exec.ScalarEmitter;
import org.gajah.exec.Scalars;
import org.gajah.vector.Carrier;

/**
 * Writes the code of a function's expressions. What needs the database is left to the interpreter, and so is everything while the
 * catalogs or records are not what they were when the code was made.
 */
final class HotExpressions {
    private static final int FRAME = 1;
    private static final int VALUES = 2;
    private static final ClassDesc CALLS = ScalarEmitter.desc(HotCalls.class);
    private static final MethodTypeDesc PUT = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, ConstantDescs.CD_boolean,
            ConstantDescs.CD_Object, ConstantDescs.CD_Object, ConstantDescs.CD_int, ConstantDescs.CD_Object);
    private static final MethodTypeDesc APPEND = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, ConstantDescs.CD_boolean,
            ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final ClassDesc INTERPRETER = ScalarEmitter.desc(Interpreter.class);

    final CodeBuilder code;
    final ScalarConstants constants;
    final HotVariables variables;
    final ScalarEmitter emitter;
    private final Interpreter frame;
    private final Scalars scalars;
    private final long version;
    /** What is done before and after something is left to the interpreter. */
    private final Runnable before;
    private final Runnable after;

    HotExpressions(Interpreter frame, CodeBuilder code, ScalarConstants constants, HotVariables variables, long version, Runnable before, Runnable after) {
        this.frame = frame;
        this.code = code;
        this.constants = constants;
        this.variables = variables;
        this.version = version;
        this.before = before;
        this.after = after;
        this.emitter = new ScalarEmitter(code, variables, constants);
        this.scalars = frame.a.session().scalars();
    }

    Carrier carrier(int type) {
        return scalars.carrier(type);
    }

    /** Calls a method of {@link HotCalls}, whose arguments are on the stack. */
    void call(String name, Class<?>... parameters) {
        Method method = Arrays.stream(HotCalls.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(name) && (parameters.length == 0 || Arrays.equals(parameters, m.getParameterTypes()))).findFirst().orElseThrow();
        code.invokestatic(CALLS, name, MethodTypeDesc.ofDescriptor(MethodType.methodType(method.getReturnType(), method.getParameterTypes()).descriptorString()));
    }

    void frame() {
        code.aload(FRAME);
    }

    void version() {
        code.loadConstant(version);
    }

    /** Leaves something to the interpreter that reads these variables and no more than writes shared ones. */
    void interpreted(BitSet read, Runnable call) {
        variables.spill(code, read);
        before.run();
        call.run();
        after.run();
    }

    /** Whether the expression has this type of itself. */
    boolean gives(Code written, int type) {
        return bare(written.formula(Formula.Wanted.ANY)).filter(b -> b.expr().type() == type).isPresent();
    }

    /** The value of an expression as one of this type, or a jump if it is null. */
    void value(Code written, int type, int typmod, Label ifNull) {
        Formula formula = written.formula(new Formula.Wanted(type, typmod));
        Optional<Formula.Bare> bare = bare(formula);
        Optional<Scalar> scalar = bare.flatMap(b -> scalars.of(b.expr())).filter(s -> s.carrier() == carrier(type) && fits(s));
        BitSet read = HotScope.uses(frame).code(written).read();
        if (scalar.isEmpty()) {
            interpreted(read, () -> value(formula));
            emitter.returned(carrier(type), ifNull);
        } else if (scalar.get().parts().isEmpty()) {
            share(scalar.get(), true);
            emitter.value(scalar.get(), ifNull);
        } else {
            Label done = code.newLabel();
            guarded(bare.get().shapes(), () -> {
                interpreted(read, () -> value(formula));
                emitter.returned(carrier(type), ifNull);
                code.goto_(done);
            });
            share(scalar.get(), true);
            emitter.value(scalar.get(), ifNull);
            code.labelBinding(done);
        }
    }

    /** Notes which variables' arrays a value may give to somebody else. */
    private void share(Scalar scalar, boolean kept) {
        switch (scalar) {
            case Scalar.Parameter p when kept -> variables.share(code, p.number());
            case Scalar.Call c -> c.parts().forEach(part -> share(part, c.keeps()));
            default -> scalar.parts().forEach(part -> share(part, kept));
        }
    }

    /** Writes {@code a := a || x} so that the array grows in place; false if the assignment is none such. */
    boolean append(Variable v, Code written) {
        Formula formula = written.formula(new Formula.Wanted(v.type(), v.typmod()));
        Optional<Formula.Bare> bare = variables.holds(v.number()) && HotScope.isArray(frame, v.type()) ? bare(formula) : Optional.empty();
        Optional<Scalar.Call> append = bare.flatMap(b -> scalars.of(b.expr())).filter(s -> s instanceof Scalar.Call c && c.appendsElement() && fits(c)
                && c.parts().get(0) instanceof Scalar.Parameter p && p.number() == v.number()).map(s -> (Scalar.Call) s);
        if (append.isEmpty()) {
            return false;
        }
        Label done = code.newLabel();
        Label isNull = code.newLabel();
        guarded(bare.get().shapes(), () -> {
            interpreted(HotScope.uses(frame).code(written).read(), () -> value(formula));
            emitter.returned(Carrier.OBJECT, isNull);
            variables.store(code, v.number(), Carrier.OBJECT);
            code.goto_(done).labelBinding(isNull);
            variables.storeNull(code, v.number());
            code.goto_(done);
        });
        Scalar value = append.get().parts().get(1);
        share(value, true);
        variables.loadArray(code, v.number());
        emitter.boxed(value);
        constants.load(code, append.get().context().orElseThrow(), Object.class);
        code.invokestatic(ScalarEmitter.desc(OwnedArrays.class), "append", APPEND);
        variables.storeOwned(code, v.number());
        code.labelBinding(done);
        return true;
    }

    /** Writes an assignment to an element of an array; the interpreter does what code cannot. */
    void element(Step.Assign step, Target.Part part) {
        int array = part.variable().number();
        BitSet read = HotScope.uses(frame).step(step).read();
        Runnable interpreted = () -> {
            interpreted(read, () -> {
                frame();
                constants.load(code, step, Step.class);
                version();
                call("step");
            });
            if (variables.holds(array)) {
                variables.reload(code, array);
            }
        };
        Optional<Formula.Bare> bare = bare(frame.a.function().place(part, step.value()));
        Optional<Scalar.Call> put = bare.filter(_ -> variables.holds(array)).flatMap(b -> scalars.of(b.expr())).flatMap(this::put);
        if (put.isEmpty()) {
            interpreted.run();
            return;
        }
        Label done = code.newLabel();
        guarded(bare.get().shapes(), () -> {
            interpreted.run();
            code.goto_(done);
        });
        List<Scalar> parts = put.get().parts();
        share(parts.get(1), true);
        share(parts.get(2), true);
        variables.loadArray(code, array);
        emitter.boxed(parts.get(1));
        emitter.boxed(parts.get(2));
        emitter.boxed(parts.get(3));
        ScalarEmitter.unbox(code, Carrier.INT);
        emitter.boxed(parts.get(4));
        code.invokestatic(ScalarEmitter.desc(OwnedArrays.class), "put", PUT);
        variables.storeOwned(code, array);
        code.labelBinding(done);
    }

    /** The assignment, if it is one of one element to the whole that stands behind the variables. */
    private Optional<Scalar.Call> put(Scalar scalar) {
        return scalar instanceof Scalar.Call c && c.replacesElement() && c.parts().get(0) instanceof Scalar.Parameter p
                && p.number() == frame.a.types().size() && fits(c.parts().get(1)) && fits(c.parts().get(2)) ? Optional.of(c) : Optional.empty();
    }

    private Optional<Formula.Bare> bare(Place place) {
        try {
            return place.bare(frame.a);
        } catch (SqlError e) {
            // It may never run, or fail then as it should.
            return Optional.empty();
        }
    }

    /** As it would be evaluated now; nothing if it cannot be yet. */
    private Optional<Formula.Bare> bare(Formula formula) {
        try {
            return formula.bare(frame.a);
        } catch (SqlError e) {
            // It may never run, or fail then as it should.
            return Optional.empty();
        }
    }

    /** Whether all parameters are the function's variables. */
    private boolean fits(Scalar scalar) {
        return scalar instanceof Scalar.Parameter p ? p.number() < frame.a.types().size() && p.carrier() == carrier(frame.a.types().get(p.number()))
                : scalar.parts().stream().allMatch(this::fits);
    }

    /** Goes aside if the catalogs or records are not what they were. */
    private void guarded(List<VariableNames.Shape> shapes, Runnable interpreted) {
        Label changed = code.newLabel();
        frame();
        code.getfield(INTERPRETER, "stands", ConstantDescs.CD_boolean).ifeq(changed);
        if (!shapes.isEmpty()) {
            constants.load(code, shapes, List.class);
            code.aload(VALUES).invokestatic(ScalarEmitter.desc(VariableNames.class), "stand",
                    MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_List, ConstantDescs.CD_Object.arrayType())).ifeq(changed);
        }
        emitter.aside(() -> {
            code.labelBinding(changed);
            interpreted.run();
        });
    }

    private void value(Formula formula) {
        frame();
        constants.load(code, formula, Formula.class);
        version();
        call("value");
    }
}
