package org.gajah.exec;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.catalog.ProcRow;
import org.gajah.vector.Carrier;

/** The built-in functions' methods by name: public static methods of the families' classes. Immutable. */
public final class FunctionLibrary {
    private static final int SQL_LANGUAGE = 14;

    private final Map<String, List<Method>> methods = new HashMap<>();

    public FunctionLibrary(List<Class<?>> families) {
        for (Class<?> family : families) {
            for (Method method : family.getDeclaredMethods()) {
                int modifiers = method.getModifiers();
                if (Modifier.isPublic(modifiers) && Modifier.isStatic(modifiers)) {
                    methods.computeIfAbsent(method.getName(), name -> new ArrayList<>(1)).add(method);
                }
            }
        }
    }

    /**
     * The method behind a function, if there is one that takes these carriers. Built-ins that PostgreSQL writes in SQL go by
     * their own name here, the others by pg_proc.prosrc.
     */
    Optional<FunctionMethod> find(ProcRow function, List<Carrier> arguments, Carrier result) {
        String name = function.language() == SQL_LANGUAGE ? function.name() : function.source();
        return methods.getOrDefault(name, List.of()).stream()
                .filter(method -> FunctionMethod.fits(method, arguments, result)).findFirst()
                .map(method -> FunctionMethod.of(method, List.copyOf(arguments), result));
    }

    /** All methods, for tests that compare them with the catalog. */
    public List<Method> all() {
        return methods.values().stream().flatMap(List::stream).toList();
    }
}
