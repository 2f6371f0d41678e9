package org.gajah.plpgsql;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.gajah.catalog.TypeRow;
import org.gajah.type.ArrayCodec;
import org.gajah.type.Oids;

/** Finds out which variables generated code for a step may hold itself: those that no interpreted step in it writes. */
final class HotScope {
    private final Interpreter frame;
    private final Step root;
    private final BitSet used = new BitSet();
    private final BitSet shared = new BitSet();

    HotScope(Interpreter frame, Step root) {
        this.frame = frame;
        this.root = root;
        shared.set(frame.a.function().found.number());
        visit(root);
    }

    /** The variables' numbers. */
    BitSet held() {
        BitSet held = (BitSet) used.clone();
        held.andNot(shared);
        frame.a.function().variables.stream().filter(frame.a.function()::isRow).forEach(v -> held.clear(v.number()));
        return held;
    }

    /** What interpreting the step or code may use. */
    static Uses uses(Interpreter frame) {
        return new Uses(frame.a.function().outputs);
    }

    /** Whether code is generated for it; what is not is interpreted with all that is in it. */
    static boolean isCompiled(Interpreter frame, Step step) {
        return switch (step) {
            case Step.Block _, Step.If _, Step.Case _, Step.Leave _, Step.Return _, Step.Null _ -> true;
            case Step.Loop _, Step.While _, Step.ForRange _, Step.ForRows _, Step.ForCursor _, Step.ForEach _ -> !standsAlone(frame, step);
            case Step.Assign s -> switch (s.target()) {
                case Target.Whole w -> !frame.a.function().isRow(w.variable());
                case Target.Part p -> isElement(frame, p);
                case Target.Several _ -> false;
            };
            default -> false;
        };
    }

    /** The record of a loop over rows that its body does not write, so that it need not be there as a whole in each round. */
    static Optional<Variable> lateRecord(Interpreter frame, Step loop) {
        return loop instanceof Step.ForRows s && s.target() instanceof Target.Whole w && w.variable().type() == Oids.RECORD
                && s.body().stream().noneMatch(step -> uses(frame).step(step).written().get(w.variable().number()))
                ? Optional.of(w.variable()) : Optional.empty();
    }

    /** Whether a loop keeps the code that it has got by itself, which the virtual machine has compiled by now: it is worth a call. */
    private static boolean standsAlone(Interpreter frame, Step loop) {
        return frame.a.function().heat(loop).isLong() && !leaves(List.of(loop));
    }

    /** Whether steps may go on elsewhere than behind them. */
    private static boolean leaves(List<Step> steps) {
        return steps.stream().anyMatch(step -> switch (step) {
            case Step.Return _ -> true;
            case Step.Leave s -> !s.label().isEmpty();
            case Step.Block s -> leaves(s.body()) || s.handlers().stream().anyMatch(h -> leaves(h.body()));
            case Step.If s -> leaves(s.otherwise()) || s.branches().stream().anyMatch(b -> leaves(b.body()));
            case Step.Case s -> s.otherwise().filter(HotScope::leaves).isPresent() || s.branches().stream().anyMatch(b -> leaves(b.body()));
            case Step.Loop s -> leaves(s.body());
            case Step.While s -> leaves(s.body());
            case Step.ForRange s -> leaves(s.body());
            case Step.ForRows s -> leaves(s.body());
            case Step.ForCursor s -> leaves(s.body());
            case Step.ForEach s -> leaves(s.body());
            default -> false;
        });
    }

    /** Whether it is an element of a variable that is an array. */
    private static boolean isElement(Interpreter frame, Target.Part p) {
        return p.steps().size() == 1 && p.steps().getFirst() instanceof Target.Subscript s && !s.slice() && isArray(frame, p.variable().type());
    }

    static boolean isArray(Interpreter frame, int type) {
        return frame.a.session().catalog().codec(type) instanceof ArrayCodec
                && frame.a.session().catalog().type(type).map(TypeRow::kind).filter(k -> k == 'b').isPresent();
    }

    /** Whether its beginning is left to the interpreter: rows, and types with a word to say. */
    static boolean beginsInterpreted(Interpreter frame, Variable v) {
        return frame.a.function().isRow(v)
                || v.initial().isEmpty() && frame.a.session().catalog().type(v.type()).map(TypeRow::kind).filter(k -> k == 'd').isPresent();
    }

    private void visit(List<Step> steps) {
        steps.forEach(this::visit);
    }

    private void visit(Step step) {
        if (step != root && !isCompiled(frame, step)) {
            interpreted(uses(frame).step(step));
            return;
        }
        switch (step) {
            case Step.Block s -> block(s);
            case Step.Assign s -> {
                Uses uses = uses(frame).step(s);
                used.or(uses.read());
                used.or(uses.written());
            }
            case Step.If s -> {
                branches(s.branches());
                visit(s.otherwise());
            }
            case Step.Case s -> {
                s.subject().ifPresent(subject -> interpreted(uses(frame).step(subject)));
                branches(s.branches());
                s.otherwise().ifPresent(this::visit);
            }
            case Step.Loop s -> visit(s.body());
            case Step.While s -> {
                code(s.condition());
                visit(s.body());
            }
            case Step.ForRange s -> {
                used.set(s.variable().number());
                code(s.from());
                code(s.to());
                s.by().ifPresent(this::code);
                visit(s.body());
            }
            case Step.ForRows s -> rows(s, s.body());
            case Step.ForCursor s -> rows(s, s.body());
            case Step.ForEach s -> rows(s, s.body());
            case Step.Leave s -> s.condition().ifPresent(this::code);
            case Step.Return s -> s.value().ifPresent(this::code);
            default -> { }
        }
    }

    private void interpreted(Uses uses) {
        used.or(uses.read());
        shared.or(uses.written());
    }

    private void code(Code code) {
        used.or(uses(frame).code(code).read());
    }

    private void rows(Step loop, List<Step> body) {
        interpreted(uses(frame).head(loop));
        visit(body);
    }

    private void branches(List<Step.Branch> branches) {
        branches.forEach(b -> {
            code(b.condition());
            visit(b.body());
        });
    }

    private void block(Step.Block s) {
        for (Variable v : s.variables()) {
            used.set(v.number());
            v.initial().ifPresent(this::code);
            if (beginsInterpreted(frame, v)) {
                shared.set(v.number());
            }
        }
        visit(s.body());
        if (!s.handlers().isEmpty()) {
            shared.set(s.state().number());
            shared.set(s.message().number());
            s.handlers().forEach(h -> visit(h.body()));
        }
    }
}
