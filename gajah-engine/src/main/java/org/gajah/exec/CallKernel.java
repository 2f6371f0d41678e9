package org.gajah.exec;

import org.gajah.func.CallContext;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** A call of a built-in function: its arguments, then its loop. */
final class CallKernel extends Kernel {
    private final Invocation invocation;
    private final Kernel[] args;
    private final Vector[] values;

    CallKernel(Carrier carrier, Invocation invocation, Kernel[] args) {
        super(carrier);
        this.invocation = invocation;
        this.args = args;
        this.values = new Vector[args.length];
    }

    @Override
    Vector eval(Batch in, Selection rows) {
        for (int i = 0; i < args.length; i++) {
            values[i] = args[i].eval(in, rows);
        }
        Vector out = result(in);
        invocation.run(values, out, rows);
        return out;
    }

    /** A function's loop at one place of call, with the context that the place needs. */
    static final class Invocation {
        private final FunctionLoop loop;
        private final Frame frame;
        private final boolean needsContext;
        private final CallContexts.CallSite site;
        private CallContexts factory;
        private CallContext context;

        Invocation(FunctionLoop loop, boolean needsContext, Frame frame, CallContexts.CallSite site) {
            this.loop = loop;
            this.frame = frame;
            this.needsContext = needsContext;
            this.site = site;
        }

        void run(Vector[] args, Vector out, Selection rows) {
            loop.run(context(), args, out, rows.rows, rows.count());
        }

        /** The context, or null for a function that takes none. */
        CallContext context() {
            if (needsContext && factory != frame.context().calls()) {
                factory = frame.context().calls();
                context = factory.at(site);
            }
            return context;
        }
    }
}
