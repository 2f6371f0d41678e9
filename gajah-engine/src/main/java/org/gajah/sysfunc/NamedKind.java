package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;

/**
 * A kind of objects that a name is enough for, or a name and a schema.
 *
 * @param word   what it is called
 * @param table  its catalog, with the catalog's oid, its index by oid, and the one by name (and schema)
 * @param schema the column with the schema; empty if it has none
 */
record NamedKind(String word, int catalog, String table, int byOid, int byName, String name, String schema) {
    private static final int UTF8 = 6;
    private static final int ANY_ENCODING = -1;
    private static final int COLLATION = 3456;
    static final List<NamedKind> ALL = List.of(
            new NamedKind("access method", 2601, "pg_am", 2652, 2651, "amname", ""),
            new NamedKind("database", 1262, "pg_database", 2672, 2671, "datname", ""),
            new NamedKind("event trigger", 3466, "pg_event_trigger", 3468, 3467, "evtname", ""),
            new NamedKind("extension", 3079, "pg_extension", 3080, 3081, "extname", ""),
            new NamedKind("foreign-data wrapper", 2328, "pg_foreign_data_wrapper", 112, 548, "fdwname", ""),
            new NamedKind("language", 2612, "pg_language", 2682, 2681, "lanname", ""),
            new NamedKind("role", 1260, "pg_authid", 2677, 2676, "rolname", ""),
            new NamedKind("schema", 2615, "pg_namespace", 2685, 2684, "nspname", ""),
            new NamedKind("server", 1417, "pg_foreign_server", 113, 549, "srvname", ""),
            new NamedKind("tablespace", 1213, "pg_tablespace", 2697, 2698, "spcname", ""),
            new NamedKind("collation", COLLATION, "pg_collation", 3085, 3164, "collname", "collnamespace"),
            new NamedKind("conversion", 2607, "pg_conversion", 2670, 2669, "conname", "connamespace"),
            new NamedKind("text search configuration", 3602, "pg_ts_config", 3712, 3608, "cfgname", "cfgnamespace"),
            new NamedKind("text search dictionary", 3600, "pg_ts_dict", 3605, 3604, "dictname", "dictnamespace"),
            new NamedKind("text search parser", 3601, "pg_ts_parser", 3607, 3606, "prsname", "prsnamespace"),
            new NamedKind("text search template", 3764, "pg_ts_template", 3767, 3766, "tmplname", "tmplnamespace"));

    static Optional<NamedKind> of(int catalog) {
        return ALL.stream().filter(k -> k.catalog == catalog).findFirst();
    }

    static Optional<NamedKind> of(String word) {
        return ALL.stream().filter(k -> k.word.equals(word)).findFirst();
    }

    boolean hasSchema() {
        return !schema.isEmpty();
    }

    Optional<CatalogRow> row(CatalogView view, int oid) {
        return view.row(table, byOid, oid);
    }

    /** The one of a name, in a schema if it is of a kind that has one. */
    Optional<CatalogRow> row(CatalogView view, String wanted, int namespace) {
        Slice key = Slice.of(wanted);
        if (catalog == COLLATION) {
            return view.row(table, byName, key, UTF8, namespace).or(() -> view.row(table, byName, key, ANY_ENCODING, namespace));
        }
        return hasSchema() ? view.row(table, byName, key, namespace) : view.row(table, byName, key);
    }
}
