package org.gajah.exec;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

import org.gajah.analyze.Expr;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.PartitionDescriptor;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.PlainContext;
import org.gajah.catalog.Relation;
import org.gajah.func.PartitionHash;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** One partitioned table: the keys of rows, and which of its partitions takes them. */
final class PartitionLevel {
    private final Relation table;
    private final PartitionDescriptor partitions;
    private final IndexKeys keys;
    private final int[] types;
    private final TypeContext typeContext;
    private final IntFunction<Carrier> carriers;
    private final ByteSink encoded = new ByteSink();

    PartitionLevel(CompileContext context, Frame frame, Relation table) {
        this.table = table;
        this.carriers = context::carrier;
        this.partitions = context.catalog().partitions(table);
        Relation.Index index = partitions.key().asIndex(table);
        this.types = IndexKeys.keyExpressions(context, table, index).stream().mapToInt(Expr::type).toArray();
        this.keys = IndexKeys.of(context, frame, table, index);
        this.typeContext = PlainContext.INSTANCE;
    }

    Relation table() {
        return table;
    }

    List<Relation> partitions() {
        return partitions.partitions();
    }

    int number(int oid) {
        return partitions.number(oid).orElse(-1);
    }

    /** For each selected row of the table the number of its partition, or -1; {@code out} by row. */
    void find(Batch rows, Selection selected, int[] out) {
        keys.evaluate(rows, selected);
        for (int i = 0; i < selected.count(); i++) {
            int row = selected.rows[i];
            out[row] = find(row);
        }
    }

    private int find(int row) {
        return switch (partitions.key().strategy()) {
            case PartitionKey.HASH -> {
                Object[] values = new Object[types.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = keys.value(i).isNull(row) ? null : keys.value(i).get(row);
                }
                yield partitions.ofHash(PartitionHash.of(typeContext, types, values));
            }
            case PartitionKey.LIST -> keys.hasNull(row) ? partitions.ofNull() : partitions.ofValue(encode(row));
            default -> keys.hasNull(row) ? partitions.ofRange(Slice.EMPTY, true) : partitions.ofRange(encode(row), false);
        };
    }

    private Slice encode(int row) {
        encoded.clear();
        keys.encode(row, encoded);
        return encoded.view();
    }

    /** The partition of a row with these values in some columns, which have all of the key. */
    Optional<Relation> partition(List<Integer> columns, List<Object> values) {
        Batch row = Batch.of(table.columns().stream().map(c -> carriers.apply(c.type())).toList(), 1);
        for (int c = 0; c < row.columnCount(); c++) {
            row.column(c).setNull(0);
        }
        for (int i = 0; i < columns.size(); i++) {
            Vector column = row.column(columns.get(i) - 1);
            column.reset();
            column.set(0, ForeignKeyActions.converted(column, values.get(i)));
        }
        row.selection().all(1);
        int[] found = new int[1];
        find(row, row.selection(), found);
        return found[0] < 0 ? Optional.empty() : Optional.of(partitions.partitions().get(found[0]));
    }

    /** {@code Partition key of the failing row contains (a, b) = (1, x).} for a row that was looked for; nothing to who may not know. */
    String describe(ExecContext context, Batch rows, int row) {
        if (!context.session().mayShow(table, partitions.key().columns())) {
            return "";
        }
        Selection one = new Selection(row + 1);
        one.add(row);
        keys.evaluate(rows, one);
        StringBuilder names = new StringBuilder();
        StringBuilder values = new StringBuilder();
        int expression = 0;
        for (int i = 0; i < types.length; i++) {
            int number = partitions.key().columns().get(i);
            Vector value = keys.value(i);
            names.append(i == 0 ? "(" : ", ").append(number > 0 ? table.column(number).name()
                    : context.session().expressionText(partitions.key().expressions().get(expression++), table));
            values.append(i == 0 ? "(" : ", ").append(KeyText.value(context, types[i], value, row));
        }
        return "Partition key of the failing row contains " + names.append(") = ").append(values).append(").");
    }
}
