package org.gajah.catalog;

import java.util.HashSet;
import java.util.Set;

/**
 * The enum types and values that a transaction has made. A value that was added to an older type must not be used before it is
 * committed (PostgreSQL manual, ALTER TYPE, Notes).
 */
public final class UncommittedEnums {
    private final Set<Integer> types = new HashSet<>();
    private final Set<Integer> values = new HashSet<>();

    public UncommittedEnums() {
    }

    /** The transaction has made this type. */
    public void addType(int type) {
        types.add(type);
    }

    /** The transaction has added a value to a type. */
    public void addValue(int type, int value) {
        if (!types.contains(type)) {
            values.add(value);
        }
    }

    /** Whether the value may not be used yet. */
    boolean forbids(int value) {
        return values.contains(value);
    }
}
