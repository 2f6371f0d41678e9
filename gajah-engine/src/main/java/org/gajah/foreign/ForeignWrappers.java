package org.gajah.foreign;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

import org.gajah.api.foreign.ForeignWrapper;

/** The wrappers that this process has, by name. */
public final class ForeignWrappers {
    private static final class Loaded {
        static final Map<String, ForeignWrapper> ALL = load();
    }

    private ForeignWrappers() {
    }

    private static Map<String, ForeignWrapper> load() {
        Map<String, ForeignWrapper> all = new LinkedHashMap<>();
        ServiceLoader.load(ForeignWrapper.class).forEach(w -> all.putIfAbsent(w.name(), w));
        return all;
    }

    /** The wrapper of this name. */
    public static Optional<ForeignWrapper> named(String name) {
        return Optional.ofNullable(Loaded.ALL.get(name));
    }

    /** The wrapper that a handler or validator function belongs to, by the function's {@code prosrc}. */
    public static Optional<ForeignWrapper> ofFunction(String source, String suffix) {
        return source.endsWith(suffix) ? named(source.substring(0, source.length() - suffix.length())) : Optional.empty();
    }
}
