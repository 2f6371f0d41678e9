package org.gajah.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Constraint;
import org.gajah.ast.OnCommit;
import org.gajah.ast.TableElement;
import org.gajah.ast.TableStatement.CreateTable;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.PartitionBound;
import org.gajah.catalog.Relation;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.txn.lock.LockMode;

/** CREATE TABLE: columns first, then the storage, then defaults, sequences and constraints on what is there. */
final class TableCommands {
    private static final int HEAP = 2;
    private static final int MAX_COLUMNS = 1600;

    private final CommandContext context;

    TableCommands(CommandContext context) {
        this.context = context;
    }

    /** A column with what its definition says beyond its type. */
    private record Column(ColumnDef definition, NewColumn made, boolean serial) {
    }

    String create(CreateTable statement) {
        context.requireWritable("CREATE TABLE");
        make(statement, statement.partitionBy().isPresent() ? 'p' : 'r');
        return "CREATE TABLE";
    }

    /** Makes a table or, of kind {@code f}, the part of a foreign table that is like one; empty if there is one already and that may be. */
    Optional<Integer> make(CreateTable statement, char kind) {
        refuse(statement);
        statement.tablespace().ifPresent(new RelationProperties(context)::requireTablespace);
        Namespaces namespaces = new Namespaces(context);
        int namespace = namespaces.forNewTable(statement.relation(), statement.persistence());
        String name = statement.relation().relation();
        if (context.catalog().relation(name, namespace).isPresent() && statement.ifNotExists()) {
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists, skipping"));
            return Optional.empty();
        }
        TableLike like = new TableLike(context);
        char persistence = namespaces.isTemporary(namespace) ? 't' : NewRelation.persistence(statement.persistence());
        if (kind == 'p' && persistence == 'u') {
            throw SqlError.notSupported("partitioned tables cannot be unlogged");
        }
        PartitionCreation partitions = new PartitionCreation(context);
        Optional<Relation> parent = statement.bound().map(b -> partitions.parent(statement, persistence));
        List<TableElement> elements = parent.isPresent() ? partitions.elements(parent.get(), statement.elements(), name) : statement.ofType().isPresent() ? new TypedTable(context).expand(statement.ofType().get(), statement.elements())
                : like.expand(statement.elements());
        elements.stream().filter(ColumnDef.class::isInstance).forEach(e -> ColumnDefinitions.requireConsistent((ColumnDef) e, name));
        List<Column> columns = columns(elements);
        requireTemporary(statement.onCommit(), namespaces.isTemporary(namespace));
        int oid = new RelationCreation(context).create(new NewRelation(name, namespace, kind, persistence, kind == 'r' ? HEAP : 0,
                columns.stream().map(Column::made).toList()));
        Relation table = context.catalog().relation(oid).orElseThrow();
        if (kind == 'r') {
            context.storage().createTable(context.transaction(), context.storageId(table.storageId(), false),
                    Layouts.of(table, context.catalog()));
        }
        context.lockRelation(oid, LockMode.ACCESS_EXCLUSIVE);
        for (int i = 0; i < columns.size(); i++) {
            fill(oid, i + 1, columns.get(i));
        }
        statement.partitionBy().ifPresent(spec -> new PartitionKeys(context).write(context.catalog().relation(oid).orElseThrow(), spec));
        Optional<PartitionBound> bound = parent.map(p -> bound(p, statement));
        new RelationProperties(context).create(oid, statement.options(), 'r');
        onCommit(oid, statement.onCommit());
        constraints(oid, elements);
        like.finish(oid);
        bound.ifPresent(b -> partitions.become(parent.get().oid(), oid, b, () -> { }));
        statement.ofType().ifPresent(type -> new TypedTable(context).bind(oid, type));
        return Optional.of(oid);
    }

    static void requireTemporary(OnCommit action, boolean temporary) {
        if (action != OnCommit.NOOP && !temporary) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "ON COMMIT can only be used on temporary tables");
        }
    }

    void onCommit(int table, OnCommit action) {
        if (action == OnCommit.DROP || action == OnCommit.DELETE_ROWS) {
            context.onCommit(table, action);
        }
    }

    private static void refuse(CreateTable statement) {
        if (!statement.parents().isEmpty() && statement.bound().isEmpty()) {
            throw SqlError.notSupported("table inheritance is not supported");
        }
        statement.accessMethod().ifPresent(RelationProperties::requireHeap);
    }

    private PartitionBound bound(Relation parent, CreateTable statement) {
        PartitionBounds bounds = new PartitionBounds(context, parent);
        PartitionBound bound = bounds.read(statement.bound().orElseThrow(), statement.relation().relation());
        bounds.requireFree(bound, statement.bound().get(), statement.relation().relation());
        return bound;
    }

    private List<Column> columns(List<TableElement> elements) {
        List<Column> columns = new ArrayList<>();
        Set<String> primary = primaryColumns(elements);
        for (TableElement element : elements) {
            if (element instanceof ColumnDef definition) {
                if (columns.stream().anyMatch(c -> c.definition.name().equals(definition.name()))) {
                    throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + definition.name() + "\" specified more than once");
                }
                columns.add(column(definition, primary.contains(definition.name()), elements));
            }
        }
        if (columns.size() > MAX_COLUMNS) {
            throw new SqlError(SqlState.TOO_MANY_COLUMNS, "tables can have at most " + MAX_COLUMNS + " columns");
        }
        return columns;
    }

    private static Set<String> primaryColumns(List<TableElement> elements) {
        Set<String> names = new HashSet<>();
        for (TableElement element : elements) {
            if (element instanceof Constraint.Key k && k.primary()) {
                names.addAll(k.columns());
            }
        }
        return names;
    }

    private Column column(ColumnDef definition, boolean primary, List<TableElement> elements) {
        boolean tableNotNull = elements.stream().anyMatch(e -> e instanceof Constraint.NotNull n
                && n.column().equals(Optional.of(definition.name())));
        ColumnDefinitions definitions = new ColumnDefinitions(context);
        NewColumn made = definitions.column(definition, primary || tableNotNull);
        return new Column(definition, made, ColumnDefinitions.isSerial(definition));
    }

    private void fill(int table, int number, Column column) {
        new ColumnDefinitions(context).fill(table, number, column.definition);
    }

    private void constraints(int table, List<TableElement> elements) {
        ConstraintCommands constraints = new ConstraintCommands(context);
        List<Constraint.ForeignKey> foreign = new ArrayList<>();
        List<List<String>> foreignColumns = new ArrayList<>();
        List<String> implied = new ArrayList<>();
        elements.stream().filter(e -> e instanceof ColumnDef c && ColumnDefinitions.isSerial(c)).forEach(e -> implied.add(((ColumnDef) e).name()));
        for (TableElement element : elements) {
            switch (element) {
                case ColumnDef c -> c.constraints().forEach(k -> {
                    if (k instanceof Constraint.Identity) {
                        implied.add(c.name());
                    }
                    if (k instanceof Constraint.ForeignKey f) {
                        foreign.add(f);
                        foreignColumns.add(List.of(c.name()));
                    } else {
                        constraints.add(table, k, List.of(c.name()), true);
                    }
                });
                case Constraint.ForeignKey f -> {
                    foreign.add(f);
                    foreignColumns.add(f.columns());
                }
                case Constraint k -> constraints.add(table, k, List.of(), true);
                case TableElement.TableLikeClause l -> throw new IllegalStateException("LIKE is expanded");
            }
        }
        implied.forEach(c -> constraints.addNotNull(table, c));
        for (int i = 0; i < foreign.size(); i++) {
            constraints.addForeignKey(table, foreign.get(i), foreignColumns.get(i), true);
        }
    }
}
