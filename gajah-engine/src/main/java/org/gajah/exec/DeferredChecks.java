package org.gajah.exec;

import java.util.Set;

/** The list of constraint checks and triggers that wait. Those of a rolled back savepoint are forgotten by the list. */
public interface DeferredChecks {
    /** Runs the check when the statement ends. */
    void atStatementEnd(ConstraintCheck check);

    /** Runs the check at SET CONSTRAINTS IMMEDIATE or before commit. */
    void atCommit(int constraint, ConstraintCheck check);

    /** The same for events that several constraints are about. */
    void atCommit(DeferredEvents events);

    /** Whether a deferrable constraint is deferred now (SET CONSTRAINTS, or else as it was declared). */
    boolean isDeferred(int constraint, boolean initiallyDeferred);

    /** A check that raises its error. The context is that of the moment it runs. */
    @FunctionalInterface
    interface ConstraintCheck {
        void run(ExecContext context);

        /** It will not be run: gives back what it holds. */
        default void forget() {
            // a check holds nothing but what the heap collects
        }
    }

    /** Events of a statement that wait for the transaction's end, until none of their constraints is deferred any more. */
    interface DeferredEvents {
        /** The constraints that still have something to do. */
        Set<Integer> constraints();

        /** Does what these constraints have to do. */
        void run(ExecContext context, Set<Integer> due);

        /** It will not be run: gives back what it holds. */
        void forget();
    }
}
