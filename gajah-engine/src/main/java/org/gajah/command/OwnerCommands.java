package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.ast.ObjectStatement.AlterOwner;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.TypeRow;

/** ALTER ... OWNER TO of what is not a relation. */
final class OwnerCommands {
    private final CommandContext context;

    OwnerCommands(CommandContext context) {
        this.context = context;
    }

    String run(AlterOwner a) {
        String tag = "ALTER " + a.kind().words();
        context.requireWritable(tag);
        switch (a.kind()) {
            case TYPE, DOMAIN -> type(a);
            default -> throw SqlError.notSupported(tag + " OWNER TO is not supported");
        }
        context.changed();
        return tag;
    }

    private void type(AlterOwner a) {
        ObjectLookup lookup = new ObjectLookup(context);
        ObjectLookup.Found found = lookup.require(a.kind(), a.object());
        context.requireOwner(found.owner(), found.word(), found.name());
        TypeRow type = context.catalog().type(found.ref().oid()).orElseThrow();
        lookup.requireChangeable(type);
        int owner = RoleNames.resolve(a.newOwner(), context).oid();
        set("pg_type", 2703, type.oid(), "typowner", owner);
        if (type.array() != 0) {
            set("pg_type", 2703, type.array(), "typowner", owner);
        }
        if (type.kind() == 'c') {
            set("pg_class", 2662, type.relation(), "relowner", owner);
        }
    }

    private void set(String catalog, int index, int oid, String column, int owner) {
        CatalogRow row = context.catalog().row(catalog, index, oid).orElseThrow();
        context.writer().update(row, row.with(column, owner));
    }
}
