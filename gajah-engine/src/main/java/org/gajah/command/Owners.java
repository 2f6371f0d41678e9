package org.gajah.command;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement.AlterOwner;
import org.gajah.base.Slice;
import org.gajah.catalog.Acl;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;
import org.gajah.sysfunc.RelationKinds;
import org.gajah.type.Privilege;

/** ALTER ... OWNER TO. What was granted by and to the old owner is then the new one's. */
final class Owners {
    private final CommandContext context;

    Owners(CommandContext context) {
        this.context = context;
    }

    String alter(AlterOwner a) {
        String tag = "ALTER " + a.kind().words();
        context.requireWritable(tag);
        int owner = RoleNames.resolve(a.newOwner(), context).oid();
        switch (a.kind()) {
            case SCHEMA -> schema(((ObjectRef.Named) a.object()).name().getLast(), owner);
            case DATABASE -> database(((ObjectRef.Named) a.object()).name().getLast(), owner);
            case TYPE, DOMAIN -> type(a, owner);
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> function((ObjectRef.OfFunction) a.object(), owner);
            case OPERATOR -> new OperatorCommands(context).giveTo((ObjectRef.OfOperator) a.object(), owner);
            case FOREIGN_DATA_WRAPPER -> wrapper(((ObjectRef.Named) a.object()).name().getLast(), owner);
            case SERVER -> server(((ObjectRef.Named) a.object()).name().getLast(), owner);
            case EVENT_TRIGGER -> new EventTriggerCommands(context).giveTo(((ObjectRef.Named) a.object()).name().getLast(), a.newOwner());
            default -> throw SqlError.notSupported("ALTER " + a.kind().words() + " OWNER TO is not supported");
        }
        context.changed();
        return tag;
    }

    /** 42501 unless the current role may become the other. */
    void requireMaySet(int role) {
        if (!context.rights().maySet(context.currentRole().oid(), role)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "must be able to SET ROLE \""
                    + context.catalog().role(role).map(RoleRow::name).orElse("") + "\"");
        }
    }

    private void schema(String name, int owner) {
        int oid = context.catalog().schema(name).map(SchemaRow::oid).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                "schema \"" + name + "\" does not exist"));
        CatalogRow row = context.catalog().row("pg_namespace", 2685, oid).orElseThrow();
        if (row.number("nspowner") != owner) {
            context.requireOwner(row.number("nspowner"), "schema", name);
            requireMaySet(owner);
            CatalogRow database = context.catalog().row("pg_database", 2672, context.database()).orElseThrow();
            if ((context.rights().held(context.currentRole().oid(), AclKind.DATABASE, database) & Privilege.CREATE.bit()) == 0) {
                throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for database " + database.text("datname"));
            }
            change(AclKind.SCHEMA, row, owner);
        }
    }

    private void database(String name, int owner) {
        CatalogRow row = context.catalog().row("pg_database", 2671, Slice.of(name)).orElseThrow(() -> new SqlError(
                SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist"));
        if (row.number("datdba") != owner) {
            context.requireOwner(row.number("datdba"), "database", name);
            requireMaySet(owner);
            RoleRow role = context.currentRole();
            if (!role.superuser() && !role.createDatabase()) {
                throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to change owner of database");
            }
            change(AclKind.DATABASE, row, owner);
        }
    }

    private void type(AlterOwner a, int owner) {
        ObjectLookup lookup = new ObjectLookup(context);
        ObjectLookup.Found found = lookup.require(a.kind(), a.object());
        TypeRow type = context.catalog().type(found.ref().oid()).orElseThrow();
        context.requireOwner(found.owner(), found.word(), lookup.typeName(type));
        lookup.requireChangeable(type);
        if (found.owner() != owner) {
            requireMay(owner, type.namespace());
            changeType(context.catalog().row("pg_type", 2703, type.oid()).orElseThrow(), owner);
            context.catalog().row("pg_class", 2662, type.relation()).ifPresent(r -> context.writer().update(r, r.with("relowner", owner)));
        }
    }

    private void function(ObjectRef.OfFunction ref, int owner) {
        CatalogRow row = context.catalog().row("pg_proc", 2690, new Routines(context).find(ref, "function").oid()).orElseThrow();
        if (row.number("proowner") != owner) {
            context.requireOwner(row.number("proowner"), "function", row.text("proname"));
            requireMay(owner, row.number("pronamespace"));
            change(AclKind.FUNCTION, row, owner);
        }
    }

    private void wrapper(String name, int owner) {
        String quoted = "foreign-data wrapper \"" + name + "\"";
        if (!context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to change owner of " + quoted)
                    .hint("Must be superuser to change owner of a foreign-data wrapper.");
        }
        CatalogRow row = new ForeignObjects(context).requireWrapper(name);
        if (!context.catalog().role(owner).map(RoleRow::superuser).orElse(false)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to change owner of " + quoted)
                    .hint("The owner of a foreign-data wrapper must be a superuser.");
        }
        change(AclKind.FOREIGN_DATA_WRAPPER, row, owner);
    }

    private void server(String name, int owner) {
        CatalogRow row = new ForeignObjects(context).requireServer(name);
        if (row.number("srvowner") != owner) {
            context.requireOwner(row.number("srvowner"), "foreign server", name);
            requireMaySet(owner);
            CatalogRow wrapper = context.catalog().row("pg_foreign_data_wrapper", 112, row.number("srvfdw")).orElseThrow();
            boolean may = context.currentRole().superuser() || (context.rights().held(owner, AclKind.FOREIGN_DATA_WRAPPER, wrapper) & Privilege.USAGE.bit()) != 0;
            if (!may) {
                throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for foreign-data wrapper " + wrapper.text("fdwname"));
            }
            change(AclKind.FOREIGN_SERVER, row, owner);
        }
    }

    /** Who gives away must be able to become the new owner, who must be allowed to make such a thing there. */
    void requireMay(int owner, int schema) {
        requireMaySet(owner);
        if (!context.currentRole().superuser() && !context.rights().onSchema(owner, schema, Privilege.CREATE)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for schema "
                    + context.catalog().schema(schema).map(SchemaRow::name).orElse(""));
        }
    }

    /** ALTER TABLE ... OWNER TO, also of views and sequences; indexes and owned sequences go along. */
    void relation(int oid, int owner) {
        CatalogRow row = context.catalog().row("pg_class", 2662, oid).orElseThrow();
        if (row.number("relowner") == owner) {
            return;
        }
        String word = RelationKinds.word(row.letter("relkind"));
        context.requireOwner(row.number("relowner"), word, row.text("relname"));
        requireMay(owner, row.number("relnamespace"));
        changeRelation(row, owner);
    }

    private void changeRelation(CatalogRow row, int owner) {
        int oid = row.number("oid");
        int before = row.number("relowner");
        change(row.letter("relkind") == 'S' ? AclKind.SEQUENCE : AclKind.RELATION, row, owner);
        for (CatalogRow column : context.catalog().rows("pg_attribute", 2659, oid)) {
            Acl.of(column.get("attacl")).ifPresent(a -> context.writer().update(column, column.with("attacl", a.withOwner(before, owner).value())));
        }
        context.catalog().row("pg_type", 2703, row.number("reltype")).ifPresent(t -> changeType(t, owner));
        for (CatalogRow index : context.catalog().rows("pg_index", 2678, oid)) {
            CatalogRow indexRow = context.catalog().row("pg_class", 2662, index.number("indexrelid")).orElseThrow();
            context.writer().update(indexRow, indexRow.with("relowner", owner));
        }
        for (CatalogRow d : context.catalog().rows("pg_depend", 2674, Dependencies.CLASS, oid)) {
            boolean part = d.number("classid") == Dependencies.CLASS && "ai".indexOf(d.letter("deptype")) >= 0;
            if (part) {
                context.catalog().row("pg_class", 2662, d.number("objid")).filter(s -> s.letter("relkind") == 'S' && s.number("relowner") != owner)
                        .ifPresent(s -> changeRelation(s, owner));
            }
        }
    }

    private void changeType(CatalogRow row, int owner) {
        change(AclKind.TYPE, row, owner);
        if (row.number("typarray") != 0) {
            context.catalog().row("pg_type", 2703, row.number("typarray")).ifPresent(array -> change(AclKind.TYPE, array, owner));
        }
    }

    /** Writes the new owner, and puts it into the ACL in the place of the old one. */
    void change(AclKind kind, CatalogRow row, int owner) {
        int before = kind.owner(row);
        Object acl = Acl.of(row.get(kind.aclColumn())).map(a -> (Object) a.withOwner(before, owner).value()).orElse(null);
        context.writer().update(row, row.with(kind.ownerColumn(), owner, kind.aclColumn(), acl));
    }

    /** REASSIGN OWNED of one role's objects in this database, and of databases. */
    void reassign(int role, int owner) {
        for (OwnedObjects.Owned object : new OwnedObjects(context.catalog()).of(role)) {
            CatalogRow row = object.row();
            switch (object.kind()) {
                case RELATION, SEQUENCE -> context.catalog().row("pg_class", 2662, row.number("oid")).filter(r -> r.number("relowner") == role)
                        .ifPresent(r -> changeRelation(r, owner));
                case TYPE -> changeType(row, owner);
                case SCHEMA, FUNCTION, DATABASE, LANGUAGE, TABLESPACE, FOREIGN_DATA_WRAPPER, FOREIGN_SERVER, LARGE_OBJECT ->
                    change(object.kind(), row, owner);
                case COLUMN, PARAMETER -> throw new IllegalStateException(object.kind() + " has no owner");
            }
            context.changed();
        }
        for (Dependencies.Ref operator : new OwnedObjects(context.catalog()).operators(role)) {
            CatalogRow row = context.catalog().row("pg_operator", 2688, operator.oid()).orElseThrow();
            context.writer().update(row, row.with("oprowner", owner));
            context.changed();
        }
        for (CatalogRow trigger : new OwnedObjects(context.catalog()).eventTriggers(role)) {
            new EventTriggerCommands(context).giveTo(trigger, context.catalog().role(owner).orElseThrow());
            context.changed();
        }
    }

    /** The kinds of objects that have owners and privileges, each catalog once. */
    static List<AclKind> kinds() {
        return List.of(AclKind.RELATION, AclKind.TYPE, AclKind.FUNCTION, AclKind.SCHEMA, AclKind.LANGUAGE, AclKind.FOREIGN_DATA_WRAPPER,
                AclKind.FOREIGN_SERVER, AclKind.DATABASE, AclKind.TABLESPACE);
    }
}
