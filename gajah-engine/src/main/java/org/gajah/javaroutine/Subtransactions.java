package org.gajah.javaroutine;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.SpiSavepoint;
import org.gajah.spi.SpiSession;

/** The subtransactions of a call, the innermost last; the end of one is the end of those inside it. */
final class Subtransactions {
    private final JavaCall call;
    private final List<Savepoint> active = new ArrayList<>(0);

    Subtransactions(JavaCall call) {
        this.call = call;
    }

    boolean anyActive() {
        return !active.isEmpty();
    }

    SpiSavepoint begin() {
        Savepoint savepoint = new Savepoint(call.host().session().subtransaction(), call.levels());
        active.add(savepoint);
        return savepoint;
    }

    /** The call is over: what it has not ended goes on as part of what is around it. */
    void releaseAll() {
        if (!active.isEmpty()) {
            active.getFirst().release();
        }
    }

    /** The call has failed. */
    void rollBackAll() {
        if (!active.isEmpty()) {
            active.getFirst().takeBack();
        }
    }

    /** One of them. */
    private final class Savepoint implements SpiSavepoint {
        private final SpiSession.Subtransaction inner;
        private final int levels;

        Savepoint(SpiSession.Subtransaction inner, int levels) {
            this.inner = inner;
            this.levels = levels;
        }

        @Override
        public boolean isActive() {
            return active.contains(this);
        }

        private void end() {
            if (!isActive()) {
                throw new SqlError(SqlState.INVALID_SAVEPOINT_SPECIFICATION, "the subtransaction has ended");
            }
            active.subList(active.indexOf(this), active.size()).clear();
        }

        @Override
        public void release() {
            call.requireHere();
            call.requireSound();
            end();
            inner.release();
        }

        @Override
        public void rollback() {
            call.requireHere();
            takeBack();
        }

        private void takeBack() {
            end();
            call.finishDownTo(levels);
            inner.rollback();
            call.mended();
        }
    }
}
