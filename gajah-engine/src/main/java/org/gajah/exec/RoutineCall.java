package org.gajah.exec;

import org.gajah.catalog.ProcRow;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** A place that calls a {@link Routine}; it finds the routine when the first call of a session comes. */
final class RoutineCall implements BoundFunction {
    private final ProcRow proc;
    private final CallContexts.CallSite site;
    private final Frame frame;
    private SessionView session;
    private Routine routine;

    RoutineCall(ProcRow proc, CallContexts.CallSite site, Frame frame) {
        this.proc = proc;
        this.site = site;
        this.frame = frame;
    }

    @Override
    public boolean strict() {
        return proc.strict();
    }

    @Override
    public Object call(Object... arguments) {
        if (proc.strict() && BoundFunction.hasNull(arguments)) {
            return null;
        }
        return routine().call(arguments, frame.context());
    }

    private Routine routine() {
        ExecContext context = frame.context();
        if (session != context.session()) {
            session = context.session();
            routine = session.routine(proc, site);
        }
        return routine;
    }

    /** Calls it for many rows at once if it can be called so; false, and nothing is done, otherwise. */
    boolean callEach(Vector[] arguments, Vector out, Selection rows) {
        if (routine() instanceof BatchRoutine batch) {
            batch.callEach(arguments, out, rows.rows, rows.count(), frame.context());
            return true;
        }
        return false;
    }
}
