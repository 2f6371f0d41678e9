package org.gajah.plpgsql;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import org.gajah.exec.ScalarConstants;
import org.gajah.exec.ScalarEmitter;
import org.gajah.spi.SpiSession;
import org.gajah.type.Oids;
import org.gajah.vector.Carrier;

/**
 * Writes the bytecode of a loop, or of a whole function: one method, with scalar variables in locals and control flow as jumps, so that the
 * virtual machine's compiler sees what it is about. Steps of SQL and whatever else has no code here are left to the interpreter, step by
 * step: before it runs one the variables that it may read are put into the array, and those that it may write are always there.
 *
 * <p>The code is for the catalogs of one version. If an interpreted step changes them, all expressions are left to the interpreter from
 * there on.
 */
final class StepCompiler {
    private static final int FRAME = 1;
    private static final int STATE = 3;
    private static final ClassDesc PART = ScalarEmitter.desc(SpiSession.Subtransaction.class);
    private static final ClassDesc ITERATION = ScalarEmitter.desc(Iteration.class);
    private static final ClassDesc RECORD = ScalarEmitter.desc(LoopRecord.class);
    private static final ClassDesc RANGE = ScalarEmitter.desc(Range.class);

    private final Interpreter frame;
    private final CodeBuilder code;
    private final ScalarConstants constants;
    private final HotExpressions expressions;
    private final HotVariables variables = new HotVariables();
    private final List<Step> steps = new ArrayList<>();
    /** The local with the number of the step that runs, and the one that says whether the interpreter knows better. */
    private final int at;
    private final int told;
    private Optional<Construct> inside = Optional.empty();
    private final Map<Construct.Way, Label> outside = new LinkedHashMap<>();

    StepCompiler(Interpreter frame, CodeBuilder code, ScalarConstants constants, long version) {
        this.frame = frame;
        this.code = code;
        this.constants = constants;
        this.at = code.allocateLocal(TypeKind.INT);
        this.told = code.allocateLocal(TypeKind.INT);
        this.expressions = new HotExpressions(frame, code, constants, variables, version, this::tell, this::untell);
    }

    /** Writes the method for a loop that has begun already, or for a function's whole block. */
    void method(Step root) {
        Label start = code.newLabel();
        Label end = code.newLabel();
        new HotScope(frame, root).held().stream().forEach(n -> variables.add(code, n, expressions.carrier(frame.a.types().get(n)),
                HotScope.isArray(frame, frame.a.types().get(n))));
        number(root);
        code.iconst_0().istore(told);
        variables.enter(code);
        code.labelBinding(start);
        switch (root) {
            case Step.ForRange s -> range(s, Optional.of(STATE));
            case Step.ForRows s -> begun(s, s.label(), s.body());
            case Step.ForCursor s -> begun(s, s.label(), s.body());
            case Step.ForEach s -> begun(s, s.label(), s.body());
            default -> compiled(root);
        }
        code.goto_(outside(new Construct.Way(Optional.empty(), Interpreter.Flow.NEXT, "")));
        expressions.emitter.finish();
        code.labelBinding(end);
        ends();
        Label handler = code.newBoundLabel();
        int thrown = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(thrown);
        tell();
        variables.leave(code);
        code.aload(thrown).athrow();
        code.exceptionCatchAll(start, end, handler);
    }

    /** The ways out of the method. */
    private void ends() {
        int result = code.allocateLocal(TypeKind.INT);
        Label leave = code.newLabel();
        outside.forEach((way, label) -> {
            code.labelBinding(label);
            if (way.flow() == Interpreter.Flow.EXIT || way.flow() == Interpreter.Flow.CONTINUE) {
                expressions.frame();
                code.loadConstant(way.label());
                expressions.call("setLabel");
            }
            code.loadConstant(way.flow().ordinal()).istore(result).goto_(leave);
        });
        code.labelBinding(leave);
        variables.leave(code);
        code.iload(result).ireturn();
    }

    private Label outside(Construct.Way way) {
        return outside.computeIfAbsent(way, _ -> code.newLabel());
    }

    private void jump(Construct.Way way) {
        code.goto_(Construct.jump(inside, way, this::outside));
    }

    /** Notes which step runs. */
    private void number(Step step) {
        steps.add(step);
        code.loadConstant(steps.size() - 1).istore(at);
    }

    /** Tells the interpreter which step runs. */
    private void tell() {
        expressions.frame();
        constants.load(code, steps, List.class);
        code.iload(at).iload(told);
        expressions.call("at");
        code.iconst_1().istore(told);
    }

    private void untell() {
        code.iconst_0().istore(told);
    }

    private void steps(List<Step> all) {
        all.forEach(this::step);
    }

    private void step(Step step) {
        number(step);
        if (HotScope.isCompiled(frame, step)) {
            compiled(step);
        } else {
            expressions.interpreted(HotScope.uses(frame).step(step).read(), () -> call("step", step, Step.class, true));
        }
    }

    private void compiled(Step step) {
        switch (step) {
            case Step.Assign s -> {
                switch (s.target()) {
                    case Target.Whole w -> assign(w.variable(), s.value());
                    case Target.Part p -> expressions.element(s, p);
                    case Target.Several _ -> throw new IllegalStateException();
                }
            }
            case Step.If s -> branches(s.branches(), () -> steps(s.otherwise()));
            case Step.Case s -> caseStep(s);
            case Step.Block s when s.handlers().isEmpty() -> plain(s);
            case Step.Block s -> guarded(s);
            case Step.Loop s -> loop(s.label(), s.body(), end -> { });
            case Step.While s -> loop(s.label(), s.body(), end -> {
                number(s);
                condition(s.condition(), end);
            });
            case Step.ForRange s -> range(s, Optional.empty());
            case Step.ForRows s -> iterate(s, s.label(), s.body());
            case Step.ForCursor s -> iterate(s, s.label(), s.body());
            case Step.ForEach s -> iterate(s, s.label(), s.body());
            case Step.Leave s -> leave(s);
            case Step.Return s -> giveBack(s);
            case Step.Null _ -> { }
            default -> throw new IllegalStateException(step.what());
        }
    }

    /** Calls one of {@link HotCalls} with an object, and maybe the version. */
    private void call(String name, Object object, Class<?> type, boolean version) {
        expressions.frame();
        constants.load(code, object, type);
        if (version) {
            expressions.version();
        }
        expressions.call(name);
    }

    private void raise(String name, Runnable argument) {
        argument.run();
        expressions.call(name);
        code.athrow();
    }

    private void assign(Variable v, Code written) {
        if (expressions.append(v, written)) {
            return;
        }
        Label isNull = code.newLabel();
        Label done = code.newLabel();
        expressions.value(written, v.type(), v.typmod(), isNull);
        variables.store(code, v.number(), expressions.carrier(v.type()));
        code.labelBinding(done);
        expressions.emitter.aside(() -> {
            code.labelBinding(isNull);
            if (v.notNull()) {
                raise("noNull", () -> constants.load(code, v, Variable.class));
            } else {
                variables.storeNull(code, v.number());
                code.goto_(done);
            }
        });
    }

    /** Goes on if it is true, and there if it is false or null. */
    private void condition(Code written, Label otherwise) {
        expressions.value(written, Oids.BOOL, -1, otherwise);
        code.ifeq(otherwise);
    }

    private void branches(List<Step.Branch> branches, Runnable otherwise) {
        Label end = code.newLabel();
        for (Step.Branch branch : branches) {
            Label next = code.newLabel();
            condition(branch.condition(), next);
            steps(branch.body());
            code.goto_(end).labelBinding(next);
        }
        otherwise.run();
        code.labelBinding(end);
    }

    private void caseStep(Step.Case s) {
        s.subject().ifPresent(subject -> expressions.interpreted(HotScope.uses(frame).step(subject).read(),
                () -> call("subject", subject, Step.Assign.class, true)));
        branches(s.branches(), () -> {
            if (s.otherwise().isPresent()) {
                steps(s.otherwise().get());
            } else {
                raise("noCase", () -> { });
            }
        });
    }

    /** Writes what is inside a construct, its end, and the ways out of it. */
    private void within(Construct construct, Runnable body, Runnable end) {
        inside = Optional.of(construct);
        body.run();
        inside = construct.outer();
        end.run();
        Label over = code.newLabel();
        code.goto_(over);
        construct.finish(this::outside);
        code.labelBinding(over);
    }

    private void loop(String label, List<Step> body, Consumer<Label> head) {
        Construct construct = new Construct(code, inside, label, true, Optional.empty());
        within(construct, () -> {
            code.labelBinding(construct.next);
            head.accept(construct.end);
            poll();
            steps(body);
            code.goto_(construct.next);
        }, () -> code.labelBinding(construct.end));
    }

    private void poll() {
        expressions.frame();
        expressions.call("poll");
    }

    /** A loop over integers; one that has begun already finds its {@link Range} in a local, and what is done at its end is its owner's. */
    private void range(Step.ForRange s, Optional<Integer> begun) {
        int next = code.allocateLocal(TypeKind.LONG);
        int to = code.allocateLocal(TypeKind.LONG);
        int by = code.allocateLocal(TypeKind.LONG);
        int any = code.allocateLocal(TypeKind.INT);
        if (begun.isPresent()) {
            code.aload(begun.get()).checkcast(RANGE).getfield(RANGE, "next", ConstantDescs.CD_long).lstore(next);
            code.aload(begun.get()).checkcast(RANGE).getfield(RANGE, "to", ConstantDescs.CD_long).lstore(to);
            code.aload(begun.get()).checkcast(RANGE).getfield(RANGE, "by", ConstantDescs.CD_long).lstore(by);
        } else {
            bound(s.from(), Range.LOWER);
            code.i2l().lstore(next);
            bound(s.to(), Range.UPPER);
            code.i2l().lstore(to);
            s.by().ifPresentOrElse(step -> bound(step, Range.BY), code::iconst_1);
            code.loadConstant(s.reverse() ? 1 : 0);
            expressions.call("by");
            code.lstore(by);
        }
        code.iconst_0().istore(any);
        Runnable found = () -> {
            expressions.frame();
            code.iload(any);
            expressions.call("setFound");
        };
        Optional<Runnable> leaving = begun.isPresent() ? Optional.empty() : Optional.of(found);
        Construct construct = new Construct(code, inside, s.label(), true, leaving);
        within(construct, () -> {
            Label top = code.newBoundLabel();
            code.lload(next).lload(to).lcmp();
            if (s.reverse()) {
                code.iflt(construct.end);
            } else {
                code.ifgt(construct.end);
            }
            poll();
            code.iconst_1().istore(any);
            code.lload(next).l2i();
            variables.store(code, s.variable().number(), Carrier.INT);
            steps(s.body());
            code.labelBinding(construct.next).lload(next).lload(by).ladd().lstore(next).goto_(top);
        }, () -> {
            code.labelBinding(construct.end);
            leaving.ifPresent(Runnable::run);
        });
    }

    private void bound(Code written, String what) {
        Label isNull = code.newLabel();
        expressions.value(written, Oids.INT4, -1, isNull);
        expressions.emitter.aside(() -> {
            code.labelBinding(isNull);
            raise("noBound", () -> code.loadConstant(what));
        });
    }

    /** A loop over rows or elements. */
    private void iterate(Step step, String label, List<Step> body) {
        int rows = code.allocateLocal(TypeKind.REFERENCE);
        expressions.interpreted(HotScope.uses(frame).head(step).read(), () -> call("iterate", step, Step.class, false));
        code.astore(rows);
        Runnable finish = () -> {
            tell();
            code.aload(rows).invokevirtual(ITERATION, "finish", ConstantDescs.MTD_void);
            untell();
        };
        Construct construct = new Construct(code, inside, label, true, Optional.of(finish));
        within(construct, () -> protect(() -> rounds(construct, step, body, rows), thrown -> {
            tell();
            code.aload(rows).invokevirtual(ITERATION, "abandon", ConstantDescs.MTD_void);
            code.aload(thrown).athrow();
        }), () -> {
            code.labelBinding(construct.end);
            finish.run();
        });
    }

    /** One that has begun already: its owner ends it. */
    private void begun(Step step, String label, List<Step> body) {
        int rows = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(STATE).checkcast(ITERATION).astore(rows);
        Construct construct = new Construct(code, inside, label, true, Optional.empty());
        within(construct, () -> rounds(construct, step, body, rows), () -> code.labelBinding(construct.end));
    }

    private void rounds(Construct construct, Step step, List<Step> body, int rows) {
        Optional<Variable> late = HotScope.lateRecord(frame, step);
        Label round = code.newLabel();
        int record = code.allocateLocal(TypeKind.REFERENCE);
        late.ifPresent(v -> {
            code.aload(rows).invokevirtual(ITERATION, "record", MethodTypeDesc.of(RECORD)).astore(record);
            variables.addRecord(v.number(), record);
        });
        code.labelBinding(construct.next);
        number(step);
        late.ifPresent(_ -> code.aload(record).invokevirtual(RECORD, "step", MethodTypeDesc.of(ConstantDescs.CD_boolean)).ifne(round));
        tell();
        expressions.frame();
        code.aload(rows);
        expressions.version();
        expressions.call("next");
        untell();
        code.ifeq(construct.end);
        code.labelBinding(round);
        late.ifPresent(_ -> poll());
        steps(body);
        code.goto_(construct.next);
        late.ifPresent(v -> {
            expressions.emitter.finish();
            variables.removeRecord(v.number());
        });
    }

    /** Code whose failures other code takes, which goes on elsewhere; the local has what was thrown. */
    private void protect(Runnable body, IntConsumer handler) {
        Label before = code.newLabel();
        Label over = code.newLabel();
        code.goto_(before);
        expressions.emitter.finish();
        code.labelBinding(before);
        Label start = code.newBoundLabel();
        body.run();
        code.goto_(over);
        expressions.emitter.finish();
        Label end = code.newBoundLabel();
        Label caught = code.newBoundLabel();
        int thrown = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(thrown);
        handler.accept(thrown);
        code.labelBinding(over);
        code.exceptionCatchAll(start, end, caught);
    }

    private void plain(Step.Block s) {
        Construct construct = new Construct(code, inside, s.label(), false, Optional.empty());
        within(construct, () -> {
            initialize(s);
            steps(s.body());
        }, () -> code.labelBinding(construct.end));
    }

    private void initialize(Step.Block s) {
        for (Variable v : s.variables()) {
            if (HotScope.beginsInterpreted(frame, v)) {
                Uses uses = HotScope.uses(frame);
                v.initial().ifPresent(uses::code);
                expressions.interpreted(uses.read(), () -> call("initialize", v, Variable.class, true));
            } else {
                v.initial().ifPresentOrElse(initial -> begin(v, initial), () -> variables.storeNull(code, v.number()));
            }
        }
    }

    private void begin(Variable v, Code initial) {
        expressions.frame();
        constants.load(code, v, Variable.class);
        expressions.call("beginning");
        assign(v, initial);
        expressions.frame();
        expressions.call("begun");
    }

    /** A block with handlers: a subtransaction. */
    private void guarded(Step.Block s) {
        initialize(s);
        int part = code.allocateLocal(TypeKind.REFERENCE);
        expressions.frame();
        expressions.call("begin");
        code.astore(part);
        Runnable release = () -> {
            tell();
            code.aload(part).invokeinterface(PART, "release", ConstantDescs.MTD_void);
            untell();
        };
        Construct construct = new Construct(code, inside, s.label(), false, Optional.of(release));
        Label after = code.newLabel();
        within(construct, () -> protect(() -> steps(s.body()), thrown -> {
            inside = construct.outer();
            handlers(s, part, thrown, after);
            inside = Optional.of(construct);
        }), () -> {
            code.labelBinding(construct.end);
            release.run();
        });
        code.labelBinding(after);
    }

    private void handlers(Step.Block s, int part, int thrown, Label after) {
        int outer = code.allocateLocal(TypeKind.REFERENCE);
        tell();
        expressions.frame();
        expressions.call("handled");
        code.astore(outer);
        expressions.frame();
        constants.load(code, s, Step.Block.class);
        code.aload(part).aload(thrown);
        expressions.version();
        expressions.call("handler");
        untell();
        Runnable restore = () -> {
            expressions.frame();
            code.aload(outer);
            expressions.call("setHandled");
        };
        int chosen = code.allocateLocal(TypeKind.INT);
        code.istore(chosen);
        for (int i = 0; i < s.handlers().size(); i++) {
            Label next = code.newLabel();
            code.iload(chosen).loadConstant(i).if_icmpne(next);
            Construct handling = new Construct(code, inside, s.label(), false, Optional.of(restore));
            List<Step> body = s.handlers().get(i).body();
            within(handling, () -> steps(body), () -> {
                code.labelBinding(handling.end);
                restore.run();
                code.goto_(after);
            });
            code.labelBinding(next);
        }
        code.goto_(after);
    }

    private void leave(Step.Leave s) {
        Label stay = code.newLabel();
        s.condition().ifPresent(condition -> condition(condition, stay));
        jump(Construct.way(inside, s.exit() ? Interpreter.Flow.EXIT : Interpreter.Flow.CONTINUE, s.label()));
        code.labelBinding(stay);
    }

    private void giveBack(Step.Return s) {
        if (s.value().isPresent() && (frame.results.givesRow() || !expressions.gives(s.value().get(), frame.results.type()))) {
            expressions.interpreted(HotScope.uses(frame).step(s).read(), () -> call("give", s, Step.Return.class, false));
        } else if (s.value().isPresent()) {
            Label isNull = code.newLabel();
            Label done = code.newLabel();
            expressions.frame();
            expressions.value(s.value().get(), frame.results.type(), -1, isNull);
            ScalarEmitter.box(code, expressions.carrier(frame.results.type()));
            code.labelBinding(done);
            expressions.call("giveValue");
            expressions.emitter.aside(() -> code.labelBinding(isNull).aconst_null().goto_(done));
        }
        jump(Construct.way(inside, Interpreter.Flow.RETURN, ""));
    }
}
