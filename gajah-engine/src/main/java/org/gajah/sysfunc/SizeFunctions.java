package org.gajah.sysfunc;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Rights;
import org.gajah.catalog.SystemTable;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.type.Privilege;

/** How much space relations take, in bytes. PostgreSQL manual, table 9.102. */
public final class SizeFunctions {
    private static final long PAGE_BYTES = 16384;

    private SizeFunctions() {
    }

    /** The size of one fork; only the main fork is there. */
    public static Long pg_relation_size(SystemContext context, int relation, Slice fork) {
        return switch (fork.toString()) {
            case "main" -> context.catalog().relation(relation).map(r -> bytes(context, r)).orElse(null);
            case "fsm", "vm", "init" -> 0L;
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid fork name")
                    .hint("Valid fork names are \"main\", \"fsm\", \"vm\", and \"init\".");
        };
    }

    public static Long pg_table_size(SystemContext context, int relation) {
        return context.catalog().relation(relation).map(r -> bytes(context, r)).orElse(null);
    }

    public static Long pg_indexes_size(SystemContext context, int relation) {
        return context.catalog().relation(relation).map(r -> indexes(context, r)).orElse(null);
    }

    public static Long pg_total_relation_size(SystemContext context, int relation) {
        return context.catalog().relation(relation).map(r -> bytes(context, r) + indexes(context, r)).orElse(null);
    }

    private static long indexes(SystemContext context, Relation relation) {
        return relation.indexes().stream().filter(i -> i.storageId() != 0)
                .mapToLong(i -> context.storage().index(context.storageId(i.storageId(), relation.shared())).pageCount() * PAGE_BYTES).sum();
    }

    private static long bytes(SystemContext context, Relation relation) {
        if (relation.storageId() == 0 || relation.kind() == 'S') {
            return 0;
        }
        var id = context.storageId(relation.storageId(), relation.shared());
        long pages = relation.kind() == 'i' ? context.storage().index(id).pageCount()
                : context.storage().table(id, Layouts.of(relation, context.catalog())).pageCount();
        return pages * PAGE_BYTES;
    }

    /** Whether the relation could be in a publication: a permanent table of users. */
    public static Boolean pg_relation_is_publishable(SystemContext context, int relation) {
        return context.catalog().relation(relation).map(r -> (r.kind() == 'r' || r.kind() == 'p') && r.persistence() == 'p'
                && Integer.compareUnsigned(r.oid(), 16384) >= 0).orElse(null);
    }

    public static Long pg_database_size_oid(SystemContext context, int database) {
        return context.catalog().row("pg_database", 2672, database).map(r -> ofDatabase(context, r)).orElse(null);
    }

    public static long pg_database_size_name(SystemContext context, Slice name) {
        return ofDatabase(context, context.catalog().row("pg_database", 2671, name).orElseThrow(() -> new SqlError(SqlState.INVALID_CATALOG_NAME,
                "database \"" + name + "\" does not exist")));
    }

    /** The pages of its tables and indexes, to who may connect to it or see all figures. */
    private static long ofDatabase(SystemContext context, CatalogRow row) {
        Rights rights = new Rights(context.catalog());
        int role = context.currentRole().oid();
        if ((rights.held(role, AclKind.DATABASE, row) & Privilege.CONNECT.bit()) == 0 && !rights.has(role, Rights.READ_ALL_STATS)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for database " + row.text("datname"));
        }
        int database = row.number("oid");
        return context.inDatabase(database, catalog -> catalog.allRows("pg_class").stream()
                .filter(r -> r.number("relfilenode") != 0 && !r.flag("relisshared")).mapToLong(r -> pages(context, catalog, database, r)).sum()) * PAGE_BYTES;
    }

    private static long pages(SystemContext context, CatalogView catalog, int database, CatalogRow r) {
        RelationId id = new RelationId(database, r.number("relfilenode"));
        if (!context.storage().exists(id)) {
            return 0;
        }
        return switch (r.letter("relkind")) {
            case 'i' -> context.storage().index(id).pageCount();
            case 'r', 'm' -> context.storage().table(id, layout(catalog, r)).pageCount();
            default -> 0;
        };
    }

    /** A system catalog's layout is known; some of their columns are of types that no other table can have. */
    private static RowLayout layout(CatalogView catalog, CatalogRow r) {
        return SystemTable.all().stream().filter(t -> t.oid() == r.number("oid")).findFirst().map(SystemTable::layout)
                .orElseGet(() -> Layouts.of(catalog.relation(r.number("oid")).orElseThrow(), catalog));
    }
}
