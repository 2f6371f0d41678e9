package org.gajah.sysfunc;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;

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
        return relation.indexes().stream()
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
}
