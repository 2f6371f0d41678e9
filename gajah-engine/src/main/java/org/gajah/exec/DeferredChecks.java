package org.gajah.exec;

/** The list of constraint checks that wait. Checks of a rolled back savepoint are forgotten by the list. */
public interface DeferredChecks {
    /** Runs the check when the statement ends. */
    void atStatementEnd(ConstraintCheck check);

    /** Runs the check at SET CONSTRAINTS IMMEDIATE or before commit. */
    void atCommit(int constraint, ConstraintCheck check);

    /** Whether a deferrable constraint is deferred now (SET CONSTRAINTS, or else as it was declared). */
    boolean isDeferred(int constraint, boolean initiallyDeferred);

    /** A check that raises its error. The context is that of the moment it runs. */
    @FunctionalInterface
    interface ConstraintCheck {
        void run(ExecContext context);
    }
}
