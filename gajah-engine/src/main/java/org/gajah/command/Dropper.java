package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;

/** Takes one object out of the catalogs, and its storage with it. What depends on it is gone already. */
final class Dropper {
    private final CommandContext context;

    Dropper(CommandContext context) {
        this.context = context;
    }

    void drop(Ref ref) {
        switch (ref.catalog()) {
            case Dependencies.CLASS -> {
                if (ref.column() == 0) {
                    relation(ref.oid());
                } else {
                    column(ref);
                }
            }
            case Dependencies.TYPE -> type(ref.oid());
            case Dependencies.NAMESPACE -> delete("pg_namespace", 2685, ref.oid());
            case Dependencies.CONSTRAINT -> constraint(ref.oid());
            case Dependencies.ATTRDEF -> columnDefault(ref.oid());
            case Dependencies.REWRITE -> delete("pg_rewrite", 2692, ref.oid());
            case Dependencies.PROC -> {
                delete("pg_proc", 2690, ref.oid());
                delete("pg_aggregate", 2650, ref.oid());
            }
            case Dependencies.OPERATOR -> new OperatorCommands(context).drop(ref.oid());
            case Dependencies.WRAPPER -> delete("pg_foreign_data_wrapper", 112, ref.oid());
            case Dependencies.SERVER -> delete("pg_foreign_server", 113, ref.oid());
            case Dependencies.USER_MAPPING -> delete("pg_user_mapping", 174, ref.oid());
            case Dependencies.EXTENSION -> delete("pg_extension", 3080, ref.oid());
            case Dependencies.TRIGGER -> new TriggerCommands(context).drop(ref.oid());
            case Dependencies.EVENT_TRIGGER -> new EventTriggerCommands(context).drop(ref.oid());
            case Dependencies.POLICY -> new PolicyCommands(context).drop(ref.oid());
            default -> throw SqlError.notSupported("dropping an object of catalog " + ref.catalog() + " is not supported");
        }
        forget(ref);
        context.changed();
    }

    private void delete(String table, int index, Object... key) {
        context.catalog().rows(table, index, key).forEach(context.writer()::delete);
    }

    /** The object's own dependencies and its comments. */
    private void forget(Ref ref) {
        new Dependencies(context).forget(ref);
        for (CatalogRow row : context.catalog().rows("pg_description", 2675, ref.oid(), ref.catalog())) {
            if (ref.column() == 0 || row.number("objsubid") == ref.column()) {
                context.writer().delete(row);
            }
        }
    }

    private void relation(int oid) {
        context.lockRelation(oid, LockMode.ACCESS_EXCLUSIVE);
        CatalogRow row = context.catalog().row("pg_class", 2662, oid).orElseThrow();
        char kind = row.letter("relkind");
        if (row.flag("relispartition") && kind != 'i' && kind != 'I') {
            leaveParent(oid);
        }
        if (row.number("relfilenode") != 0) {
            context.storage().drop(context.transaction(), context.storageId(row.number("relfilenode"), false));
        }
        if (kind == 'i') {
            unmarkIndexed(oid);
            delete("pg_index", 2679, oid);
        } else if (kind == 'p') {
            delete("pg_partitioned_table", 3351, oid);
        } else if (kind == 'I') {
            delete("pg_index", 2679, oid);
        } else if (kind == 'S') {
            delete("pg_sequence", 5002, oid);
        } else if (kind == 'f') {
            delete("pg_foreign_table", 3119, oid);
        }
        delete("pg_attribute", 2659, oid);
        delete("pg_statistic", 2696, oid);
        delete("pg_inherits", 2680, oid);
        context.writer().delete(row);
    }

    /** A partition goes: nobody may be reading its parent. */
    private void leaveParent(int oid) {
        for (int parent : context.catalog().parents(oid)) {
            context.lockRelation(parent, LockMode.ACCESS_EXCLUSIVE);
            context.catalog().row("pg_partitioned_table", 3351, parent).filter(r -> r.number("partdefid") == oid)
                    .ifPresent(r -> context.writer().update(r, r.with("partdefid", 0)));
        }
    }

    private void unmarkIndexed(int index) {
        int table = context.catalog().row("pg_index", 2679, index).map(r -> r.number("indrelid")).orElse(0);
        context.lockRelation(table, LockMode.ACCESS_EXCLUSIVE);
    }

    private void type(int oid) {
        delete("pg_enum", 3534, oid);
        delete("pg_type", 2703, oid);
    }

    private void constraint(int oid) {
        CatalogRow row = context.catalog().row("pg_constraint", 2667, oid).orElseThrow();
        int table = row.number("conrelid");
        if (table != 0) {
            context.lockRelation(table, LockMode.ACCESS_EXCLUSIVE);
        }
        context.writer().delete(row);
        if (row.letter("contype") == 'c' && table != 0) {
            CatalogRow relation = context.catalog().row("pg_class", 2662, table).orElseThrow();
            context.writer().update(relation, relation.with("relchecks", Math.max(0, relation.number("relchecks") - 1)));
        } else if (row.letter("contype") == 'n' && table == 0) {
            context.catalog().row("pg_type", 2703, row.number("contypid")).ifPresent(t -> context.writer().update(t, t.with("typnotnull", false)));
        } else if (row.letter("contype") == 'n') {
            CatalogRow column = context.catalog().row("pg_attribute", 2659, table, row.numbers("conkey").getFirst()).orElseThrow();
            context.writer().update(column, column.with("attnotnull", false));
        }
    }

    private void columnDefault(int oid) {
        CatalogRow row = context.catalog().row("pg_attrdef", 2657, oid).orElseThrow();
        context.writer().delete(row);
        context.catalog().row("pg_attribute", 2659, row.number("adrelid"), row.number("adnum"))
                .ifPresent(c -> context.writer().update(c, c.with("atthasdef", false)));
    }

    /** The column stays as a dropped one, so that numbers do not change; its type is forgotten, attlen keeps how wide old values are. */
    private void column(Ref ref) {
        CatalogRow row = context.catalog().row("pg_attribute", 2659, ref.oid(), ref.column()).orElseThrow();
        TableAnalysis.forget(context, ref.oid(), ref.column());
        context.writer().update(row, row.with("attname", Slice.of("........pg.dropped." + ref.column() + "........"),
                "attisdropped", true, "attnotnull", false, "atthasdef", false, "attidentity", 0, "attgenerated", 0, "atttypid", 0, "attlen",
                row.number("atttypid") == 0 ? row.number("attlen") : context.catalog().codec(row.number("atttypid")).storedWidth(),
                "atthasmissing", false, "attmissingval", null));
        context.changed();
        Relation table = context.catalog().relation(ref.oid()).orElseThrow();
        if (table.storageId() != 0) {
            context.storage().changeLayout(context.transaction(), context.storageId(table.storageId(), false),
                    Layouts.of(table, context.catalog()));
        }
    }
}
