package org.gajah.exec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

import org.gajah.catalog.ProcRow;
import org.gajah.func.CallContext;
import org.gajah.vector.Carrier;

/** A place that calls a built-in function. */
final class BuiltInCall implements BoundFunction {
    private final Frame frame;
    private final FunctionMethod method;
    private final MethodHandle handle;
    private final boolean strict;
    private final int parameters;
    private final boolean gathers;
    private final CallContexts.CallSite site;
    private CallContexts factory;
    private CallContext callContext;

    BuiltInCall(CompileContext context, ProcRow proc, CallContexts.CallSite site, Frame frame) {
        this.frame = frame;
        List<Carrier> carriers = site.argumentTypes().stream().map(context::carrier).toList();
        this.method = context.method(proc, carriers, context.carrier(site.resultType()));
        this.strict = proc.strict();
        this.parameters = method.method().getParameterCount();
        this.gathers = parameters > 0 && method.gathersFrom(parameters - 1 - (method.hasContext() ? 1 : 0));
        this.site = site;
        try {
            MethodHandle direct = MethodHandles.lookup().unreflect(method.method()).asFixedArity();
            this.handle = direct.asType(MethodType.genericMethodType(parameters)).asSpreader(Object[].class, parameters);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot call " + method.method(), e);
        }
    }

    @Override
    public boolean strict() {
        return strict;
    }

    @Override
    public Object call(Object... arguments) {
        if (strict && BoundFunction.hasNull(arguments)) {
            return null;
        }
        try {
            return (Object) handle.invokeExact(spread(arguments));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Object[] spread(Object[] arguments) {
        if (!method.hasContext() && !gathers) {
            return arguments;
        }
        Object[] all = new Object[parameters];
        int at = 0;
        if (method.hasContext()) {
            all[at++] = callContext();
        }
        int fixed = parameters - at - (gathers ? 1 : 0);
        System.arraycopy(arguments, 0, all, at, fixed);
        if (gathers) {
            Object[] rest = new Object[arguments.length - fixed];
            System.arraycopy(arguments, fixed, rest, 0, rest.length);
            all[parameters - 1] = rest;
        }
        return all;
    }

    private CallContext callContext() {
        if (factory != frame.context().calls()) {
            factory = frame.context().calls();
            callContext = factory.at(site);
        }
        return callContext;
    }
}
