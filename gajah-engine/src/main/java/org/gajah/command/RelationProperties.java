package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.DefElem;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;

/** What ALTER TABLE sets of a relation as a whole: parameters, persistence, replica identity, clustering, where it lies. */
final class RelationProperties {
    private static final int FIRST_TABLESPACE = 1663;

    private final CommandContext context;

    RelationProperties(CommandContext context) {
        this.context = context;
    }

    private CatalogRow row(int oid) {
        return context.catalog().row("pg_class", 2662, oid).orElseThrow();
    }

    static StorageParameters.Kind parameters(char kind) {
        return kind == 'i' ? StorageParameters.Kind.INDEX : kind == 'v' ? StorageParameters.Kind.VIEW : StorageParameters.Kind.TABLE;
    }

    /** The parameters that a new relation is made with. */
    void create(int oid, List<DefElem> written, char kind) {
        List<String> options = StorageParameters.merged(List.of(), written, parameters(kind));
        if (!options.isEmpty()) {
            CatalogRow row = row(oid);
            refusePartitioned(row.letter("relkind"));
            context.writer().update(row, row.with("reloptions", CatalogValues.texts(options)));
            context.changed();
        }
    }

    private static void refusePartitioned(char kind) {
        if (kind == 'p') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot specify storage parameters for a partitioned table")
                    .hint("Specify storage parameters for its leaf partitions instead.");
        }
    }

    void options(Relation relation, AlterTableCommand.RelationOptions o) {
        refusePartitioned(relation.kind());
        CatalogRow row = row(relation.oid());
        List<String> stored = row.texts("reloptions");
        List<String> options = o.reset() ? StorageParameters.without(stored, o.options())
                : StorageParameters.merged(stored, o.options(), parameters(relation.kind()));
        if (relation.kind() == 'v') {
            ViewCommands.requireCheckable(options, NodeText.readQuery(context.catalog().viewQuery(relation.oid()).orElseThrow(),
                    context.catalog(), context.analysis().types()));
        }
        context.writer().update(row, row.with("reloptions", options.isEmpty() ? null : CatalogValues.texts(options)));
    }

    /** SET LOGGED or UNLOGGED, of the table, its indexes and its own sequences. */
    void persistence(Relation table, boolean logged) {
        if (table.persistence() == 't') {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "cannot change logged status of table \"" + table.name()
                    + "\" because it is temporary").table(IndexCommands.schemaName(table, context), table.name());
        }
        for (Relation.ForeignKey key : logged ? table.foreignKeys() : table.referencedBy()) {
            Relation other = context.catalog().relation(logged ? key.referencedTable() : key.table()).orElseThrow();
            if (other.oid() != table.oid() && (other.persistence() == 'p') != logged) {
                throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "could not change table \"" + table.name() + "\" to "
                        + (logged ? "logged" : "unlogged") + " because it references " + (logged ? "unlogged" : "logged") + " table \""
                        + other.name() + "\"").table(IndexCommands.schemaName(table, context), table.name());
            }
        }
        int letter = logged ? 'p' : 'u';
        set(table.oid(), letter);
        table.indexes().forEach(i -> set(i.oid(), letter));
        for (CatalogRow d : context.catalog().rows("pg_depend", 2674, Dependencies.CLASS, table.oid())) {
            boolean owned = d.number("classid") == Dependencies.CLASS && d.number("refobjsubid") != 0;
            if (owned && context.catalog().relation(d.number("objid")).map(r -> r.kind() == 'S').orElse(false)) {
                set(d.number("objid"), letter);
            }
        }
    }

    private void set(int oid, int letter) {
        CatalogRow row = row(oid);
        context.writer().update(row, row.with("relpersistence", letter));
    }

    void replicaIdentity(Relation table, AlterTableCommand.ReplicaIdentity r) {
        Optional<Relation.Index> chosen = r.index().map(name -> index(table, name));
        chosen.ifPresent(index -> requireIdentity(table, index));
        for (Relation.Index index : table.indexes()) {
            flag(index.oid(), "indisreplident", chosen.isPresent() && chosen.get().oid() == index.oid());
        }
        CatalogRow row = row(table.oid());
        context.writer().update(row, row.with("relreplident", (int) r.letter()));
    }

    private static Relation.Index index(Relation table, String name) {
        return table.indexes().stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow(() -> new SqlError(
                SqlState.UNDEFINED_OBJECT, "index \"" + name + "\" for table \"" + table.name() + "\" does not exist"));
    }

    private static void requireIdentity(Relation table, Relation.Index index) {
        String name = "\"" + index.name() + "\"";
        if (!index.unique()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot use non-unique index " + name + " as replica identity");
        }
        if (!index.immediate()) {
            throw SqlError.notSupported("cannot use non-immediate index " + name + " as replica identity");
        }
        if (index.columns().contains(0)) {
            throw SqlError.notSupported("cannot use expression index " + name + " as replica identity");
        }
        if (index.predicate().isPresent()) {
            throw SqlError.notSupported("cannot use partial index " + name + " as replica identity");
        }
        for (int number : index.columns().subList(0, index.keyColumns())) {
            if (!table.column(number).notNull()) {
                throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "index " + name + " cannot be used as replica identity because column \""
                        + table.column(number).name() + "\" is nullable");
            }
        }
    }

    private void flag(int index, String column, boolean value) {
        CatalogRow row = context.catalog().row("pg_index", 2679, index).orElseThrow();
        if (row.flag(column) != value) {
            context.writer().update(row, row.with(column, value));
            context.changed();
        }
    }

    void clusterOn(Relation table, AlterTableCommand.ClusterOn c) {
        Optional<Relation.Index> chosen = c.index().map(name -> index(table, name));
        if (chosen.isPresent() && chosen.get().predicate().isPresent()) {
            throw SqlError.notSupported("cannot cluster on partial index \"" + chosen.get().name() + "\"");
        }
        for (Relation.Index index : table.indexes()) {
            flag(index.oid(), "indisclustered", chosen.isPresent() && chosen.get().oid() == index.oid());
        }
    }

    void accessMethod(AlterTableCommand.SetAccessMethod m) {
        m.method().ifPresent(RelationProperties::requireHeap);
    }

    static void requireHeap(String method) {
        if (!method.equals("heap")) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "access method \"" + method + "\" does not exist");
        }
    }

    /** There is one place for everything; PostgreSQL's two tablespaces are names of it. */
    void requireTablespace(String name) {
        int oid = context.catalog().row("pg_tablespace", 2698, Slice.of(name)).map(r -> r.number("oid")).orElseThrow(
                () -> new SqlError(SqlState.UNDEFINED_OBJECT, "tablespace \"" + name + "\" does not exist"));
        if (oid != FIRST_TABLESPACE) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "only shared relations can be placed in pg_global tablespace");
        }
    }
}
