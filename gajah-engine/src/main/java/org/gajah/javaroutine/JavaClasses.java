package org.gajah.javaroutine;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.ProcRow;
import org.gajah.spi.SpiSession;

/** The classes of a cluster's routines. Safe for use by many threads. */
public final class JavaClasses {
    private final boolean classPath;

    /** {@code classPath}: whether routines may be found on the class path of the program that embeds the server. */
    public JavaClasses(boolean classPath) {
        this.classPath = classPath;
    }

    /**
     * Where a routine's method is.
     *
     * @param type   its class
     * @param method its name
     * @param parameters what is said of its parameters, between parentheses; empty for nothing
     */
    record Found(Class<?> type, String method, java.util.Optional<String> parameters) {
        boolean stands(SpiSession session) {
            return true;
        }
    }

    Found find(ProcRow proc, SpiSession session) {
        String text = proc.source().strip();
        int open = text.indexOf('(');
        String name = (open < 0 ? text : text.substring(0, open)).strip();
        int dot = name.lastIndexOf('.');
        if (dot <= 0 || open >= 0 && !text.endsWith(")")) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "a routine in Java is the name of a method, with its class, or source in braces")
                    .hint("For instance: AS 'com.example.Orders.total'");
        }
        java.util.Optional<String> parameters = open < 0 ? java.util.Optional.empty()
                : java.util.Optional.of(text.substring(open + 1, text.length() - 1));
        return new Found(load(name.substring(0, dot)), name.substring(dot + 1), parameters);
    }

    private Class<?> load(String name) {
        ClassLoader loader = classPath ? ClassLoader.getSystemClassLoader() : ClassLoader.getPlatformClassLoader();
        for (String at = name;; at = nested(at)) {
            try {
                return Class.forName(at, true, loader);
            } catch (ClassNotFoundException e) {
                if (at.indexOf('.') < 0) {
                    throw new SqlError(SqlState.UNDEFINED_OBJECT, "Java class \"" + name + "\" does not exist", e);
                }
            } catch (LinkageError e) {
                throw Failures.unlinked(name, e);
            }
        }
    }

    /** The name with its last dot as that of a nested class. */
    private static String nested(String name) {
        int dot = name.lastIndexOf('.');
        return name.substring(0, dot) + "$" + name.substring(dot + 1);
    }
}
