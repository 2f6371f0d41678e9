package org.gajah.command;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement.AlterObjectSchema;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;

/** ALTER ... SET SCHEMA of relations and types: with them go their row and array types, indexes, constraints and own sequences. */
final class SchemaMove {
    private final CommandContext context;

    SchemaMove(CommandContext context) {
        this.context = context;
    }

    String run(AlterObjectSchema a) {
        String tag = "ALTER " + a.kind().words();
        context.requireWritable(tag);
        switch (a.kind()) {
            case TABLE, VIEW, SEQUENCE, MATERIALIZED_VIEW, FOREIGN_TABLE, INDEX -> table(a);
            case TYPE, DOMAIN -> type(a);
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> function(a);
            case OPERATOR -> operator(a);
            default -> throw SqlError.notSupported(tag + " SET SCHEMA is not supported");
        }
        context.changed();
        return tag;
    }

    private void table(AlterObjectSchema a) {
        Optional<Relation> found = new ObjectLookup(context).relation(((ObjectRef.Named) a.object()).name(), a.missingOk());
        if (found.isEmpty()) {
            return;
        }
        Relation relation = found.get();
        AlterTableCommands.requireKind(relation, a.kind());
        context.requireOwner(relation.owner(), ObjectNames.kind(relation.kind()), relation.name());
        if (relation.kind() == 'i') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot change schema of index \"" + relation.name() + "\"")
                    .hint("Change the schema of the table instead.");
        } else if (relation.kind() == 'c') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is a composite type")
                    .hint("Use ALTER TYPE instead.");
        }
        requireNotOwned(relation);
        context.lockRelation(relation.oid(), LockMode.ACCESS_EXCLUSIVE);
        int namespace = target(a.newSchema());
        if (namespace != relation.namespace()) {
            move(relation, namespace, a.newSchema());
        }
    }

    private void requireNotOwned(Relation relation) {
        for (CatalogRow row : context.catalog().rows("pg_depend", 2673, Dependencies.CLASS, relation.oid())) {
            boolean owned = relation.kind() == 'S' && row.number("refclassid") == Dependencies.CLASS && "ai".indexOf(row.letter("deptype")) >= 0;
            if (owned) {
                Relation owner = context.catalog().relation(row.number("refobjid")).orElseThrow();
                throw SqlError.notSupported("cannot move an owned sequence into another schema").detail("Sequence \"" + relation.name()
                        + "\" is linked to table \"" + owner.name() + "\".");
            }
        }
    }

    private int target(String schema) {
        int namespace = new Namespaces(context).named(schema);
        if (new Namespaces(context).isTemporary(namespace)) {
            throw SqlError.notSupported("cannot move objects into or out of temporary schemas");
        }
        return namespace;
    }

    private void move(Relation relation, int namespace, String schema) {
        if (context.catalog().relation(relation.name(), namespace).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_TABLE, "relation \"" + relation.name() + "\" already exists in schema \"" + schema + "\"");
        }
        moveRow("pg_class", 2662, relation.oid(), "relnamespace", namespace);
        moved(Ref.relation(relation.oid()), relation.namespace(), namespace);
        if (relation.rowType() != 0) {
            moveType(context.catalog().type(relation.rowType()).orElseThrow(), namespace, schema);
        }
        for (Relation.Index index : relation.indexes()) {
            moveRow("pg_class", 2662, index.oid(), "relnamespace", namespace);
        }
        for (CatalogRow row : context.catalog().rows("pg_constraint", 2665, relation.oid())) {
            context.writer().update(row, row.with("connamespace", namespace));
        }
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, Dependencies.CLASS, relation.oid())) {
            Optional<Relation> sequence = row.number("classid") == Dependencies.CLASS && row.number("refobjsubid") != 0
                    ? context.catalog().relation(row.number("objid")) : Optional.empty();
            sequence.filter(s -> s.kind() == 'S').ifPresent(s -> move(s, namespace, schema));
        }
        context.changed();
    }

    private void moveRow(String catalog, int index, int oid, String column, int namespace) {
        CatalogRow row = context.catalog().row(catalog, index, oid).orElseThrow();
        context.writer().update(row, row.with(column, namespace));
    }

    /** The dependency on the schema follows. */
    private void moved(Ref ref, int from, int to) {
        for (CatalogRow row : context.catalog().rows("pg_depend", 2673, ref.catalog(), ref.oid())) {
            if (row.number("refclassid") == Dependencies.NAMESPACE && row.number("refobjid") == from) {
                context.writer().delete(row);
            }
        }
        if (ref.catalog() != Dependencies.CLASS || context.catalog().relation(ref.oid()).map(r -> r.kind() != 'c').orElse(false)) {
            new Dependencies(context).normal(ref, new Ref(Dependencies.NAMESPACE, to, 0));
        }
    }

    private void type(AlterObjectSchema a) {
        ObjectLookup lookup = new ObjectLookup(context);
        ObjectLookup.Found found = lookup.require(a.kind() == ObjectKind.DOMAIN ? ObjectKind.DOMAIN : ObjectKind.TYPE, a.object());
        TypeRow type = context.catalog().type(found.ref().oid()).orElseThrow();
        context.requireOwner(found.owner(), found.word(), found.name());
        int namespace = target(a.newSchema());
        lookup.requireChangeable(type);
        if (type.namespace() == namespace) {
            return;
        }
        if (type.kind() == 'c') {
            moveRow("pg_class", 2662, type.relation(), "relnamespace", namespace);
        }
        moveType(type, namespace, a.newSchema());
        moved(found.ref(), type.namespace(), namespace);
        for (CatalogRow row : context.catalog().rows("pg_constraint", 2666, type.oid())) {
            context.writer().update(row, row.with("connamespace", namespace));
        }
    }

    private void function(AlterObjectSchema a) {
        ObjectLookup.Found found = new ObjectLookup(context).require(a.kind(), a.object());
        context.requireOwner(found.owner(), found.word(), found.name());
        int namespace = target(a.newSchema());
        CatalogRow row = context.catalog().row("pg_proc", 2690, found.ref().oid()).orElseThrow();
        int from = row.number("pronamespace");
        if (from != namespace) {
            new AlterRoutine(context).requireFree(found.name(), row.numbers("proargtypes"), namespace);
            context.writer().update(row, row.with("pronamespace", namespace));
            moved(found.ref(), from, namespace);
        }
    }

    private void operator(AlterObjectSchema a) {
        ObjectLookup.Found found = new ObjectLookup(context).require(a.kind(), a.object());
        context.requireOwner(found.owner(), found.word(), found.name());
        int namespace = target(a.newSchema());
        int from = context.catalog().row("pg_operator", 2688, found.ref().oid()).orElseThrow().number("oprnamespace");
        if (from != namespace) {
            new OperatorCommands(context).move(found, namespace);
            moved(found.ref(), from, namespace);
        }
    }

    private void moveType(TypeRow type, int namespace, String schema) {
        if (context.catalog().type(type.name(), namespace).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "type \"" + type.name() + "\" already exists in schema \"" + schema + "\"");
        }
        moveRow("pg_type", 2703, type.oid(), "typnamespace", namespace);
        context.changed();
        if (type.array() != 0) {
            String name = new TypeCreation(context).arrayName(type.name(), namespace);
            moveRow("pg_type", 2703, type.array(), "typnamespace", namespace);
            context.changed();
            new TypeCreation(context).rename(type.array(), name);
        }
        context.changed();
    }
}
