package org.gajah.command;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Constraint;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;

/** ADD CONSTRAINT ... USING INDEX: an index that is there becomes a key's. */
final class KeyFromIndex {
    private final CommandContext context;

    KeyFromIndex(CommandContext context) {
        this.context = context;
    }

    /** The index, after everything that PostgreSQL asks of it. */
    Relation.Index find(Relation table, Constraint.Key k) {
        String name = k.usingIndex().orElseThrow();
        Relation found = context.catalog().relation(name, table.namespace()).filter(r -> r.kind() == 'i').orElseThrow(
                () -> new SqlError(SqlState.UNDEFINED_OBJECT, "index \"" + name + "\" does not exist").at(k.location()));
        Relation.Index index = table.indexes().stream().filter(i -> i.oid() == found.oid()).findFirst().orElseThrow(
                () -> new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "index \"" + name + "\" does not belong to table \""
                        + table.name() + "\"").at(k.location()));
        boolean owned = context.catalog().rows("pg_depend", 2673, Dependencies.CLASS, index.oid()).stream()
                .anyMatch(d -> d.number("refclassid") == Dependencies.CONSTRAINT && d.letter("deptype") == 'i');
        if (owned) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "index \"" + name + "\" is already associated with a constraint")
                    .at(k.location());
        }
        if (!index.unique()) {
            throw unusable("\"" + name + "\" is not a unique index", k);
        }
        if (index.columns().contains(0)) {
            throw unusable("index \"" + name + "\" contains expressions", k);
        }
        if (index.predicate().isPresent()) {
            throw unusable("\"" + name + "\" is a partial index", k);
        }
        for (int i = 0; i < index.keyColumns(); i++) {
            boolean plain = !index.descending().get(i) && !index.nullsFirst().get(i)
                    && context.catalog().operatorClass(index.operatorClasses().get(i)).map(OperatorClassRow::isDefault).orElse(false)
                    && index.collations().get(i) == table.column(index.columns().get(i)).collation();
            if (!plain) {
                throw unusable("index \"" + name + "\" column number " + (i + 1) + " does not have default sorting behavior", k);
            }
        }
        return index;
    }

    private static SqlError unusable(String message, Constraint.Key k) {
        return new SqlError(SqlState.WRONG_OBJECT_TYPE, message)
                .detail("Cannot create a primary key or unique constraint using such an index.").at(k.location());
    }

    /** Makes the index the constraint's: its name, what pg_index says of it, and what it depends on. */
    void take(Relation.Index index, String constraintName, int constraint, Constraint.Key k) {
        if (!index.name().equals(constraintName)) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \""
                    + index.name() + "\" to \"" + constraintName + "\""));
            CatalogRow row = context.catalog().row("pg_class", 2662, index.oid()).orElseThrow();
            context.writer().update(row, row.with("relname", Slice.of(constraintName)));
        }
        CatalogRow row = context.catalog().row("pg_index", 2679, index.oid()).orElseThrow();
        context.writer().update(row, row.with("indisprimary", k.primary(), "indimmediate", !k.attributes().deferrable()));
        Dependencies dependencies = new Dependencies(context);
        dependencies.forget(Ref.relation(index.oid()));
        dependencies.internal(Ref.relation(index.oid()), new Ref(Dependencies.CONSTRAINT, constraint, 0));
        context.changed();
    }

    List<String> columns(Relation table, Relation.Index index) {
        return index.columns().subList(0, index.keyColumns()).stream().map(n -> table.column(n).name()).toList();
    }
}
