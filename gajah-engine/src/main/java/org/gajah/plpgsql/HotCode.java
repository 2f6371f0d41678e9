package org.gajah.plpgsql;

/** A loop or the whole of a function as generated code: what {@link StepCompiler} makes. */
interface HotCode {
    /**
     * Runs it.
     *
     * @param values the variables, which have their values there before and afterwards
     * @param state  of a loop that has begun already, where it is: its {@link Range} or {@link Iteration}
     * @return how it goes on: the number of a {@link Interpreter.Flow}
     */
    int run(Interpreter frame, Object[] values, Object state);
}
