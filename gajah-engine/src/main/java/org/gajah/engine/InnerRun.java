package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.exec.DeferredChecks.ConstraintCheck;
import org.gajah.txn.Snapshot;

/** A statement that runs inside another one: what the outer one was about is put back when it is closed. */
final class InnerRun implements AutoCloseable {
    private final SessionImpl session;
    private final Optional<Snapshot> outer;
    private final List<ConstraintCheck> checks;

    InnerRun(SessionImpl session) {
        this.session = session;
        this.outer = session.context().running();
        this.checks = session.transactions().constraints().beginInner();
        session.routines().enter();
    }

    @Override
    public void close() {
        session.routines().leave();
        session.transactions().constraints().endInner(checks);
        session.context().resume(outer);
    }
}
