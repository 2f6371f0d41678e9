package org.gajah.exec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

import org.gajah.catalog.ProcRow;
import org.gajah.func.CallContext;
import org.gajah.vector.Carrier;

/** A built-in function called with boxed values one call at a time: for set-returning functions, aggregates and rare calls. */
final class BoundFunction {
    private final Frame frame;
    private final FunctionMethod method;
    private final MethodHandle handle;
    private final boolean strict;
    private final int parameters;
    private final boolean gathers;
    private final CallContexts.CallSite site;
    private CallContexts factory;
    private CallContext callContext;

    BoundFunction(CompileContext context, ProcRow proc, List<Integer> argumentTypes, int type, int collation, Frame frame) {
        this(context, proc, argumentTypes, type, collation, List.of(), frame);
    }

    BoundFunction(CompileContext context, ProcRow proc, List<Integer> argumentTypes, int type, int collation,
            List<CallContext.Column> columns, Frame frame) {
        ExprCompiler.requireBuiltIn(proc);
        this.frame = frame;
        List<Carrier> carriers = argumentTypes.stream().map(context::carrier).toList();
        this.method = context.method(proc, carriers, context.carrier(type));
        this.strict = proc.strict();
        this.parameters = method.method().getParameterCount();
        this.gathers = parameters > 0 && method.gathersFrom(parameters - 1 - (method.hasContext() ? 1 : 0));
        this.site = new CallContexts.CallSite(argumentTypes, type, collation, columns);
        try {
            MethodHandle direct = MethodHandles.lookup().unreflect(method.method()).asFixedArity();
            this.handle = direct.asType(MethodType.genericMethodType(parameters)).asSpreader(Object[].class, parameters);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot call " + method.method(), e);
        }
    }

    boolean strict() {
        return strict;
    }

    /** The function's result for boxed arguments; null, without a call, if it is strict and one of them is null. */
    Object call(Object... arguments) {
        if (strict) {
            for (Object argument : arguments) {
                if (argument == null) {
                    return null;
                }
            }
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
