package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;

/** The indexes and keys of partitioned tables: each has one like it on every partition, which belongs to it. */
final class PartitionedIndexes {
    private final CommandContext context;

    PartitionedIndexes(CommandContext context) {
        this.context = context;
    }

    /** 0A000 unless a unique index has all of the partition key: no index sees the rows of two partitions. */
    static void requireKey(Relation table, IndexCommands.Definition d, CommandContext context) {
        if (table.kind() != 'p' || !d.unique()) {
            return;
        }
        String what = d.primary() ? "PRIMARY KEY" : "UNIQUE";
        PartitionKey key = table.inheritance().key().orElseThrow();
        for (int number : key.columns()) {
            if (number == 0) {
                throw SqlError.notSupported("unsupported " + what + " constraint with partition key definition")
                        .detail(what + " constraints cannot be used when partition keys include expressions.");
            }
            if (d.keys().stream().noneMatch(k -> k.column() == number)) {
                throw SqlError.notSupported("unique constraint on partitioned table must include all partitioning columns")
                        .detail(what + " constraint on table \"" + table.name() + "\" lacks column \"" + table.column(number).name()
                                + "\" which is part of the partition key.");
            }
        }
    }

    /** Gives every partition of an index's table an index like it, or takes one that is there. */
    void spread(int index) {
        Relation table = tableOf(index);
        for (int child : context.catalog().children(table.oid())) {
            give(index, child);
        }
    }

    private Relation tableOf(int index) {
        int table = context.catalog().row("pg_index", 2679, index).orElseThrow().number("indrelid");
        return context.catalog().relation(table).orElseThrow();
    }

    /** Gives a new partition indexes like its parent's. */
    void give(Relation parent, int partition) {
        for (Relation.Index index : parent.indexes()) {
            give(index.oid(), partition);
        }
    }

    private void give(int index, int partition) {
        Relation table = tableOf(index);
        Relation.Index definition = find(table, index);
        Relation child = context.catalog().relation(partition).orElseThrow();
        if (child.kind() == 'f') {
            if (definition.unique()) {
                throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot create unique index on partitioned table \"" + table.name() + "\"")
                        .detail("Table \"" + table.name() + "\" contains partitions that are foreign tables.");
            }
            return;
        }
        Optional<CatalogRow> constraint = constraint(table, index);
        for (Relation.Index candidate : child.indexes()) {
            if (context.catalog().parents(candidate.oid()).isEmpty() && matches(table, definition, child, candidate)
                    && constraint.isPresent() == constraint(child, candidate.oid()).isPresent()) {
                attach(index, candidate.oid());
                return;
            }
        }
        create(table, definition, constraint, child);
    }

    static Relation.Index find(Relation table, int oid) {
        return table.indexes().stream().filter(i -> i.oid() == oid).findFirst().orElseThrow();
    }

    /** The key that an index belongs to. */
    Optional<CatalogRow> constraint(Relation table, int index) {
        return context.catalog().rows("pg_constraint", 2665, table.oid()).stream()
                .filter(r -> r.number("conindid") == index && "pux".indexOf(r.letter("contype")) >= 0).findFirst();
    }

    private void create(Relation table, Relation.Index index, Optional<CatalogRow> constraint, Relation child) {
        IndexCommands indexes = new IndexCommands(context);
        IndexCommands.Definition d = definition(table, index, child, "");
        StringBuilder names = new StringBuilder();
        d.keys().forEach(k -> names.append(names.isEmpty() ? "" : "_").append(k.name()));
        String label = constraint.isEmpty() ? "idx" : constraint.get().letter("contype") == 'p' ? "pkey" : "key";
        String name = Names63.choose(child.name(), label.equals("pkey") ? "" : names.toString(), label, n -> indexes.isTaken(n, child.namespace()));
        int oid = constraint.isEmpty() ? 0 : context.newOid();
        int made = indexes.make(child, new IndexCommands.Definition(name, d.unique(), d.nullsNotDistinct(), d.primary(), d.immediate(), d.keys(),
                d.including(), d.predicate()), oid);
        constraint.ifPresent(row -> new ConstraintCommands(context).addKeyRow(oid, name, child, row, made,
                d.keys().stream().map(IndexCommands.Key::column).toList()));
        attach(index.oid(), made);
        spread(made);
    }

    /** An index as one of another table with columns of the same names. */
    private IndexCommands.Definition definition(Relation table, Relation.Index index, Relation child, String name) {
        Map<Integer, Integer> numbers = table.numbersIn(child);
        Relation itself = context.catalog().relation(index.oid()).orElseThrow();
        List<IndexCommands.Key> keys = new ArrayList<>();
        int expression = 0;
        for (int i = 0; i < index.keyColumns(); i++) {
            int number = index.columns().get(i);
            Relation.Column c = itself.columns().get(i);
            Optional<Expr> expr = number != 0 ? Optional.empty() : Optional.of(renumbered(index.expressions().get(expression++), numbers));
            keys.add(new IndexCommands.Key(number == 0 ? 0 : numbers.get(number), expr, number == 0 ? c.name() : table.column(number).name(), c.type(),
                    index.collations().get(i), index.operatorClasses().get(i), index.descending().get(i), index.nullsFirst().get(i)));
        }
        List<Integer> including = index.columns().subList(index.keyColumns(), index.columns().size()).stream().map(numbers::get).toList();
        return new IndexCommands.Definition(name, index.unique(), index.nullsNotDistinct(), index.primary(), index.immediate(), keys, including,
                index.predicate().map(p -> renumbered(p, numbers)));
    }

    private Expr renumbered(String stored, Map<Integer, Integer> numbers) {
        return renumbered(NodeText.readExpr(stored, context.catalog(), context.analysis().types()), numbers);
    }

    /** An expression over one table's columns, over those of another. */
    static Expr renumbered(Expr e, Map<Integer, Integer> numbers) {
        if (e instanceof Expr.Var v && v.attribute() > 0) {
            return new Expr.Var(v.rangeIndex(), numbers.get(v.attribute()), v.type(), v.typmod(), v.collation(), v.levelsUp(), v.location());
        }
        return Exprs.mapChildren(e, child -> renumbered(child, numbers));
    }

    /** Whether an index of a partition is what one of the table asks for. */
    boolean matches(Relation table, Relation.Index index, Relation child, Relation.Index candidate) {
        Map<Integer, Integer> numbers = table.numbersIn(child);
        List<Integer> columns = index.columns().stream().map(n -> n == 0 ? 0 : numbers.get(n)).toList();
        return candidate.valid() && candidate.unique() == index.unique() && candidate.nullsNotDistinct() == index.nullsNotDistinct()
                && candidate.keyColumns() == index.keyColumns() && candidate.columns().equals(columns) && candidate.method() == index.method()
                && candidate.operatorClasses().equals(index.operatorClasses()) && candidate.collations().equals(index.collations())
                && expressions(index.expressions(), numbers).equals(expressions(candidate.expressions(), Map.of()))
                && expressions(index.predicate().stream().toList(), numbers).equals(expressions(candidate.predicate().stream().toList(), Map.of()));
    }

    private List<Expr> expressions(List<String> stored, Map<Integer, Integer> numbers) {
        return stored.stream().map(t -> NodeText.readExpr(t, context.catalog(), context.analysis().types()))
                .map(e -> Exprs.unlocated(numbers.isEmpty() ? e : renumbered(e, numbers))).toList();
    }

    /** Makes an index of a partition a part of one of the table above, and its key of that one's. */
    void attach(int parent, int child) {
        Relation above = context.catalog().relation(parent).orElseThrow();
        Relation table = tableOf(child);
        new PartitionCreation(context).link(above, child, false);
        CatalogRow row = context.catalog().row("pg_class", 2662, child).orElseThrow();
        context.writer().update(row, row.with("relispartition", true));
        Dependencies dependencies = new Dependencies(context);
        dependencies.partition(Ref.relation(child), Ref.relation(parent), Ref.relation(table.oid()));
        Optional<CatalogRow> own = constraint(table, child);
        Optional<CatalogRow> inherited = constraint(tableOf(parent), parent);
        if (own.isPresent() && inherited.isPresent()) {
            context.writer().update(own.get(), own.get().with("conparentid", inherited.get().number("oid"), "conislocal", false, "coninhcount",
                    own.get().number("coninhcount") + 1));
            dependencies.partition(new Ref(Dependencies.CONSTRAINT, own.get().number("oid"), 0),
                    new Ref(Dependencies.CONSTRAINT, inherited.get().number("oid"), 0), Ref.relation(table.oid()));
        }
        context.changed();
    }

    /** Makes an index of a partition its own again. */
    void detach(int child) {
        for (CatalogRow row : context.catalog().rows("pg_inherits", 2680, child)) {
            context.writer().delete(row);
        }
        CatalogRow row = context.catalog().row("pg_class", 2662, child).orElseThrow();
        context.writer().update(row, row.with("relispartition", false));
        new Dependencies(context).forgetPartition(Ref.relation(child));
        constraint(tableOf(child), child).ifPresent(own -> {
            context.writer().update(own, own.with("conparentid", 0, "conislocal", true, "coninhcount", Math.max(0, own.number("coninhcount") - 1)));
            new Dependencies(context).forgetPartition(new Ref(Dependencies.CONSTRAINT, own.number("oid"), 0));
        });
        context.changed();
    }

    /** Sets pg_index.indisvalid. */
    void setValid(int index, boolean valid) {
        CatalogRow row = context.catalog().row("pg_index", 2679, index).orElseThrow();
        if (row.flag("indisvalid") != valid) {
            context.writer().update(row, row.with("indisvalid", valid));
            context.changed();
        }
    }

    /** Whether each partition of an index's table has its part: only then is the index valid. */
    boolean isComplete(int index) {
        TreeSet<Integer> tables = new TreeSet<>();
        context.catalog().children(index).forEach(i -> tables.add(tableOf(i).oid()));
        return context.catalog().children(tableOf(index).oid()).stream().allMatch(tables::contains);
    }
}
