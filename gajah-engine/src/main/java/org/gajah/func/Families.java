package org.gajah.func;

import java.util.List;

/** The classes that hold the built-in functions. A method's name is pg_proc.prosrc. */
public final class Families {
    /** Every class of functions. */
    public static final List<Class<?>> CLASSES = List.of();

    private Families() {
    }
}
