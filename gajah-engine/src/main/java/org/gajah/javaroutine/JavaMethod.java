package org.gajah.javaroutine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;

import org.gajah.analyze.Polymorphism;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Aggregate;
import org.gajah.api.spi.EventTriggerData;
import org.gajah.api.spi.Spi;
import org.gajah.api.spi.TriggerData;
import org.gajah.spi.RoutineDefinition;
import org.gajah.type.Oids;

/**
 * A routine's Java method.
 *
 * @param state      makes the object whose method it is, where the first argument is an aggregate's state
 * @param context    the class of a first parameter that is no argument: {@link Spi}, {@link TriggerData}, {@link EventTriggerData}; void if there is none
 * @param parameters classes of the parameters that are arguments
 * @param generic    takes all as an array of objects, and gives an object
 */
record JavaMethod(Method method, Optional<MethodHandle> state, Class<?> context, List<Class<?>> parameters, MethodHandle handle, MethodHandle generic) {
    /** The method; 42883 if there is none, 42725 if there are several that fit as well. */
    static JavaMethod of(JavaClasses.Found found, RoutineDefinition definition, JavaTypes types) {
        List<Method> named = named(found, definition);
        List<Method> fitting = named.stream().filter(m -> found.parameters().map(p -> isDeclared(m, p)).orElse(true))
                .filter(m -> takes(m, definition, types)).toList();
        int best = fitting.stream().mapToInt(m -> exact(m, definition, types)).max().orElse(0);
        List<Method> chosen = fitting.stream().filter(m -> exact(m, definition, types) == best).toList();
        if (chosen.isEmpty()) {
            throw missing(found, named, definition, types);
        }
        if (chosen.size() > 1) {
            throw new SqlError(SqlState.AMBIGUOUS_FUNCTION, "Java method \"" + found.type().getName() + "." + found.method() + "\" is not unique")
                    .hint("Say its parameter types in parentheses.");
        }
        Method method = chosen.getFirst();
        if (found.compiled()) {
            method.setAccessible(true);
        }
        requireResult(method, definition, types);
        return new JavaMethod(method, isStatic(method) ? Optional.empty() : Optional.of(constructor(method.getDeclaringClass(), found.compiled())),
                context(method), parameters(method), handle(method), generic(handle(method)));
    }

    /** The methods of that name; of source the only method, whatever it is called: the routine may have been renamed, or have a name no method can have. */
    private static List<Method> named(JavaClasses.Found found, RoutineDefinition definition) {
        List<Method> all = Arrays.stream(found.compiled() ? found.type().getDeclaredMethods() : found.type().getMethods())
                .filter(m -> (isStatic(m) || isAggregates(m, definition)) && !m.isBridge() && !m.isSynthetic()).toList();
        List<Method> named = all.stream().filter(m -> m.getName().equals(found.method())).toList();
        return named.isEmpty() && found.compiled() && all.size() == 1 ? all : named;
    }

    private static boolean isStatic(Method m) {
        return Modifier.isStatic(m.getModifiers());
    }

    /** Whether it is a method of the state that the function is handed. */
    private static boolean isAggregates(Method m, RoutineDefinition definition) {
        return Aggregate.class.isAssignableFrom(m.getDeclaringClass()) && !definition.argTypes().isEmpty()
                && definition.argTypes().getFirst() == Oids.INTERNAL;
    }

    private static MethodHandle constructor(Class<?> c, boolean compiled) {
        try {
            Constructor<?> made = c.getDeclaredConstructor();
            if (compiled) {
                made.setAccessible(true);
            }
            return MethodHandles.publicLookup().unreflectConstructor(made).asType(MethodType.methodType(Object.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "Java class \"" + c.getName() + "\" has no public constructor without parameters", e);
        }
    }

    private static SqlError missing(JavaClasses.Found found, List<Method> named, RoutineDefinition definition, JavaTypes types) {
        String wanted = definition.argTypes().stream().map(types::name).collect(Collectors.joining(", "));
        SqlError e = new SqlError(SqlState.UNDEFINED_FUNCTION, "class \"" + found.type().getName() + "\" has no " + (found.compiled() ? "" : "public ") + "static method " + found.method()
                + " that takes (" + wanted + ")");
        return named.isEmpty() ? e : e.detail(named.stream().map(m -> "There is " + signature(m) + ".").collect(Collectors.joining("\n")));
    }

    private static String signature(Method m) {
        return m.getName() + Arrays.stream(m.getParameterTypes()).map(Class::getTypeName).collect(Collectors.joining(", ", "(", ")"));
    }

    /** How error messages call it. */
    String name() {
        return method.getDeclaringClass().getName() + "." + signature(method);
    }

    private static boolean isDeclared(Method m, String parameters) {
        String declared = Arrays.stream(m.getParameterTypes()).map(Class::getTypeName).collect(Collectors.joining(","));
        String simple = Arrays.stream(m.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(","));
        String wanted = parameters.replace(" ", "");
        return wanted.equals(declared) || wanted.equals(simple);
    }

    private static Class<?> context(Method m) {
        Class<?> first = m.getParameterCount() == 0 || !isStatic(m) ? void.class : m.getParameterTypes()[0];
        return first == Spi.class || first == TriggerData.class || first == EventTriggerData.class ? first : void.class;
    }

    boolean hasContext() {
        return context != void.class;
    }

    private static List<Class<?>> parameters(Method m) {
        List<Class<?>> all = new ArrayList<>(Arrays.asList(m.getParameterTypes()));
        if (!isStatic(m)) {
            all.addFirst(m.getDeclaringClass());
        }
        return context(m) == void.class ? all : all.subList(1, all.size());
    }

    private static boolean takes(Method m, RoutineDefinition definition, JavaTypes types) {
        List<Class<?>> parameters = parameters(m);
        if (parameters.size() != definition.argTypes().size()) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            int type = definition.argTypes().get(i);
            if (Polymorphism.isPolymorphic(type) ? parameters.get(i) != Object.class : !types.fits(type, parameters.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** How many parameters have their type's natural class. */
    private static int exact(Method m, RoutineDefinition definition, JavaTypes types) {
        int exact = 0;
        List<Class<?>> parameters = parameters(m);
        for (int i = 0; i < parameters.size(); i++) {
            int type = definition.argTypes().get(i);
            if (!Polymorphism.isPolymorphic(type) && isNatural(JavaTypes.boxed(parameters.get(i)), types.natural(type))) {
                exact++;
            }
        }
        return exact;
    }

    private static boolean isNatural(Class<?> c, Class<?> natural) {
        return c == natural || natural.isArray() && c.isArray() && (natural == c.getComponentType() || isNatural(c.getComponentType(), natural));
    }

    private static void requireResult(Method m, RoutineDefinition definition, JavaTypes types) {
        Class<?> returned = JavaTypes.boxed(m.getReturnType());
        int type = definition.resultType();
        boolean nothing = type == Oids.VOID || type == Oids.EVENT_TRIGGER;
        boolean fits;
        if (definition.proc().returnsSet()) {
            fits = Iterator.class.isAssignableFrom(returned) || Iterable.class.isAssignableFrom(returned) || BaseStream.class.isAssignableFrom(returned);
        } else if (returned == Void.class) {
            fits = nothing || type == Oids.INTERNAL && !isStatic(m) || definition.proc().kind() == 'p' && definition.outputs().isEmpty();
        } else {
            fits = nothing || type == Oids.TRIGGER || Polymorphism.isPolymorphic(type) || gives(returned, type, definition, types);
        }
        if (!fits) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "Java method " + signature(m) + " returns " + m.getGenericReturnType().getTypeName()
                    + ", which cannot be the function's result");
        }
    }

    private static boolean gives(Class<?> returned, int type, RoutineDefinition definition, JavaTypes types) {
        if (returned == Object.class || returned == String.class && !types.isRow(type) || type == Oids.INTERNAL || types.fits(type, returned)) {
            return true;
        }
        Class<?> natural = types.natural(type);
        if (types.isRow(type)) {
            return type == Oids.RECORD && definition.outputs().size() == 1 || !Number.class.isAssignableFrom(returned) && returned != Boolean.class && returned != String.class;
        }
        boolean whole = returned == Integer.class || returned == Short.class || returned == Long.class || returned == Byte.class;
        boolean numbers = Number.class.isAssignableFrom(natural) && Number.class.isAssignableFrom(returned);
        boolean wholeWanted = natural == Integer.class || natural == Short.class || natural == Long.class;
        return numbers && (whole || !wholeWanted) || natural.isArray() && (returned.isArray() || Collection.class.isAssignableFrom(returned))
                || natural == String.class && CharSequence.class.isAssignableFrom(returned);
    }

    private static MethodHandle handle(Method m) {
        try {
            return MethodHandles.publicLookup().unreflect(m).asFixedArity();
        } catch (IllegalAccessException e) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "Java method " + m.getDeclaringClass().getName() + "." + m.getName()
                    + " cannot be reached: its class must be public, and its package exported if it is in a module", e);
        }
    }

    private static MethodHandle generic(MethodHandle handle) {
        return handle.asType(handle.type().generic()).asSpreader(Object[].class, handle.type().parameterCount());
    }
}
