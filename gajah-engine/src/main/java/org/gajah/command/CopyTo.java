package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.catalog.Relation;
import org.gajah.plan.ResultColumn;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;

/** Writes the rows of a COPY TO, one message a row. */
final class CopyTo implements CommandOutput {
    private final CommandContext context;
    private final Optional<Relation> table;
    private final CopyOptions options;
    private final CopyEnds ends;
    private final CopyProgress progress;
    private final ByteSink line = new ByteSink(256);
    private CopyRowFormat format;
    private CopyTarget target = row -> { };
    private long rows;

    /** @param table what is copied, if it is not a query */
    CopyTo(CommandContext context, Optional<Relation> table, CopyOptions options, CopyEnds ends, CopyProgress progress) {
        this.context = context;
        this.table = table;
        this.options = options;
        this.ends = ends;
        this.progress = progress;
        this.format = new CopyTextFormat(options, List.of(), context.analysis().types(), new boolean[0]);
    }

    long rows() {
        return rows;
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        TypeContext types = context.analysis().types();
        List<String> names = columns.stream().map(ResultColumn::name).toList();
        List<TypeCodec> codecs = columns.stream().map(c -> context.catalog().codec(c.type())).toList();
        format = switch (options.format()) {
            case TEXT, CSV -> new CopyTextFormat(options, codecs, types, quoted(names));
            case BINARY -> new CopyBinaryFormat(codecs, types);
            case JSON -> new CopyJsonFormat(columns, CopyJsonFormat.calls(context));
        };
        target = ends.out(options.format() == CopyOptions.Format.BINARY, columns.size());
        line.clear();
        format.header(names, line);
        if (line.size() > 0 && format.headerStandsAlone()) {
            send();
        }
    }

    private boolean[] quoted(List<String> names) {
        for (String name : options.forceQuote().names()) {
            table.ifPresent(t -> AlterTableCommands.column(t, name));
            if (!names.contains(name)) {
                throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "FORCE_QUOTE column \"" + name + "\" not referenced by COPY");
            }
        }
        boolean[] quoted = new boolean[names.size()];
        for (int i = 0; i < quoted.length; i++) {
            quoted[i] = options.forceQuote().contains(names.get(i));
        }
        return quoted;
    }

    private void send() {
        target.write(line.view());
        line.clear();
    }

    @Override
    public void rows(Batch batch) {
        for (int i = 0; i < batch.count(); i++) {
            format.row(batch, batch.selection().row(i), line);
            send();
            rows++;
            progress.rows(rows);
        }
    }

    /** All rows are written. */
    void finish() {
        format.trailer(line);
        if (line.size() > 0) {
            send();
        }
    }
}
