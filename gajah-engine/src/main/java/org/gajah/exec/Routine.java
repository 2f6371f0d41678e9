package org.gajah.exec;

/** A function that is not built in, ready to be called from one place: in SQL, PL/pgSQL or whatever language the engine knows. */
@FunctionalInterface
public interface Routine {
    /**
     * Calls it with boxed arguments. Strictness is the caller's matter.
     *
     * @param caller the run that calls: functions that are not volatile see what it sees
     * @return the boxed value; of a set-returning function an {@code Iterator} of boxed values or of rows as {@code Object[]}
     */
    Object call(Object[] arguments, ExecContext caller);
}
