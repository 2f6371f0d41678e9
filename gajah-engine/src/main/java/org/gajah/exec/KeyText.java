package org.gajah.exec;

import java.util.List;
import java.util.Set;

import org.gajah.base.ByteSink;
import org.gajah.catalog.Relation;
import org.gajah.sysfunc.Identifiers;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** Keys and rows as error messages show them. */
final class KeyText {
    private static final int MAX_VALUE_BYTES = 64;

    private KeyText() {
    }

    /** A name in quotes, needed or not. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@code Key (a, b)=(1, x) already exists.} for a row whose index key was evaluated; nothing to who may not know. */
    static String describe(ExecContext context, Relation relation, IndexKeys keys, int row, String what) {
        if (!context.session().mayShow(relation, keys.index().columns().subList(0, keys.index().keyColumns()))) {
            return "";
        }
        StringBuilder names = new StringBuilder("Key (");
        StringBuilder values = new StringBuilder("(");
        for (int i = 0; i < keys.index().keyColumns(); i++) {
            String separator = i == 0 ? "" : ", ";
            int number = keys.index().columns().get(i);
            Vector value = keys.value(i);
            int type = number > 0 ? relation.column(number).type() : 0;
            names.append(separator).append(number > 0 ? Identifiers.quote(relation.column(number).name()) : "expr");
            values.append(separator).append(type == 0 ? "..." : text(context, type, value, row));
        }
        return names.append(")=").append(values).append(") ").append(what).append('.').toString();
    }

    /** {@code Key (a, b)=(1, x)} for columns of a table's row; just {@code Key} to who may not know. */
    static String describe(ExecContext context, Relation table, List<Integer> columns, Object[] values) {
        if (!context.session().mayShow(table, columns)) {
            return "Key";
        }
        StringBuilder left = new StringBuilder("Key (");
        StringBuilder right = new StringBuilder("(");
        for (int i = 0; i < columns.size(); i++) {
            String separator = i == 0 ? "" : ", ";
            left.append(separator).append(table.column(columns.get(i)).name());
            right.append(separator).append(text(context, table.column(columns.get(i)).type(), values[i]));
        }
        return left.append(")=").append(right).append(')').toString();
    }

    /**
     * A whole row, as in {@code Failing row contains (1, null, x).} Nothing to who is restricted by policies; of {@code (a, b) = (1, null)} those
     * columns that the role may read or that the statement itself has {@code given}.
     */
    static String row(ExecContext context, Relation relation, Set<Integer> given, Batch rows, int row) {
        if (context.session().isRestricted(relation)) {
            return "";
        }
        boolean all = context.session().mayShow(relation, List.of(0));
        StringBuilder names = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (Relation.Column column : relation.columns()) {
            boolean shown = all || given.contains(column.number()) || context.session().mayShow(relation, List.of(column.number()));
            if (!column.dropped() && shown) {
                String text = column.generated() == 'v' ? "virtual" : text(context, column.type(), rows.column(column.number() - 1), row);
                names.append(names.isEmpty() ? "(" : ", ").append(column.name());
                values.append(values.isEmpty() ? "(" : ", ").append(cut(text));
            }
        }
        if (names.isEmpty()) {
            return all ? "Failing row contains ()." : "";
        }
        return "Failing row contains " + (all ? "" : names + ") = ") + values + ").";
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

    /** A value as messages show it, cut if it is long. */
    static String value(ExecContext context, int type, Vector values, int row) {
        return cut(text(context, type, values, row));
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
