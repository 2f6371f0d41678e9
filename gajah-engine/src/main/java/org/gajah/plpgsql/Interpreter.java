package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.spi.SpiSession;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;

/** Runs a function's steps for one call. */
final class Interpreter {
    /** Where it goes on after a step: behind it, behind a loop, with a loop's next round, or out of the function. */
    enum Flow { NEXT, EXIT, CONTINUE, RETURN }

    final Activation a;
    private final SqlSteps sql;
    private final ExtraChecks extra;
    private final Cursors cursors;
    final Results results;
    Step current;
    /** Which loop or block EXIT or CONTINUE is about; empty for the innermost loop. */
    String label = "";
    /** Whether the code that runs was made of expressions as they are with the catalogs as they are. */
    boolean stands;
    private boolean ended;
    /** The variable that is getting its first value; null mostly. */
    Variable beginning;
    private boolean returning;

    Interpreter(Activation activation) {
        this.a = activation;
        this.results = new Results(activation);
        this.extra = new ExtraChecks(activation, this::whole);
        this.sql = new SqlSteps(activation, results, extra);
        this.cursors = new Cursors(activation);
        this.current = activation.function().body;
    }

    /** The line that CONTEXT gets for an error now. */
    String place() {
        if (returning) {
            return "PL/pgSQL function " + a.function().signature + " while casting return value to function's return type";
        }
        return ended ? "PL/pgSQL function " + a.function().signature : place(current, beginning);
    }

    private String place(Step step, Variable begins) {
        String function = "PL/pgSQL function " + a.function().signature + " line ";
        return begins != null ? function + begins.line() + " during statement block local variable initialization"
                : function + step.line() + " at " + step.what();
    }

    /** That, and what has called it. */
    private String whole() {
        return a.session().stack().below(place());
    }

    /** All lines that CONTEXT gets for the function while something inside it runs. */
    String lines() {
        return a.running().map(statement -> statement + "\n").orElse("") + place();
    }

    /** Runs the function and gives its result. */
    Object run() {
        try {
            Flow flow = function();
            ended = flow != Flow.RETURN;
            returning = flow == Flow.RETURN;
            return results.end(flow == Flow.RETURN);
        } catch (RuntimeException | Error e) {
            results.abandon();
            throw e;
        }
    }

    private Flow function() {
        Step.Block body = a.function().body;
        Heat heat = a.function().heat(body);
        return heat.ripe(this, body) ? heat.run(this, body, null) : block(body);
    }

    private Flow steps(List<Step> steps) {
        for (Step step : steps) {
            Flow flow = step(step);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    Flow step(Step step) {
        current = step;
        a.session().checkCancelled();
        // Tried in this order: what is frequent comes first.
        return switch (step) {
            case Step.Assign s -> {
                assign(s);
                yield Flow.NEXT;
            }
            case Step.If s -> ifStep(s);
            case Step.Block s -> {
                Flow flow = block(s);
                yield flow == Flow.EXIT && !s.label().isEmpty() && label.equals(s.label()) ? Flow.NEXT : flow;
            }
            case Step.Case s -> caseStep(s);
            case Step.Loop s -> loop(s);
            case Step.While s -> whileLoop(s);
            case Step.ForRange s -> forRange(s);
            case Step.ForRows s -> iterate(s, s.label(), s.body());
            case Step.ForCursor s -> iterate(s, s.label(), s.body());
            case Step.ForEach s -> iterate(s, s.label(), s.body());
            case Step.Leave s -> leave(s);
            case Step.Return s -> {
                results.give(s);
                yield Flow.RETURN;
            }
            default -> {
                simple(step);
                yield Flow.NEXT;
            }
        };
    }

    /** Steps behind which it always goes on. */
    private void simple(Step step) {
        switch (step) {
            case Step.ReturnNext s -> results.add(s);
            case Step.ReturnQuery s -> sql.returnQuery(s);
            case Step.Raise s -> new Raising(a).raise(s, this::whole);
            case Step.Assert s -> check(s);
            case Step.Sql s -> sql.run(s);
            case Step.Perform s -> sql.perform(s);
            case Step.Call s -> sql.call(s);
            case Step.Execute s -> sql.execute(s);
            case Step.Diagnostics s -> new Raising(a).diagnose(s, this::whole);
            case Step.Open s -> cursors.open(s);
            case Step.Fetch s -> cursors.fetch(s);
            case Step.Close s -> cursors.close(s.cursor());
            case Step.End s -> end(s);
            case Step.Null s -> { }
            default -> throw new IllegalStateException(step.what());
        }
    }

    private Flow block(Step.Block block) {
        for (Variable v : block.variables()) {
            initialize(v);
        }
        return block.handlers().isEmpty() ? steps(block.body()) : guarded(block);
    }

    void initialize(Variable v) {
        beginning = v;
        a.values()[v.number()] = null;
        if (v.initial().isPresent()) {
            assign(v, v.initial().get());
        } else if (a.session().catalog().type(v.type()).map(t -> t.kind() == 'd').orElse(false)) {
            a.assign(v, null, Oids.TEXT);
        }
        beginning = null;
    }

    /** A block with handlers runs in a subtransaction. */
    private Flow guarded(Step.Block block) {
        SpiSession.Subtransaction part = a.session().subtransaction();
        Flow flow;
        try {
            flow = steps(block.body());
        } catch (SqlError | StackOverflowError e) {
            return handle(block, part, e);
        }
        part.release();
        return flow;
    }

    private Flow handle(Step.Block block, SpiSession.Subtransaction part, Throwable failure) {
        Optional<Handled> outer = a.handled();
        Flow flow = steps(block.handlers().get(handler(block, part, failure)).body());
        a.setHandled(outer);
        return flow;
    }

    /** Takes back what a block has done that has failed, and gets ready for its handler: which of them. */
    int handler(Step.Block block, SpiSession.Subtransaction part, Throwable failure) {
        part.rollback();
        Step failed = current;
        Variable begins = beginning;
        beginning = null;
        SqlError error = failure instanceof SqlError e ? e : new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded", failure);
        for (int i = 0; i < block.handlers().size(); i++) {
            if (Conditions.covers(block.handlers().get(i).states(), error.code())) {
                a.setHandled(Optional.of(new Handled(error, () -> a.session().stack().below(place(failed, begins)))));
                a.values()[block.state().number()] = Slice.of(error.code());
                a.values()[block.message().number()] = Slice.of(error.getMessage());
                return i;
            }
        }
        throw error;
    }

    private void assign(Step.Assign s) {
        switch (s.target()) {
            case Target.Whole w -> assign(w.variable(), s.value());
            case Target.Part p -> a.function().place(p, s.value()).put(a);
            case Target.Several many -> throw new IllegalStateException();
        }
    }

    private void assign(Variable v, Code value) {
        if (a.function().isRow(v)) {
            Formula.Value row = a.value(value);
            a.assign(v, row.value(), row.type());
        } else {
            Object fitted = value.formula(new Formula.Wanted(v.type(), v.typmod())).plain(a);
            if (fitted == null && v.notNull()) {
                throw noNull(v);
            }
            a.values()[v.number()] = fitted;
        }
    }

    static SqlError noNull(Variable v) {
        return new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "null value cannot be assigned to variable \"" + v.name() + "\" declared NOT NULL");
    }

    private Flow ifStep(Step.If s) {
        for (Step.Branch branch : s.branches()) {
            if (a.isTrue(branch.condition())) {
                return steps(branch.body());
            }
        }
        return steps(s.otherwise());
    }

    private Flow caseStep(Step.Case s) {
        s.subject().ifPresent(this::subject);
        for (Step.Branch branch : s.branches()) {
            if (a.isTrue(branch.condition())) {
                return steps(branch.body());
            }
        }
        return steps(s.otherwise().orElseThrow(Interpreter::noCase));
    }

    static SqlError noCase() {
        return new SqlError(SqlState.CASE_NOT_FOUND, "case not found").hint("CASE statement is missing ELSE part.");
    }

    /** Evaluates what the branches of a CASE compare. */
    void subject(Step.Assign subject) {
        Formula.Value value = a.value(subject.value());
        a.values()[((Target.Whole) subject.target()).variable().number()] = Activation.caseValue(value);
    }

    /** What a loop does with the way its body ended: whether it is over, and how it goes on behind it. */
    private boolean ends(Flow flow, String loop) {
        return switch (flow) {
            case NEXT -> false;
            case CONTINUE -> !(label.isEmpty() || label.equals(loop));
            case EXIT, RETURN -> true;
        };
    }

    private Flow behind(Flow flow, String loop) {
        return flow == Flow.EXIT && (label.isEmpty() || label.equals(loop)) ? Flow.NEXT : flow;
    }

    private Flow loop(Step.Loop s) {
        Heat heat = a.function().enter(s);
        while (true) {
            if (heat.ripe(this, s)) {
                return heat.run(this, s, null);
            }
            a.session().checkCancelled();
            Flow flow = steps(s.body());
            if (ends(flow, s.label())) {
                return behind(flow, s.label());
            }
        }
    }

    private Flow whileLoop(Step.While s) {
        Heat heat = a.function().enter(s);
        while (a.isTrue(s.condition())) {
            a.session().checkCancelled();
            Flow flow = steps(s.body());
            if (ends(flow, s.label())) {
                return behind(flow, s.label());
            }
            current = s;
            if (heat.ripe(this, s)) {
                return heat.run(this, s, null);
            }
        }
        return Flow.NEXT;
    }

    private Flow forRange(Step.ForRange s) {
        Range range = new Range(bound(s.from(), Range.LOWER), bound(s.to(), Range.UPPER), s.by().map(b -> bound(b, Range.BY)).orElse(1), s.reverse());
        Heat heat = a.function().enter(s);
        boolean any = range.hasNext();
        Flow result = Flow.NEXT;
        while (range.hasNext()) {
            if (heat.ripe(this, s)) {
                result = heat.run(this, s, range);
                break;
            }
            a.session().checkCancelled();
            a.values()[s.variable().number()] = (int) range.next;
            Flow flow = steps(s.body());
            if (ends(flow, s.label())) {
                result = behind(flow, s.label());
                break;
            }
            range.next += range.by;
        }
        a.setFound(any);
        return result;
    }

    private int bound(Code code, String what) {
        Object value = a.value(code, Oids.INT4);
        if (value == null) {
            throw Range.isNull(what);
        }
        return (Integer) value;
    }

    private Flow iterate(Step s, String loop, List<Step> body) {
        Iteration rows = iteration(s);
        Heat heat = a.function().enter(s);
        Flow result = Flow.NEXT;
        try {
            boolean ended = false;
            while (!ended && rows.next()) {
                Flow flow = steps(body);
                ended = ends(flow, loop);
                if (ended) {
                    result = behind(flow, loop);
                } else if (heat.ripe(this, s)) {
                    result = heat.run(this, s, rows);
                    ended = true;
                }
            }
        } catch (RuntimeException | Error e) {
            rows.abandon();
            throw e;
        }
        rows.finish();
        return result;
    }

    /** Begins a loop over rows or elements. */
    Iteration iteration(Step step) {
        return switch (step) {
            case Step.ForRows s -> Iteration.of(a, s.target(), sql.open(s.query()), extra);
            case Step.ForCursor s -> {
                Object before = a.values()[s.cursor().number()];
                cursors.open(new Step.Open(s.line(), s.cursor(), Optional.empty(), s.cursor().scroll(), s.arguments()));
                yield Iteration.of(a, s, cursors, before);
            }
            case Step.ForEach s -> forEach(s);
            default -> throw new IllegalStateException(step.what());
        };
    }

    private Iteration forEach(Step.ForEach s) {
        Formula.Value value = a.value(s.array());
        if (value.value() == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "FOREACH expression must not be null");
        }
        if (!(value.value() instanceof ArrayValue array)) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "FOREACH expression must yield an array, not type "
                    + results.name(value.type()));
        }
        if (s.slice() < 0 || s.slice() > array.dimensions()) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "slice dimension (" + s.slice() + ") is out of the valid range 0.." + array.dimensions());
        }
        requireElements(s);
        return Iteration.of(a, s.target(), Slices.of(array, s.slice()), s.slice() == 0 ? array.elementType() : value.type());
    }

    /** The loop's variable is an array if it takes slices, and none otherwise. */
    private void requireElements(Step.ForEach s) {
        boolean holdsArray = s.target() instanceof Target.Whole w && a.session().catalog().type(w.variable().type()).map(t -> t.element() != 0
                && t.length() < 0).orElse(false);
        if (s.slice() > 0 && !holdsArray) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "FOREACH ... SLICE loop variable must be of an array type");
        }
        if (s.slice() == 0 && holdsArray) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "FOREACH loop variable must not be of an array type");
        }
    }

    private Flow leave(Step.Leave s) {
        if (s.condition().isPresent() && !a.isTrue(s.condition().get())) {
            return Flow.NEXT;
        }
        label = s.label();
        return s.exit() ? Flow.EXIT : Flow.CONTINUE;
    }

    private void check(Step.Assert s) {
        if (!a.session().settings().isOn("plpgsql.check_asserts") || a.isTrue(s.condition())) {
            return;
        }
        String message = s.message().map(a::text).orElse("assertion failed");
        throw new SqlError(SqlState.ASSERT_FAILURE, message);
    }

    private void end(Step.End s) {
        if (a.atomic()) {
            throw new SqlError(SqlState.INVALID_TRANSACTION_TERMINATION, "invalid transaction termination");
        }
        if (a.changingLoops() > 0) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot perform transaction commands inside a cursor loop that is not read-only");
        }
        if (s.commit()) {
            a.session().commit(s.chain());
        } else {
            a.session().rollback(s.chain());
        }
    }
}
