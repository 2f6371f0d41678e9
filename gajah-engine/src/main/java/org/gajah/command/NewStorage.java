package org.gajah.command;

import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.exec.IndexBuild;

/** Gives a table and its indexes fresh storage under new storage ids: the base of TRUNCATE and of rewrites. */
final class NewStorage {
    private final CommandContext context;

    NewStorage(CommandContext context) {
        this.context = context;
    }

    /** Makes the table's storage empty and new; the caller holds ACCESS EXCLUSIVE. Gives the table as it is then. */
    Relation replace(Relation table) {
        int storage = assign(table.oid(), table.storageId());
        context.changed();
        Relation changed = context.catalog().relation(table.oid()).orElseThrow();
        context.storage().createTable(context.transaction(), context.storageId(storage, false), Layouts.of(changed, context.catalog()));
        return changed;
    }

    /** Makes the table's indexes anew and fills them with its rows. */
    void reindex(int tableOid) {
        Relation table = context.catalog().relation(tableOid).orElseThrow();
        for (Relation.Index index : table.indexes()) {
            int storage = assign(index.oid(), index.storageId());
            context.storage().createIndex(context.transaction(), context.storageId(storage, false));
        }
        context.changed();
        Relation changed = context.catalog().relation(tableOid).orElseThrow();
        for (Relation.Index index : changed.indexes()) {
            IndexBuild.run(context.compile(), context.execution(), changed, index);
        }
    }

    private int assign(int relation, int old) {
        int storage = context.newOid();
        CatalogRow row = context.catalog().row("pg_class", 2662, relation).orElseThrow();
        context.writer().update(row, row.with("relfilenode", storage));
        context.storage().drop(context.transaction(), context.storageId(old, false));
        return storage;
    }
}
