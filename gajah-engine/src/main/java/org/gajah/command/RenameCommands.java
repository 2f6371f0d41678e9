package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement.Rename;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;
import org.gajah.txn.lock.LockMode;

/** ALTER ... RENAME of relations, types, columns, constraints and schemas. Nothing that is kept refers to a name. */
final class RenameCommands {
    private final CommandContext context;

    RenameCommands(CommandContext context) {
        this.context = context;
    }

    String run(Rename r) {
        String tag = tag(r);
        context.requireWritable(tag);
        switch (r.kind()) {
            case TABLE, VIEW, INDEX, SEQUENCE, MATERIALIZED_VIEW, FOREIGN_TABLE -> find(((ObjectRef.Named) r.object()).name(), r.kind(), r.missingOk())
                    .ifPresent(relation -> relation(relation, r.newName()));
            case COLUMN, ATTRIBUTE -> {
                ObjectRef.OnRelation on = (ObjectRef.OnRelation) r.object();
                find(on.relation(), r.relationKind(), r.missingOk()).ifPresent(relation -> columns(relation, on.name(), r.newName()));
            }
            case TABLE_CONSTRAINT -> {
                ObjectRef.OnRelation on = (ObjectRef.OnRelation) r.object();
                find(on.relation(), r.relationKind(), r.missingOk()).ifPresent(relation -> constraints(relation, on.name(), r.newName()));
            }
            case TRIGGER -> new TriggerCommands(context).rename((ObjectRef.OnRelation) r.object(), r.newName());
            case POLICY -> new PolicyCommands(context).rename((ObjectRef.OnRelation) r.object(), r.newName());
            case DOMAIN_CONSTRAINT -> domainConstraint((ObjectRef.OnDomain) r.object(), r.newName());
            case TYPE, DOMAIN -> type(r.kind(), (ObjectRef.OfType) r.object(), r.newName());
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> new AlterRoutine(context).rename(r.kind(), (ObjectRef.OfFunction) r.object(), r.newName());
            case SCHEMA -> schema(((ObjectRef.Named) r.object()).name().getLast(), r.newName());
            case ROLE -> new RoleCommands(context).rename(((ObjectRef.OfRole) r.object()).role(), r.newName());
            case DATABASE -> new DatabaseCommands(context).rename(((ObjectRef.Named) r.object()).name().getLast(), r.newName());
            case FOREIGN_DATA_WRAPPER -> foreign(AclKind.FOREIGN_DATA_WRAPPER, r, new ForeignObjects(context).wrapper(r.newName()).isPresent());
            case EVENT_TRIGGER -> new EventTriggerCommands(context).rename(((ObjectRef.Named) r.object()).name().getLast(), r.newName());
            case SERVER -> foreign(AclKind.FOREIGN_SERVER, r, new ForeignObjects(context).server(r.newName()).isPresent());
            default -> throw SqlError.notSupported("ALTER " + r.kind().words() + " RENAME is not supported");
        }
        context.changed();
        return tag;
    }

    static String tag(Rename r) {
        return "ALTER " + switch (r.kind()) {
            case COLUMN, TABLE_CONSTRAINT -> r.relationKind().words();
            case ATTRIBUTE -> ObjectKind.TYPE.words();
            case DOMAIN_CONSTRAINT -> ObjectKind.DOMAIN.words();
            default -> r.kind().words();
        };
    }

    private Optional<Relation> find(List<String> name, ObjectKind kind, boolean missingOk) {
        Optional<Relation> found = new ObjectLookup(context).relation(name, missingOk);
        found.ifPresent(relation -> {
            AlterTableCommands.requireKind(relation, kind);
            context.requireOwner(relation.owner(), ObjectNames.kind(relation.kind()), relation.name());
            context.lockRelation(relation.oid(), LockMode.ACCESS_EXCLUSIVE);
        });
        return found;
    }

    private void relation(Relation relation, String name) {
        new RelationCreation(context).requireFreeName(name, relation.namespace());
        CatalogRow row = context.catalog().row("pg_class", 2662, relation.oid()).orElseThrow();
        context.writer().update(row, row.with("relname", Slice.of(name)));
        if (relation.rowType() != 0) {
            renameType(context.catalog().type(relation.rowType()).orElseThrow(), name);
        }
        if (relation.kind() == 'i' || relation.kind() == 'I') {
            for (CatalogRow d : context.catalog().rows("pg_depend", 2673, Dependencies.CLASS, relation.oid())) {
                if (d.number("refclassid") == Dependencies.CONSTRAINT && d.letter("deptype") == 'i') {
                    CatalogRow c = context.catalog().row("pg_constraint", 2667, d.number("refobjid")).orElseThrow();
                    context.writer().update(c, c.with("conname", Slice.of(name)));
                }
            }
        }
    }

    /** Gives a type and its array type new names. */
    private void renameType(TypeRow type, String name) {
        TypeCreation types = new TypeCreation(context);
        types.requireFreeName(name, type.namespace());
        types.rename(type.oid(), name);
        context.changed();
        if (type.array() != 0) {
            types.rename(type.array(), types.arrayName(name, type.namespace()));
        }
    }

    private void type(ObjectKind kind, ObjectRef.OfType written, String name) {
        ObjectLookup lookup = new ObjectLookup(context);
        ObjectLookup.Found found = lookup.require(kind, written);
        TypeRow type = context.catalog().type(found.ref().oid()).orElseThrow();
        context.requireOwner(found.owner(), found.word(), found.name());
        lookup.requireChangeable(type);
        if (type.kind() == 'c') {
            relation(context.catalog().relation(type.relation()).orElseThrow(), name);
        } else {
            renameType(type, name);
        }
    }

    /** A column, and those of the same name in all partitions. */
    private void columns(Relation relation, String old, String name) {
        boolean inherited = relation.inheritance().partition() && relation.column(old).isPresent();
        if (inherited) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "cannot rename inherited column \"" + old + "\"");
        }
        List<Integer> below = new PartitionTree(context).below(relation.oid());
        below.forEach(oid -> context.lockRelation(oid, LockMode.ACCESS_EXCLUSIVE));
        column(relation, old, name);
        context.changed();
        below.forEach(oid -> column(context.catalog().relation(oid).orElseThrow(), old, name));
    }

    /** A constraint, and in partitions those that are it. */
    private void constraints(Relation relation, String old, String name) {
        Optional<CatalogRow> row = context.catalog().rows("pg_constraint", 2665, relation.oid(), 0, Slice.of(old)).stream().findFirst();
        if (row.isPresent() && row.get().number("coninhcount") > 0) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "cannot rename inherited constraint \"" + old + "\"");
        }
        List<Relation> below = new PartitionTree(context).below(relation.oid()).stream().map(oid -> context.catalog().relation(oid).orElseThrow()).toList();
        boolean byName = row.isPresent() && "cn".indexOf(row.get().letter("contype")) >= 0 && !row.get().flag("connoinherit");
        constraint(relation, old, name);
        context.changed();
        if (byName) {
            for (Relation each : below) {
                new PartitionCreation(context).constraint(relation, row.get(), each).ifPresent(own -> constraint(each, own.text("conname"), name));
            }
        }
    }

    private void column(Relation relation, String old, String name) {
        Relation.Column column = relation.column(old).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                "column \"" + old + "\" does not exist"));
        if (relation.column(name).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" of relation \"" + relation.name() + "\" already exists");
        }
        CatalogRow row = context.catalog().row("pg_attribute", 2659, relation.oid(), column.number()).orElseThrow();
        context.writer().update(row, row.with("attname", Slice.of(name)));
    }

    private void constraint(Relation relation, String old, String name) {
        CatalogRow row = context.catalog().rows("pg_constraint", 2665, relation.oid(), 0, Slice.of(old)).stream().findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                        "constraint \"" + old + "\" for table \"" + relation.name() + "\" does not exist"));
        if (row.number("conindid") != 0 && row.letter("contype") != 'f') {
            relation(context.catalog().relation(row.number("conindid")).orElseThrow(), name);
        } else {
            if (!context.catalog().rows("pg_constraint", 2665, relation.oid(), 0, Slice.of(name)).isEmpty()) {
                throw new SqlError(SqlState.DUPLICATE_OBJECT, "constraint \"" + name + "\" for relation \"" + relation.name()
                        + "\" already exists");
            }
            context.writer().update(row, row.with("conname", Slice.of(name)));
        }
    }

    private void domainConstraint(ObjectRef.OnDomain on, String name) {
        ObjectLookup.Found found = new ObjectLookup(context).require(ObjectKind.DOMAIN_CONSTRAINT, on);
        context.requireOwner(found.owner(), found.word(), found.name());
        CatalogRow row = context.catalog().row("pg_constraint", 2667, found.ref().oid()).orElseThrow();
        if (!context.catalog().rows("pg_constraint", 2665, 0, row.number("contypid"), Slice.of(name)).isEmpty()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "constraint \"" + name + "\" for domain \"" + found.name() + "\" already exists");
        }
        context.writer().update(row, row.with("conname", Slice.of(name)));
    }

    /** A foreign-data wrapper or a server. */
    private void foreign(AclKind kind, Rename r, boolean taken) {
        ObjectLookup.Found found = new ObjectLookup(context).require(r.kind(), r.object());
        if (taken) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, (kind == AclKind.FOREIGN_SERVER ? "server" : kind.word()) + " \"" + r.newName()
                    + "\" already exists");
        }
        context.requireOwner(found.owner(), found.word(), found.name());
        CatalogRow row = context.catalog().row(kind.catalog(), kind.index(), found.ref().oid()).orElseThrow();
        context.writer().update(row, row.with(kind.nameColumn(), Slice.of(r.newName())));
    }

    private void schema(String old, String name) {
        SchemaRow schema = context.catalog().schema(old).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                "schema \"" + old + "\" does not exist"));
        if (context.catalog().schema(name).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_SCHEMA, "schema \"" + name + "\" already exists");
        }
        context.requireOwner(schema.owner(), "schema", old);
        CatalogRow row = context.catalog().row("pg_namespace", 2685, schema.oid()).orElseThrow();
        context.writer().update(row, row.with("nspname", Slice.of(name)));
    }
}
