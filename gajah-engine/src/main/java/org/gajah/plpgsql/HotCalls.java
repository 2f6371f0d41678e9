package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.spi.SpiSession;

/** What generated code calls: all that it leaves to the interpreter. */
final class HotCalls {
    private HotCalls() {
    }

    /** The step that runs, for CONTEXT, unless it has been told. */
    static void at(Interpreter frame, List<Step> steps, int at, boolean told) {
        if (!told) {
            frame.current = steps.get(at);
        }
    }

    static void poll(Interpreter frame) {
        frame.a.session().checkCancelled();
    }

    /** Something has run that may have changed the catalogs: whether expressions are what they were. */
    private static void recheck(Interpreter frame, long version) {
        frame.stands = frame.a.session().catalogVersion() == version;
    }

    static Object value(Interpreter frame, Formula formula, long version) {
        Object value = formula.plain(frame.a);
        recheck(frame, version);
        return value;
    }

    /** A step behind which it always goes on. */
    static void step(Interpreter frame, Step step, long version) {
        frame.step(step);
        recheck(frame, version);
    }

    static Iteration iterate(Interpreter frame, Step loop) {
        return frame.iteration(loop);
    }

    static boolean next(Interpreter frame, Iteration rows, long version) {
        boolean any = rows.next();
        recheck(frame, version);
        return any;
    }

    /** Gives the records of loops, which generated code takes from the rows field by field, their values. */
    static void settle(Interpreter frame) {
        frame.a.settle();
    }

    static SpiSession.Subtransaction begin(Interpreter frame) {
        return frame.a.session().subtransaction();
    }

    /** Which handler of the block takes what was thrown; throws it on if none. */
    static int handler(Interpreter frame, Step.Block block, SpiSession.Subtransaction part, Throwable failure, long version) {
        switch (failure) {
            case SqlError _, StackOverflowError _ -> { }
            case Error e -> throw e;
            default -> throw (RuntimeException) failure;
        }
        int handler = frame.handler(block, part, failure);
        recheck(frame, version);
        return handler;
    }

    static Optional<Handled> handled(Interpreter frame) {
        return frame.a.handled();
    }

    static void setHandled(Interpreter frame, Optional<Handled> error) {
        frame.a.setHandled(error);
    }

    static void setFound(Interpreter frame, boolean found) {
        frame.a.setFound(found);
    }

    static void setLabel(Interpreter frame, String label) {
        frame.label = label;
    }

    static void give(Interpreter frame, Step.Return step) {
        frame.results.give(step);
    }

    static void giveValue(Interpreter frame, Object value) {
        frame.results.give(value);
    }

    static void subject(Interpreter frame, Step.Assign subject, long version) {
        frame.subject(subject);
        recheck(frame, version);
    }

    static void initialize(Interpreter frame, Variable v, long version) {
        frame.initialize(v);
        recheck(frame, version);
    }

    /** The variable gets its first value from here on. */
    static void beginning(Interpreter frame, Variable v) {
        frame.beginning = v;
    }

    static void begun(Interpreter frame) {
        frame.beginning = null;
    }

    static SqlError noCase() {
        return Interpreter.noCase();
    }

    static SqlError noNull(Variable v) {
        return Interpreter.noNull(v);
    }

    static SqlError noBound(String what) {
        return Range.isNull(what);
    }

    /** The step of a loop over integers. */
    static long by(int by, boolean reverse) {
        return new Range(0, 0, by, reverse).by;
    }

    static Object boxed(boolean value, boolean isNull) {
        return isNull ? null : (Object) value;
    }

    static Object boxed(int value, boolean isNull) {
        return isNull ? null : (Object) value;
    }

    static Object boxed(long value, boolean isNull) {
        return isNull ? null : (Object) value;
    }

    static Object boxed(double value, boolean isNull) {
        return isNull ? null : (Object) value;
    }
}
