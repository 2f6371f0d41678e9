package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;

import org.gajah.exec.FunctionLibrary;
import org.gajah.func.Families;
import org.gajah.sysfunc.SystemFamilies;

/** The built-in functions of all families, pure ones and those that need a session. */
final class Functions {
    private static final class Loaded {
        static final FunctionLibrary LIBRARY = load();
    }

    private Functions() {
    }

    static FunctionLibrary library() {
        return Loaded.LIBRARY;
    }

    private static FunctionLibrary load() {
        List<Class<?>> families = new ArrayList<>(Families.CLASSES);
        families.addAll(SystemFamilies.ALL);
        return new FunctionLibrary(families);
    }
}
