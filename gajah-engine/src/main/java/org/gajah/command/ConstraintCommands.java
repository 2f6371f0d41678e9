package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.Constraint;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.catalog.Relation;
import org.gajah.sysfunc.RegNames;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Oids;

/** PRIMARY KEY, UNIQUE, CHECK, NOT NULL and FOREIGN KEY: their rows in pg_constraint and the indexes behind them. */
final class ConstraintCommands {
    private final CommandContext context;

    ConstraintCommands(CommandContext context) {
        this.context = context;
    }

    /**
     * Adds a constraint to a table.
     *
     * @param columns the column a column constraint stands at; none for a table constraint
     * @param created whether the table is being created, so that no row has to be checked
     */
    void add(int table, Constraint constraint, List<String> columns, boolean created) {
        boolean foreign = table(table).kind() == 'f';
        if (foreign) {
            ForeignTables.requireAllowed(constraint);
        }
        boolean isNew = created || foreign;
        switch (constraint) {
            case Constraint.Key k -> addKey(table, k, columns.isEmpty() ? k.columns() : columns, isNew);
            case Constraint.Check c -> addCheck(table, c, columns, isNew);
            case Constraint.ForeignKey f -> addForeignKey(table, f, columns.isEmpty() ? f.columns() : columns, isNew);
            case Constraint.Exclusion e -> throw SqlError.notSupported("exclusion constraints are not supported");
            case Constraint.NotNull n -> addNotNull(table, n, columns.isEmpty() ? n.column().orElseThrow() : columns.getFirst());
            case Constraint.Null n -> { }
            case Constraint.Default d -> { }
            case Constraint.Identity i -> { }
            case Constraint.Generated g -> { }
        }
    }

    private Relation table(int oid) {
        return context.catalog().relation(oid).orElseThrow();
    }

    /** A name for a constraint that has none: as PostgreSQL chooses it. */
    private String name(Optional<String> written, Relation table, String columns, String label) {
        if (written.isPresent()) {
            requireFree(written.get(), table);
            return written.get();
        }
        return Names63.choose(table.name(), columns, label, n -> isTaken(n, table));
    }

    private boolean isTaken(String name, Relation table) {
        return !context.catalog().rows("pg_constraint", 2664, Slice.of(name), table.namespace()).isEmpty()
                || context.catalog().relation(name, table.namespace()).isPresent();
    }

    private boolean isCheck(String name, Relation table) {
        return context.catalog().rows("pg_constraint", 2665, table.oid(), 0, Slice.of(name)).stream().anyMatch(r -> r.letter("contype") == 'c');
    }

    private void requireFree(String name, Relation table) {
        if (!context.catalog().rows("pg_constraint", 2665, table.oid(), 0, Slice.of(name)).isEmpty()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT,
                    "constraint \"" + name + "\" for relation \"" + table.name() + "\" already exists");
        }
    }

    private CatalogValues row(int oid, String name, Relation table, char type, Constraint.Attributes attributes) {
        return new CatalogValues("pg_constraint").set("oid", oid).set("conname", name).set("connamespace", table.namespace())
                .set("contype", type).set("condeferrable", attributes.deferrable()).set("condeferred", attributes.initiallyDeferred())
                .set("conenforced", attributes.enforced()).set("convalidated", !attributes.notValid() && attributes.enforced())
                .set("conrelid", table.oid())
                .set("connoinherit", attributes.noInherit()).set("confupdtype", ' ').set("confdeltype", ' ').set("confmatchtype", ' ')
                .zero("contypid", "conindid", "conparentid", "confrelid", "coninhcount").yes("conislocal").no("conperiod");
    }

    private void addKey(int tableOid, Constraint.Key k, List<String> columns, boolean isNew) {
        if (k.withoutOverlaps()) {
            throw SqlError.notSupported("WITHOUT OVERLAPS is not supported");
        }
        Relation table = table(tableOid);
        if (k.usingIndex().isPresent() && table.kind() == 'p') {
            throw SqlError.notSupported("ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables");
        }
        if (k.usingIndex().isPresent()) {
            addKeyFromIndex(tableOid, k);
            return;
        }
        boolean second = k.primary() && table.indexes().stream().anyMatch(Relation.Index::primary);
        if (second) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "multiple primary keys for table \"" + table.name() + "\" are not allowed")
                    .at(isNew ? k.location() : 0);
        }
        IndexCommands indexes = new IndexCommands(context);
        List<IndexCommands.Key> keys = new ArrayList<>();
        boolean virtual = !k.primary() && columns.stream().anyMatch(c -> table.column(c).map(x -> x.generated() == 'v').orElse(false));
        if (virtual) {
            throw SqlError.notSupported("unique constraints on virtual generated columns are not supported");
        }
        for (String column : columns) {
            Relation.Column c = table.column(column).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                    "column \"" + column + "\" named in key does not exist").at(k.location()));
            if (keys.stream().anyMatch(key -> key.column() == c.number())) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + column + "\" appears twice in "
                        + (k.primary() ? "primary key" : "unique") + " constraint").at(k.location());
            }
            keys.add(indexes.plain(c));
        }
        if (k.primary()) {
            columns.forEach(c -> requireKeyColumn(table, c));
        }
        List<Integer> including = k.including().stream().map(c -> IndexCommands.column(table, c).number()).toList();
        String name = k.primary() ? name(k.name(), table, "", "pkey") : name(k.name(), table, String.join("_", columns), "key");
        if (k.name().isPresent() && context.catalog().relation(name, table.namespace()).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
        }
        int oid = context.newOid();
        int index = indexes.make(table(tableOid), new IndexCommands.Definition(name, true, k.nullsNotDistinct(), k.primary(),
                !k.attributes().deferrable(), keys, including, Optional.empty()), oid);
        List<Integer> numbers = keys.stream().map(IndexCommands.Key::column).toList();
        context.writer().insert("pg_constraint", row(oid, name, table, k.primary() ? 'p' : 'u', k.attributes()).set("conindid", index)
                .set("connoinherit", true).set("conkey", CatalogValues.array(Oids.INT2, numbers)).row());
        numbers.forEach(n -> new Dependencies(context).automatic(new Dependencies.Ref(Dependencies.CONSTRAINT, oid, 0),
                Dependencies.Ref.column(tableOid, n)));
        context.changed();
        if (table.kind() == 'p') {
            new PartitionedIndexes(context).spread(index);
        }
    }

    /** The key of a partition that is a part of one of the table above, {@code like}. */
    void addKeyRow(int oid, String name, Relation table, CatalogRow like, int index, List<Integer> numbers) {
        Constraint.Attributes attributes = new Constraint.Attributes(like.flag("condeferrable"), like.flag("condeferred"), true, false, false);
        if (like.letter("contype") == 'p') {
            numbers.forEach(n -> addNotNull(table.oid(), table.column(n).name()));
        }
        context.writer().insert("pg_constraint", row(oid, name, table, like.letter("contype"), attributes).set("conindid", index)
                .set("connoinherit", false).set("conkey", CatalogValues.array(Oids.INT2, numbers)).row());
        numbers.forEach(n -> new Dependencies(context).automatic(new Dependencies.Ref(Dependencies.CONSTRAINT, oid, 0),
                Dependencies.Ref.column(table.oid(), n)));
        context.changed();
    }

    /** A column of a primary key is not null, in all partitions too. */
    private void requireKeyColumn(Relation table, String column) {
        if (table.kind() == 'p' && table.inheritance().hasChildren()) {
            new AlterRecursion(context, new AlterTableCommands(context)).apply(table, new AlterTableCommand.ColumnNotNull(column, true), true);
        } else {
            addNotNull(table.oid(), column);
        }
    }

    private void addKeyFromIndex(int tableOid, Constraint.Key k) {
        KeyFromIndex from = new KeyFromIndex(context);
        Relation.Index index = from.find(table(tableOid), k);
        boolean second = k.primary() && table(tableOid).indexes().stream().anyMatch(Relation.Index::primary);
        if (second) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "multiple primary keys for table \"" + table(tableOid).name()
                    + "\" are not allowed").at(k.location());
        }
        if (k.primary()) {
            from.columns(table(tableOid), index).forEach(c -> addNotNull(tableOid, c));
        }
        Relation table = table(tableOid);
        k.name().ifPresent(n -> requireFree(n, table));
        String name = k.name().orElse(index.name());
        int oid = context.newOid();
        List<Integer> numbers = index.columns().subList(0, index.keyColumns());
        context.writer().insert("pg_constraint", row(oid, name, table, k.primary() ? 'p' : 'u', k.attributes()).set("conindid", index.oid())
                .set("connoinherit", true).set("conkey", CatalogValues.array(Oids.INT2, numbers)).row());
        numbers.forEach(n -> new Dependencies(context).automatic(new Dependencies.Ref(Dependencies.CONSTRAINT, oid, 0),
                Dependencies.Ref.column(tableOid, n)));
        from.take(index, name, oid, k);
        context.changed();
    }

    /** The not-null constraint that a primary key, an identity or serial brings, unless the column has one. */
    void addNotNull(int table, String column) {
        Relation relation = table(table);
        int number = IndexCommands.column(relation, column).number();
        boolean there = context.catalog().rows("pg_constraint", 2665, table).stream()
                .anyMatch(r -> r.letter("contype") == 'n' && r.numbers("conkey").equals(List.of(number)));
        if (there) {
            requireNotNull(table, column);
        } else {
            addNotNull(table, new Constraint.NotNull(Optional.empty(), Optional.of(column), Constraint.Attributes.NONE, 0), column);
        }
    }

    private void addNotNull(int table, Constraint.NotNull n, String column) {
        Relation relation = table(table);
        Relation.Column c = IndexCommands.column(relation, column);
        boolean known = new ConstraintChange(context).isThere(relation, c, context.catalog().rows("pg_constraint", 2665, table), n.name(),
                n.attributes().noInherit(), n.attributes().notValid());
        if (!known) {
            String name = name(n.name(), relation, column, "not_null");
            int oid = context.newOid();
            context.writer().insert("pg_constraint", row(oid, name, relation, 'n', n.attributes())
                    .set("conkey", CatalogValues.array(Oids.INT2, List.of(c.number()))).row());
            new Dependencies(context).automatic(new Dependencies.Ref(Dependencies.CONSTRAINT, oid, 0), Dependencies.Ref.column(table, c.number()));
        }
        if (n.attributes().notValid()) {
            CatalogRow row = context.catalog().row("pg_attribute", 2659, table, c.number()).orElseThrow();
            context.writer().update(row, row.with("attnotnull", true));
        } else {
            requireNotNull(table, column);
        }
        context.changed();
    }

    /** Marks a column as not null; the caller has made sure that no row is. */
    void requireNotNull(int table, String column) {
        Relation.Column c = IndexCommands.column(table(table), column);
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table, c.number()).orElseThrow();
        if (!row.flag("attnotnull")) {
            if (table(table).kind() != 'f') {
                new RowChecks(context).requireNoNulls(table(table), c);
            }
            context.writer().update(row, row.with("attnotnull", true));
            context.changed();
        }
    }

    private void addCheck(int tableOid, Constraint.Check c, List<String> columns, boolean isNew) {
        Relation table = table(tableOid);
        Expr condition = Definitions.check(c.expression(), table, context.analysis());
        TreeSet<Integer> numbers = new TreeSet<>();
        Exprs.any(condition, e -> e instanceof Expr.Var v && v.attribute() > 0 && numbers.add(v.attribute()) && v.attribute() < 0);
        String label = columns.size() == 1 ? columns.getFirst() : numbers.size() == 1 ? table.column(numbers.first()).name() : "";
        if (isNew && c.name().filter(n -> isCheck(n, table)).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "check constraint \"" + c.name().get() + "\" already exists");
        }
        String name = name(c.name(), table, label, "check");
        if (!isNew && c.attributes().enforced() && !c.attributes().notValid()) {
            new RowChecks(context).requireTrue(table, condition, name);
        }
        int oid = context.newOid();
        context.writer().insert("pg_constraint", row(oid, name, table, 'c', c.attributes())
                .set("conkey", CatalogValues.array(Oids.INT2, List.copyOf(numbers)))
                .set("conbin", NodeText.write(condition, context.catalog(), context.analysis().types())).row());
        Dependencies dependencies = new Dependencies(context);
        Dependencies.Ref self = new Dependencies.Ref(Dependencies.CONSTRAINT, oid, 0);
        numbers.forEach(n -> dependencies.automatic(self, Dependencies.Ref.column(tableOid, n)));
        if (numbers.isEmpty()) {
            dependencies.automatic(self, Dependencies.Ref.relation(tableOid));
        }
        dependencies.ofExpression(self, condition, tableOid);
        CatalogRow relation = context.catalog().row("pg_class", 2662, tableOid).orElseThrow();
        context.writer().update(relation, relation.with("relchecks", relation.number("relchecks") + 1));
        context.changed();
    }

    /** Adds a foreign key from these columns. */
    void addForeignKey(int tableOid, Constraint.ForeignKey f, List<String> columns, boolean isNew) {
        if (f.period() || f.referencesPeriod()) {
            throw SqlError.notSupported("foreign keys with PERIOD are not supported");
        }
        Relation target = new ObjectLookup(context).relation(f.relation());
        requirePersistence(table(tableOid).persistence(), target.persistence());
        context.lockRelation(target.oid(), LockMode.SHARE_ROW_EXCLUSIVE);
        Relation table = table(tableOid);
        List<Integer> own = columns.stream().map(c -> table.column(c).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                "column \"" + c + "\" referenced in foreign key constraint does not exist"))).map(Relation.Column::number).toList();
        Relation.Index index = targetIndex(target, f);
        if (own.stream().anyMatch(n -> table.column(n).generated() == 'v')) {
            throw SqlError.notSupported("foreign key constraints on virtual generated columns are not supported");
        }
        List<Integer> referenced = f.references().isEmpty() ? index.columns().subList(0, index.keyColumns())
                : f.references().stream().map(c -> IndexCommands.column(target, c).number()).toList();
        if (own.size() != referenced.size()) {
            throw new SqlError(SqlState.INVALID_FOREIGN_KEY,
                    "number of referencing and referenced columns for foreign key disagree");
        }
        String name = name(f.name(), table, String.join("_", columns), "fkey");
        List<Integer> equality = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            equality.add(equality(table, own.get(i), target, referenced.get(i), index, name));
        }
        int oid = context.newOid();
        List<Integer> setColumns = f.onDelete().columns().stream().map(c -> IndexCommands.column(table, c).number()).toList();
        context.writer().insert("pg_constraint", row(oid, name, table, 'f', f.attributes()).set("conindid", index.oid())
                .set("connoinherit", true).set("confrelid", target.oid()).set("confupdtype", action(f.onUpdate().kind()))
                .set("confdeltype", action(f.onDelete().kind())).set("confmatchtype", match(f.match()))
                .set("conkey", CatalogValues.array(Oids.INT2, own)).set("confkey", CatalogValues.array(Oids.INT2, referenced))
                .set("conpfeqop", CatalogValues.array(Oids.OID, equality)).set("conppeqop", CatalogValues.array(Oids.OID, equality))
                .set("conffeqop", CatalogValues.array(Oids.OID, equality))
                .set("confdelsetcols", setColumns.isEmpty() ? null : CatalogValues.array(Oids.INT2, setColumns)).row());
        Dependencies dependencies = new Dependencies(context);
        Dependencies.Ref self = new Dependencies.Ref(Dependencies.CONSTRAINT, oid, 0);
        own.forEach(n -> dependencies.automatic(self, Dependencies.Ref.column(tableOid, n)));
        referenced.forEach(n -> dependencies.normal(self, Dependencies.Ref.column(target.oid(), n)));
        dependencies.normal(self, Dependencies.Ref.relation(index.oid()));
        markTriggers(table.oid());
        markTriggers(target.oid());
        context.changed();
        if (!isNew && f.attributes().enforced() && !f.attributes().notValid()) {
            new RowChecks(context).requireReferences(table(tableOid), oid);
        }
        new PartitionedForeignKeys(context).spread(oid, isNew);
    }

    private static void requirePersistence(char own, char target) {
        String rule = own == 'p' && target != 'p' ? "constraints on permanent tables may reference only permanent tables"
                : own == 'u' && target == 't' ? "constraints on unlogged tables may reference only permanent or unlogged tables"
                : own == 't' && target != 't' ? "constraints on temporary tables may reference only temporary tables" : "";
        if (!rule.isEmpty()) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, rule);
        }
    }

    /** PostgreSQL checks foreign keys by triggers, and clients look for relhastriggers. */
    private void markTriggers(int relation) {
        CatalogRow row = context.catalog().row("pg_class", 2662, relation).orElseThrow();
        if (!row.flag("relhastriggers")) {
            context.writer().update(row, row.with("relhastriggers", true));
            context.changed();
        }
    }

    private Relation.Index targetIndex(Relation target, Constraint.ForeignKey f) {
        if (target.kind() != 'r' && target.kind() != 'p') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "referenced relation \"" + target.name() + "\" is not a table");
        }
        if (f.references().isEmpty()) {
            return target.indexes().stream().filter(Relation.Index::primary).findFirst().orElseThrow(() -> new SqlError(
                    SqlState.UNDEFINED_OBJECT, "there is no primary key for referenced table \"" + target.name() + "\""));
        }
        List<Integer> wanted = f.references().stream().map(c -> target.column(c).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                "column \"" + c + "\" referenced in foreign key constraint does not exist"))).map(Relation.Column::number).sorted().toList();
        return target.indexes().stream().filter(i -> i.unique() && i.predicate().isEmpty() && !i.columns().contains(0)
                && i.columns().subList(0, i.keyColumns()).stream().sorted().toList().equals(wanted)).findFirst()
                .orElseThrow(() -> new SqlError(SqlState.INVALID_FOREIGN_KEY,
                        "there is no unique constraint matching given keys for referenced table \"" + target.name() + "\""));
    }

    private int equality(Relation table, int own, Relation target, int referenced, Relation.Index index, String name) {
        int place = index.columns().indexOf(referenced);
        OperatorClassRow operators = context.catalog().operatorClass(index.operatorClasses().get(place)).orElseThrow();
        int type = table.column(own).type();
        int operator = context.catalog().familyOperator(operators.family(), operators.inputType(), type, 3);
        if (operator == 0) {
            operator = context.catalog().familyOperator(operators.family(), operators.inputType(), operators.inputType(), 3);
            boolean same = target.column(referenced).type() == type || type == Oids.VARCHAR && operators.inputType() == Oids.TEXT;
            if (!same) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "foreign key constraint \"" + name + "\" cannot be implemented")
                        .detail("Key columns \"" + table.column(own).name() + "\" of the referencing table and \""
                                + target.column(referenced).name() + "\" of the referenced table are of incompatible types: "
                                + typeName(type) + " and " + typeName(target.column(referenced).type()) + ".");
            }
        }
        return operator;
    }

    private String typeName(int type) {
        return RegNames.typeName(type, -1, context.analysis());
    }

    private static char action(Constraint.ActionKind kind) {
        return switch (kind) {
            case NO_ACTION -> 'a';
            case RESTRICT -> 'r';
            case CASCADE -> 'c';
            case SET_NULL -> 'n';
            case SET_DEFAULT -> 'd';
        };
    }

    private static char match(Constraint.Match match) {
        return switch (match) {
            case SIMPLE -> 's';
            case FULL -> 'f';
            case PARTIAL -> throw SqlError.notSupported("MATCH PARTIAL not yet implemented");
        };
    }
}
