package org.gajah.plpgsql;

import java.util.BitSet;
import java.util.List;

import org.gajah.parse.CodeTokens;

/**
 * The variables that interpreting steps may read and write. What SQL reads is known by the words in it: too many variables rather
 * than too few.
 */
final class Uses {
    private final BitSet read = new BitSet();
    private final BitSet written = new BitSet();
    private final List<Variable> outputs;

    /** Of a function with these output variables. */
    Uses(List<Variable> outputs) {
        this.outputs = outputs;
    }

    BitSet read() {
        return read;
    }

    BitSet written() {
        return written;
    }

    /** Of SQL. */
    Uses code(Code code) {
        CodeTokens tokens = new CodeTokens(code.text());
        while (!tokens.atEnd()) {
            boolean isName = tokens.atName();
            code.scope().visible(isName ? tokens.name() : tokens.image(), read);
            if (!isName) {
                tokens.skip();
            }
        }
        return this;
    }

    private void codes(List<Code> codes) {
        codes.forEach(this::code);
    }

    void write(Variable v) {
        written.set(v.number());
    }

    void target(Target target) {
        switch (target) {
            case Target.Whole w -> write(w.variable());
            case Target.Part p -> {
                read.set(p.variable().number());
                write(p.variable());
                p.subscripts().flatMap(Target.Subscript::codes).forEach(this::code);
            }
            case Target.Several s -> s.targets().forEach(this::target);
        }
    }

    void query(Step.Query query) {
        switch (query) {
            case Step.Query.Written w -> code(w.code());
            case Step.Query.Dynamic d -> {
                code(d.text());
                codes(d.arguments());
            }
        }
    }

    void steps(List<Step> steps) {
        steps.forEach(this::step);
    }

    /** Of a step with all that is in it. */
    Uses step(Step step) {
        switch (step) {
            case Step.Block s -> block(s);
            case Step.Assign s -> {
                code(s.value());
                target(s.target());
            }
            case Step.If s -> {
                branches(s.branches());
                steps(s.otherwise());
            }
            case Step.Case s -> {
                s.subject().ifPresent(this::step);
                branches(s.branches());
                s.otherwise().ifPresent(this::steps);
            }
            case Step.Loop s -> steps(s.body());
            case Step.While s -> code(s.condition()).steps(s.body());
            case Step.ForRange s -> {
                write(s.variable());
                s.by().ifPresent(this::code);
                code(s.from()).code(s.to()).steps(s.body());
            }
            case Step.ForRows s -> head(s).steps(s.body());
            case Step.ForCursor s -> head(s).steps(s.body());
            case Step.ForEach s -> head(s).steps(s.body());
            default -> simple(step);
        }
        return this;
    }

    /** Of what a loop over rows or elements does between its rounds. */
    Uses head(Step loop) {
        switch (loop) {
            case Step.ForRows s -> {
                query(s.query());
                target(s.target());
            }
            case Step.ForCursor s -> {
                write(s.row());
                cursor(s.cursor());
                codes(s.arguments());
            }
            case Step.ForEach s -> {
                code(s.array());
                target(s.target());
            }
            default -> throw new IllegalStateException(loop.what());
        }
        return this;
    }

    private void block(Step.Block s) {
        s.variables().forEach(v -> {
            write(v);
            v.initial().ifPresent(this::code);
        });
        steps(s.body());
        if (!s.handlers().isEmpty()) {
            write(s.state());
            write(s.message());
            s.handlers().forEach(h -> steps(h.body()));
        }
    }

    private void branches(List<Step.Branch> branches) {
        branches.forEach(b -> code(b.condition()).steps(b.body()));
    }

    private void simple(Step step) {
        switch (step) {
            case Step.Leave s -> s.condition().ifPresent(this::code);
            case Step.Return s -> s.value().ifPresent(this::code);
            case Step.ReturnNext s -> {
                s.value().ifPresent(this::code);
                outputs.forEach(v -> read.set(v.number()));
            }
            case Step.ReturnQuery s -> query(s.query());
            case Step.Raise s -> {
                codes(s.arguments());
                s.options().forEach(o -> code(o.value()));
            }
            case Step.Assert s -> {
                code(s.condition());
                s.message().ifPresent(this::code);
            }
            case Step.Sql s -> {
                code(s.code());
                s.into().ifPresent(this::target);
            }
            case Step.Perform s -> code(s.code());
            case Step.Call s -> {
                code(s.code());
                written.or(read);
            }
            case Step.Execute s -> {
                query(s.query());
                s.into().ifPresent(this::target);
            }
            case Step.Diagnostics s -> s.items().forEach(i -> target(i.target()));
            case Step.Open s -> {
                cursor(s.cursor());
                s.query().ifPresent(this::query);
                codes(s.arguments());
            }
            case Step.Fetch s -> {
                read.set(s.cursor().number());
                s.count().ifPresent(this::code);
                s.into().ifPresent(this::target);
            }
            case Step.Close s -> read.set(s.cursor().number());
            case Step.Null _, Step.End _ -> { }
            default -> throw new IllegalStateException(step.what());
        }
    }

    /** Opening one names it, and gives its arguments values. */
    private void cursor(Variable cursor) {
        read.set(cursor.number());
        write(cursor);
        cursor.cursorArgs().forEach(this::write);
        cursor.cursor().ifPresent(this::code);
    }
}
