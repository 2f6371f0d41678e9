package org.gajah.exec;

import java.util.List;

import org.gajah.func.CallContext;

/** Makes the contexts that built-in functions are called with; one for each session. */
public interface CallContexts {
    /**
     * The context for one place of call. It may implement more than CallContext: what a function's first parameter asks
     * for.
     */
    CallContext at(CallSite site);

    /** What is known about a place of call: types as resolved. */
    record CallSite(List<Integer> argumentTypes, int resultType, int collation, List<CallContext.Column> columns) {
        CallSite(List<Integer> argumentTypes, int resultType, int collation) {
            this(argumentTypes, resultType, collation, List.of());
        }
    }
}
