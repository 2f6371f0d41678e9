package org.gajah.command;

import java.util.ArrayList;
import java.util.List;

import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.exec.TableLoader;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;

/** Reads COPY data in text or csv format into a table. */
final class CopyFrom {
    private static final Slice END = Slice.of("\\.");
    private static final int MAX_SHOWN = 100;

    private final CommandContext context;
    private final Relation table;
    private final CopyOptions options;
    private final List<Relation.Column> columns = new ArrayList<>();
    private final List<TypeCodec> codecs = new ArrayList<>();
    private final TypeContext types;
    private long line;

    CopyFrom(CommandContext context, Relation table, List<String> names, CopyOptions options) {
        this.context = context;
        this.table = table;
        this.options = options;
        this.types = context.analysis().types();
        if (names.isEmpty()) {
            table.columns().stream().filter(c -> !c.dropped() && c.generated() == 0).forEach(columns::add);
        }
        for (String name : names) {
            Relation.Column column = AlterTableCommands.column(table, name);
            if (columns.contains(column)) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
            }
            if (column.generated() != 0) {
                throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "column \"" + name + "\" is a generated column")
                        .detail("Generated columns cannot be used in COPY.");
            }
            columns.add(column);
        }
        columns.forEach(c -> codecs.add(context.catalog().codec(c.type())));
    }

    long run(CopyEnds ends) {
        TableLoader loader = new TableLoader(context.compile(), context.execution(), table, columns.stream().map(Relation.Column::number).toList(),
                defaults());
        CopyLines lines = new CopyLines(ends.in(false, columns.size()), options);
        CopyFields fields = new CopyFields(options);
        long rows = 0;
        boolean header = options.header();
        try {
            while (true) {
                line++;
                Slice text = lines.next();
                if (lines.atEnd() || !options.csv() && text.equals(END)) {
                    break;
                }
                if (header) {
                    header = false;
                    continue;
                }
                fields.split(text);
                read(text, fields, loader);
                rows++;
            }
            drain(lines);
            loader.flush();
        } catch (SqlError e) {
            throw e.context().isPresent() ? e : e.context("COPY " + table.name() + ", line " + line);
        }
        context.transaction().incrementCommand();
        context.endStatement();
        return rows;
    }

    private static void drain(CopyLines lines) {
        while (!lines.atEnd()) {
            lines.next();
        }
    }

    private List<TableLoader.Default> defaults() {
        List<TableLoader.Default> defaults = new ArrayList<>();
        ColumnDefinitions definitions = new ColumnDefinitions(context);
        for (Relation.Column c : table.columns()) {
            if (c.dropped() || c.generated() != 0 || columns.contains(c)) {
                continue;
            }
            if (c.identity() != 0) {
                defaults.add(new TableLoader.Default(c.number(),
                        new Expr.NextValue(context.catalog().identitySequence(table.oid(), c.number()), c.type())));
            } else {
                definitions.defaultOf(c).ifPresent(value -> defaults.add(new TableLoader.Default(c.number(), value)));
            }
        }
        return defaults;
    }

    private void read(Slice text, CopyFields fields, TableLoader loader) {
        int count = columns.isEmpty() && text.isEmpty() ? 0 : fields.count();
        if (count > columns.size()) {
            throw badLine("extra data after last expected column", text);
        }
        if (count < columns.size()) {
            throw badLine("missing data for column \"" + columns.get(count).name() + "\"", text);
        }
        for (int i = 0; i < columns.size(); i++) {
            Relation.Column column = columns.get(i);
            if (fields.isNull(i)) {
                loader.column(column.number()).setNull(loader.row());
            } else {
                parse(column, codecs.get(i), fields.field(i), loader);
            }
        }
        loader.rowDone();
    }

    private void parse(Relation.Column column, TypeCodec codec, Slice value, TableLoader loader) {
        try {
            codec.parse(value, column.typmod(), types, loader.column(column.number()), loader.row());
        } catch (SqlError e) {
            throw e.context("COPY " + table.name() + ", line " + line + ", column " + column.name() + ": \"" + shown(value) + "\"");
        }
    }

    private SqlError badLine(String message, Slice text) {
        return new SqlError(SqlState.BAD_COPY_FILE_FORMAT, message)
                .context("COPY " + table.name() + ", line " + line + ": \"" + shown(text) + "\"");
    }

    private static String shown(Slice value) {
        String text = value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
