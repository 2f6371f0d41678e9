package org.gajah.exec;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.catalog.Relation;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** Keys and rows as error messages show them. */
final class KeyText {
    private static final int MAX_VALUE_BYTES = 64;

    private KeyText() {
    }

    /** {@code (a, b)=(1, x)} for a row whose index key was evaluated. */
    static String describe(ExecContext context, Relation relation, IndexKeys keys, int row) {
        StringBuilder names = new StringBuilder("(");
        StringBuilder values = new StringBuilder("(");
        for (int i = 0; i < keys.index().keyColumns(); i++) {
            String separator = i == 0 ? "" : ", ";
            int number = keys.index().columns().get(i);
            Vector value = keys.value(i);
            int type = number > 0 ? relation.column(number).type() : 0;
            names.append(separator).append(number > 0 ? relation.column(number).name() : "expr");
            values.append(separator).append(type == 0 ? "..." : text(context, type, value, row));
        }
        return names.append(")=").append(values).append(')').toString();
    }

    /** {@code (a, b)=(1, x)} for columns of a table's row. */
    static String describe(ExecContext context, Relation named, List<Integer> names, Relation valued, List<Integer> columns, Object[] values) {
        StringBuilder left = new StringBuilder("(");
        StringBuilder right = new StringBuilder("(");
        for (int i = 0; i < names.size(); i++) {
            String separator = i == 0 ? "" : ", ";
            left.append(separator).append(named.column(names.get(i)).name());
            right.append(separator).append(text(context, valued.column(columns.get(i)).type(), values[i]));
        }
        return left.append(")=").append(right).append(')').toString();
    }

    /** A whole row, as in {@code Failing row contains (1, null, x).} */
    static String row(ExecContext context, Relation relation, Batch rows, int row) {
        StringBuilder out = new StringBuilder("Failing row contains (");
        String separator = "";
        for (Relation.Column column : relation.columns()) {
            if (!column.dropped()) {
                String text = column.generated() == 'v' ? "virtual" : text(context, column.type(), rows.column(column.number() - 1), row);
                out.append(separator).append(cut(text));
                separator = ", ";
            }
        }
        return out.append(").").toString();
    }

    private static String cut(String text) {
        return text.length() > MAX_VALUE_BYTES ? text.substring(0, MAX_VALUE_BYTES) + "..." : text;
    }

    private static String text(ExecContext context, int type, Object value) {
        if (value == null) {
            return "null";
        }
        Vector one = Vector.of(context.catalog().codec(type).carrier(), 1);
        one.set(0, value);
        return text(context, type, one, 0);
    }

    private static String text(ExecContext context, int type, Vector values, int row) {
        if (values.isNull(row)) {
            return "null";
        }
        ByteSink out = new ByteSink();
        context.catalog().codec(type).format(values, row, context.types(), out);
        return out.view().toString();
    }

    static String schema(ExecContext context, Relation relation) {
        return context.catalog().schema(relation.namespace()).map(row -> row.name()).orElse("");
    }
}
