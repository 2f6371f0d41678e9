package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.spi.SpiSession;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;

/** Runs a function's steps for one call. */
final class Interpreter {
    /** Where it goes on after a step: behind it, behind a loop, with a loop's next round, or out of the function. */
    private enum Flow { NEXT, EXIT, CONTINUE, RETURN }

    private final Activation a;
    private final SqlSteps sql;
    private final Cursors cursors;
    private final Results results;
    private Step current;
    private String label = "";
    private boolean ended;

    Interpreter(Activation activation) {
        this.a = activation;
        this.results = new Results(activation);
        this.sql = new SqlSteps(activation, results);
        this.cursors = new Cursors(activation);
        this.current = activation.function().body;
    }

    /** The line that CONTEXT gets for an error now. */
    String place() {
        String function = "PL/pgSQL function " + a.function().signature;
        return ended ? function : function + " line " + current.line() + " at " + current.what();
    }

    /** All lines that CONTEXT gets for the function while something inside it runs. */
    String lines() {
        return a.running().map(statement -> statement + "\n").orElse("") + place();
    }

    /** Runs the function and gives its result. */
    Object run() {
        try {
            Flow flow = block(a.function().body);
            ended = flow != Flow.RETURN;
            return results.end(flow == Flow.RETURN);
        } catch (RuntimeException | Error e) {
            results.abandon();
            throw e;
        }
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

    private Flow step(Step step) {
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
            case Step.ForRows s -> forRows(s);
            case Step.ForCursor s -> forCursor(s);
            case Step.ForEach s -> forEach(s);
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
            case Step.Raise s -> new Raising(a).raise(s, a.session().stack().below(place()));
            case Step.Assert s -> check(s);
            case Step.Sql s -> sql.run(s);
            case Step.Perform s -> sql.perform(s);
            case Step.Call s -> sql.call(s);
            case Step.Execute s -> sql.execute(s);
            case Step.Diagnostics s -> new Raising(a).diagnose(s, a.session().stack().below(place()));
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

    private void initialize(Variable v) {
        a.values()[v.number()] = null;
        if (v.initial().isPresent()) {
            assign(v, v.initial().get());
        } else if (a.session().catalog().type(v.type()).map(t -> t.kind() == 'd').orElse(false)) {
            a.assign(v, null, v.type());
        }
    }

    /** A block with handlers runs in a subtransaction. */
    private Flow guarded(Step.Block block) {
        SpiSession.Subtransaction part = a.session().subtransaction();
        Flow flow;
        try {
            flow = steps(block.body());
        } catch (SqlError e) {
            part.rollback();
            return handle(block, e);
        } catch (StackOverflowError e) {
            part.rollback();
            return handle(block, new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded", e));
        }
        part.release();
        return flow;
    }

    private Flow handle(Step.Block block, SqlError error) {
        for (Step.Handler handler : block.handlers()) {
            if (handler.states().stream().anyMatch(state -> Conditions.covers(state, error.code()))) {
                Optional<SqlError> outer = a.handled();
                a.setHandled(Optional.of(error.context(a.session().stack().below(place())).withWholeContext()));
                a.assign(block.state(), org.gajah.base.Slice.of(error.code()), Oids.TEXT);
                a.assign(block.message(), org.gajah.base.Slice.of(error.getMessage()), Oids.TEXT);
                Flow flow = steps(handler.body());
                a.setHandled(outer);
                return flow;
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
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "null value cannot be assigned to variable \"" + v.name()
                        + "\" declared NOT NULL");
            }
            a.values()[v.number()] = fitted;
        }
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
        s.subject().ifPresent(subject -> {
            Formula.Value value = a.value(subject.value());
            Variable held = ((Target.Whole) subject.target()).variable();
            a.values()[held.number()] = Activation.caseValue(value);
        });
        for (Step.Branch branch : s.branches()) {
            if (a.isTrue(branch.condition())) {
                return steps(branch.body());
            }
        }
        return steps(s.otherwise().orElseThrow(() -> new SqlError(SqlState.CASE_NOT_FOUND, "case not found")
                .hint("CASE statement is missing ELSE part.")));
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
        while (true) {
            a.session().checkCancelled();
            Flow flow = steps(s.body());
            if (ends(flow, s.label())) {
                return behind(flow, s.label());
            }
        }
    }

    private Flow whileLoop(Step.While s) {
        while (a.isTrue(s.condition())) {
            a.session().checkCancelled();
            Flow flow = steps(s.body());
            if (ends(flow, s.label())) {
                return behind(flow, s.label());
            }
            current = s;
        }
        return Flow.NEXT;
    }

    private int bound(Code code, String what) {
        Object value = a.value(code, Oids.INT4);
        if (value == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, what + " of FOR loop cannot be null");
        }
        return (Integer) value;
    }

    private Flow forRange(Step.ForRange s) {
        long from = bound(s.from(), "lower bound");
        long to = bound(s.to(), "upper bound");
        int by = s.by().map(b -> bound(b, "BY value")).orElse(1);
        if (by <= 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "BY value of FOR loop must be greater than zero");
        }
        boolean any = false;
        Flow result = Flow.NEXT;
        for (long i = from; s.reverse() ? i >= to : i <= to; i += s.reverse() ? -by : by) {
            a.session().checkCancelled();
            any = true;
            a.values()[s.variable().number()] = (int) i;
            Flow flow = steps(s.body());
            if (ends(flow, s.label())) {
                result = behind(flow, s.label());
                break;
            }
        }
        a.setFound(any);
        return result;
    }

    private Flow forRows(Step.ForRows s) {
        try (RowReader rows = sql.open(s.query())) {
            return eachRow(s.label(), s.target(), rows, s.body());
        }
    }

    private Flow eachRow(String loop, Target target, RowReader rows, List<Step> body) {
        boolean any = false;
        Flow result = Flow.NEXT;
        for (Optional<Activation.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
            a.session().checkCancelled();
            any = true;
            a.assignRow(target, row.get());
            Flow flow = steps(body);
            if (ends(flow, loop)) {
                result = behind(flow, loop);
                break;
            }
        }
        if (!any) {
            a.assignRow(target, rows.nothing());
        }
        a.setFound(any);
        return result;
    }

    private Flow forCursor(Step.ForCursor s) {
        cursors.open(new Step.Open(s.line(), s.cursor(), Optional.empty(), s.cursor().scroll(), s.arguments()));
        Flow flow = eachRow(s.label(), new Target.Whole(s.row()), cursors.reader(s.cursor()), s.body());
        cursors.close(s.cursor());
        return flow;
    }

    private Flow forEach(Step.ForEach s) {
        Formula.Value value = a.value(s.array());
        if (value.value() == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "FOREACH expression must not be null");
        }
        if (!(value.value() instanceof ArrayValue array)) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "FOREACH expression must yield an array, not type "
                    + a.session().catalog().type(value.type()).map(t -> t.name()).orElse(""));
        }
        if (s.slice() < 0 || s.slice() > array.dimensions()) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "slice dimension (" + s.slice() + ") is out of the valid range 0.." + array.dimensions());
        }
        requireElements(s);
        boolean any = false;
        Flow result = Flow.NEXT;
        int type = s.slice() == 0 ? array.elementType() : value.type();
        for (Object element : Slices.of(array, s.slice())) {
            a.session().checkCancelled();
            any = true;
            a.assignRow(s.target(), new Activation.Row(List.of(""), List.of(type), new Object[] {element}));
            Flow flow = steps(s.body());
            if (ends(flow, s.label())) {
                result = behind(flow, s.label());
                break;
            }
        }
        a.setFound(any);
        return result;
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
        boolean checks = !a.session().settings().showIfPresent("plpgsql.check_asserts").orElse("on").equals("off");
        if (!checks || a.isTrue(s.condition())) {
            return;
        }
        String message = s.message().map(a::text).orElse("assertion failed");
        throw new SqlError(SqlState.ASSERT_FAILURE, message);
    }

    private void end(Step.End s) {
        if (a.atomic()) {
            throw new SqlError(SqlState.INVALID_TRANSACTION_TERMINATION, "invalid transaction termination");
        }
        if (s.commit()) {
            a.session().commit(s.chain());
        } else {
            a.session().rollback(s.chain());
        }
    }
}
