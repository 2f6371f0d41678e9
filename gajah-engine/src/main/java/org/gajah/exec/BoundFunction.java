package org.gajah.exec;

import java.util.List;

import org.gajah.catalog.ProcRow;

/** A function called with boxed values one call at a time: for set-returning functions, aggregates and rare calls. */
interface BoundFunction {
    boolean strict();

    /** The function's result for boxed arguments; null, without a call, if it is strict and one of them is null. */
    Object call(Object... arguments);

    static BoundFunction of(CompileContext context, ProcRow proc, List<Integer> argumentTypes, int type, int collation, Frame frame) {
        return of(context, proc, new CallContexts.CallSite(argumentTypes, type, collation), frame);
    }

    static BoundFunction of(CompileContext context, ProcRow proc, CallContexts.CallSite site, Frame frame) {
        return context.isRoutine(proc, site.argumentTypes(), site.resultType()) ? new RoutineCall(proc, site, frame)
                : new BuiltInCall(context, proc, site, frame);
    }

    static boolean hasNull(Object[] arguments) {
        for (Object argument : arguments) {
            if (argument == null) {
                return true;
            }
        }
        return false;
    }
}
