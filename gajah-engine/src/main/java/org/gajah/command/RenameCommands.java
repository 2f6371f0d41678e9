package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement.Rename;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.txn.lock.LockMode;

/** ALTER ... RENAME of relations, columns, constraints and schemas. Nothing that is kept refers to a name, so only one row changes. */
final class RenameCommands {
    private final CommandContext context;

    RenameCommands(CommandContext context) {
        this.context = context;
    }

    String run(Rename r) {
        String tag = "ALTER " + (r.kind() == ObjectKind.COLUMN || r.kind() == ObjectKind.TABLE_CONSTRAINT ? r.relationKind() : r.kind()).words();
        context.requireWritable(tag);
        switch (r.kind()) {
            case TABLE, VIEW, INDEX, SEQUENCE, MATERIALIZED_VIEW -> find(((ObjectRef.Named) r.object()).name(), r.missingOk())
                    .ifPresent(relation -> relation(relation, r.newName()));
            case COLUMN -> {
                ObjectRef.OnRelation on = (ObjectRef.OnRelation) r.object();
                find(on.relation(), r.missingOk()).ifPresent(relation -> column(relation, on.name(), r.newName()));
            }
            case TABLE_CONSTRAINT -> {
                ObjectRef.OnRelation on = (ObjectRef.OnRelation) r.object();
                find(on.relation(), r.missingOk()).ifPresent(relation -> constraint(relation, on.name(), r.newName()));
            }
            case SCHEMA -> schema(((ObjectRef.Named) r.object()).name().getLast(), r.newName());
            default -> throw SqlError.notSupported("ALTER " + r.kind().words() + " RENAME is not supported");
        }
        context.changed();
        return tag;
    }

    private Optional<Relation> find(List<String> name, boolean missingOk) {
        try {
            Relation relation = Names.relation(name, context.analysis());
            context.requireOwner(relation.owner(), ObjectNames.kind(relation.kind()), relation.name());
            context.lockRelation(relation.oid(), LockMode.ACCESS_EXCLUSIVE);
            return Optional.of(relation);
        } catch (SqlError e) {
            if (!missingOk || e.state() != SqlState.UNDEFINED_TABLE) {
                throw e;
            }
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, e.getMessage() + ", skipping"));
            return Optional.empty();
        }
    }

    private void relation(Relation relation, String name) {
        new RelationCreation(context).requireFreeName(name, relation.namespace());
        CatalogRow row = context.catalog().row("pg_class", 2662, relation.oid()).orElseThrow();
        context.writer().update(row, row.with("relname", Slice.of(name)));
        if (relation.rowType() != 0) {
            CatalogRow type = context.catalog().row("pg_type", 2703, relation.rowType()).orElseThrow();
            context.writer().update(type, type.with("typname", Slice.of(name)));
        }
        if (relation.kind() == 'i') {
            for (CatalogRow d : context.catalog().rows("pg_depend", 2673, Dependencies.CLASS, relation.oid())) {
                if (d.number("refclassid") == Dependencies.CONSTRAINT && d.letter("deptype") == 'i') {
                    CatalogRow c = context.catalog().row("pg_constraint", 2667, d.number("refobjid")).orElseThrow();
                    context.writer().update(c, c.with("conname", Slice.of(name)));
                }
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
            context.writer().update(row, row.with("conname", Slice.of(name)));
        }
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
