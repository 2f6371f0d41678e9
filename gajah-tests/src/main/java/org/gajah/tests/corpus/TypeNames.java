package org.gajah.tests.corpus;

import java.util.HashMap;
import java.util.Map;
import org.gajah.catalog.data.BootstrapRows;

/** Names for the types of result columns, and back: built-in types by name, all others are {@code user}. */
final class TypeNames {
    private static final Map<Integer, String> NAMES = new HashMap<>();
    private static final Map<String, Integer> OIDS = new HashMap<>();

    static {
        BootstrapRows.of("pg_type").forEach(row -> {
            int oid = Integer.parseInt(row[0].toString());
            NAMES.put(oid, row[1].toString());
            OIDS.put(row[1].toString(), oid);
        });
    }

    private TypeNames() {}

    static String name(int oid, int typmod) {
        return NAMES.getOrDefault(oid, "user") + (typmod == -1 ? "" : "(" + typmod + ")");
    }

    static int oid(String name) {
        Integer oid = name.equals("-") ? Integer.valueOf(0) : OIDS.get(name);
        if (oid == null) {
            throw new IllegalArgumentException("no type " + name);
        }
        return oid;
    }
}
