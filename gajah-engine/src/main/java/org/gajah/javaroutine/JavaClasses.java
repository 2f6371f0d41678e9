package org.gajah.javaroutine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.InstalledJars;
import org.gajah.catalog.ProcRow;
import org.gajah.spi.SpiSession;

/**
 * The classes of a cluster's routines. Loaders go by what they load: a session whose transaction sees other jars gets another loader, and
 * a call that runs keeps the one it began with. Safe for use by many threads.
 */
public final class JavaClasses {
    private static final int MOST_JARS = 8;
    private static final int MOST_SOURCES = 256;

    private final boolean classPath;
    private final ClassLoader parent;
    private final Map<String, RoutineLoader> jars = kept(MOST_JARS);
    private final Map<String, RoutineLoader> sources = kept(MOST_SOURCES);

    /** {@code classPath}: whether routines may be found on the class path of the program that embeds the server. */
    public JavaClasses(boolean classPath) {
        this.classPath = classPath;
        this.parent = RoutineLoader.parent(classPath);
    }

    private static Map<String, RoutineLoader> kept(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, RoutineLoader> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Where a routine's method is.
     *
     * @param type       its class
     * @param method     its name
     * @param parameters what is said of its parameters, between parentheses; empty for nothing
     * @param compiled   whether its class was compiled here: its method need not be public
     * @param jars       which jars were looked at
     * @param version    of the catalogs at that time
     */
    record Found(Class<?> type, String method, Optional<String> parameters, boolean compiled, String jars, long version) {
        boolean stands(SpiSession session) {
            return session.catalog().version() == version || key(InstalledJars.all(session.catalog())).equals(jars);
        }
    }

    private static String key(Map<String, String> jars) {
        return jars.toString();
    }

    Found find(ProcRow proc, SpiSession session) {
        long version = session.catalog().version();
        Map<String, String> installed = InstalledJars.all(session.catalog());
        ClassLoader loader = installed.isEmpty() ? parent : jars(installed, session);
        if (InlineSource.isSource(proc.source())) {
            Class<?> type = load(InlineSource.className(proc.name()), compiled(proc, key(installed), loader));
            return new Found(type, proc.name(), Optional.empty(), true, key(installed), version);
        }
        String text = proc.source().strip();
        int open = text.indexOf('(');
        String name = (open < 0 ? text : text.substring(0, open)).strip();
        int dot = name.lastIndexOf('.');
        if (dot <= 0 || open >= 0 && !text.endsWith(")")) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "a routine in Java is the name of a method, with its class, or source in braces")
                    .hint("For instance: AS 'com.example.Orders.total'");
        }
        Optional<String> parameters = open < 0 ? Optional.empty() : Optional.of(text.substring(open + 1, text.length() - 1));
        return new Found(load(name.substring(0, dot), loader), name.substring(dot + 1), parameters, false, key(installed), version);
    }

    private RoutineLoader jars(Map<String, String> installed, SpiSession session) {
        return made(jars, key(installed), () -> {
            Map<String, byte[]> files = new HashMap<>();
            installed.keySet().forEach(name -> InstalledJars.content(session.catalog(), name)
                    .ifPresent(content -> InstalledJars.files(name, content).forEach(files::putIfAbsent)));
            return new RoutineLoader(files, parent);
        });
    }

    private RoutineLoader compiled(ProcRow proc, String jarsKey, ClassLoader loader) {
        Map<String, byte[]> known = loader instanceof RoutineLoader r ? r.files() : Map.of();
        return made(sources, proc.oid() + proc.name() + jarsKey + proc.source(),
                () -> new RoutineLoader(InlineCompiler.compile(InlineSource.of(proc.source(), proc.name()), known, classPath), loader));
    }

    /** Two sessions may make the same at once; one of them is kept. */
    private static RoutineLoader made(Map<String, RoutineLoader> kept, String key, Supplier<RoutineLoader> make) {
        synchronized (kept) {
            RoutineLoader known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        RoutineLoader fresh = make.get();
        synchronized (kept) {
            RoutineLoader other = kept.putIfAbsent(key, fresh);
            return other == null ? fresh : other;
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        for (String at = name;; at = nested(at)) {
            try {
                return Class.forName(at, false, loader);
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
