package org.gajah.exec;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import org.gajah.base.Slice;
import org.gajah.func.CallContext;
import org.gajah.vector.Carrier;

/**
 * A built-in function's Java method as it is called with arguments of these carriers.
 *
 * @param hasContext whether its first parameter takes the call's context
 */
record FunctionMethod(Method method, boolean hasContext, List<Carrier> arguments, Carrier result) {
    static FunctionMethod of(Method method, List<Carrier> arguments, Carrier result) {
        return new FunctionMethod(method, takesContext(method), arguments, result);
    }

    static boolean takesContext(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 0 && CallContext.class.isAssignableFrom(parameters[0]);
    }

    /** Whether the method's last parameter takes this argument and all after it as an array. */
    boolean gathersFrom(int argument) {
        Class<?>[] parameters = method.getParameterTypes();
        int last = parameters.length - 1;
        return last >= 0 && parameters[last] == Object[].class && argument == last - (hasContext ? 1 : 0);
    }

    /** Whether the method takes this argument as a primitive, which cannot be null. */
    boolean isPrimitive(int argument) {
        int index = argument + (hasContext ? 1 : 0);
        return index < method.getParameterCount() && method.getParameterTypes()[index].isPrimitive();
    }

    /** Whether a method can be called with arguments of these carriers and its result held in that one. */
    static boolean fits(Method method, List<Carrier> arguments, Carrier result) {
        List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
        if (takesContext(method)) {
            parameters = parameters.subList(1, parameters.size());
        }
        int fixed = parameters.size();
        if (fixed > 0 && parameters.getLast() == Object[].class) {
            fixed--;
            if (arguments.size() < fixed) {
                return false;
            }
        } else if (arguments.size() != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            if (!accepts(parameters.get(i), arguments.get(i))) {
                return false;
            }
        }
        Class<?> returned = method.getReturnType();
        return returned == void.class || Iterator.class.isAssignableFrom(returned) || accepts(returned, result);
    }

    private static boolean accepts(Class<?> type, Carrier carrier) {
        return type == Object.class || carrierOf(type) == carrier;
    }

    /** The carrier whose values a Java type holds. */
    static Carrier carrierOf(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return Carrier.BOOL;
        }
        if (type == int.class || type == Integer.class) {
            return Carrier.INT;
        }
        if (type == long.class || type == Long.class) {
            return Carrier.LONG;
        }
        if (type == double.class || type == Double.class) {
            return Carrier.DOUBLE;
        }
        return type == Slice.class ? Carrier.BYTES : Carrier.OBJECT;
    }
}
