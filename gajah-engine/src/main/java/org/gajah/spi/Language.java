package org.gajah.spi;

/** A language that functions are written in. */
public interface Language {
    /** Makes the function ready for calls; errors in its text are raised. */
    RoutineBody compile(RoutineDefinition definition, SpiSession session);

    /** Checks a function that is being created. */
    void validate(RoutineDefinition definition, SpiSession session);

    /** Runs the text of DO. */
    void inline(String source, RoutineBody.Call call);
}
