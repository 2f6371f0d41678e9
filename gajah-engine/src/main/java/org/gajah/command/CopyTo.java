package org.gajah.command;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.plan.ResultColumn;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;

/** Writes rows in COPY's text or csv format, one message a row. */
final class CopyTo implements CommandOutput {
    private final CommandContext context;
    private final CopyOptions options;
    private final CopyEnds ends;
    private final ByteSink line = new ByteSink(256);
    private final ByteSink value = new ByteSink(64);
    private CopyTarget target = row -> { };
    private List<TypeCodec> codecs = List.of();
    private TypeContext types;
    private long rows;

    CopyTo(CommandContext context, CopyOptions options, CopyEnds ends) {
        this.context = context;
        this.options = options;
        this.ends = ends;
        this.types = context.analysis().types();
    }

    long rows() {
        return rows;
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        codecs = columns.stream().map(c -> context.catalog().codec(c.type())).toList();
        target = ends.out(false, columns.size());
        if (options.header()) {
            line.clear();
            for (int i = 0; i < columns.size(); i++) {
                separate(i);
                write(Slice.of(columns.get(i).name()), codecs.size() == 1);
            }
            target.write(line.putByte('\n').view());
        }
    }

    private void separate(int column) {
        if (column > 0) {
            line.putByte(options.delimiter());
        }
    }

    @Override
    public void rows(Batch batch) {
        for (int i = 0; i < batch.count(); i++) {
            int row = batch.selection().row(i);
            line.clear();
            for (int c = 0; c < codecs.size(); c++) {
                separate(c);
                if (batch.column(c).isNull(row)) {
                    line.put(options.nullText());
                } else {
                    value.clear();
                    codecs.get(c).format(batch.column(c), row, types, value);
                    write(value.view(), codecs.size() == 1);
                }
            }
            target.write(line.putByte('\n').view());
            rows++;
        }
    }

    private void write(Slice text, boolean alone) {
        if (options.csv()) {
            writeCsv(text, alone);
        } else {
            writeText(text);
        }
    }

    private void writeText(Slice text) {
        for (int i = 0; i < text.length(); i++) {
            byte b = text.at(i);
            switch (b) {
                case '\b' -> line.putByte('\\').putByte('b');
                case '\f' -> line.putByte('\\').putByte('f');
                case '\n' -> line.putByte('\\').putByte('n');
                case '\r' -> line.putByte('\\').putByte('r');
                case '\t' -> line.putByte('\\').putByte('t');
                case 0x0b -> line.putByte('\\').putByte('v');
                case '\\' -> line.putByte('\\').putByte('\\');
                default -> {
                    if (b == options.delimiter()) {
                        line.putByte('\\');
                    }
                    line.putByte(b);
                }
            }
        }
    }

    /** Quoted where it would be read otherwise: as null, as more than one field, as the end of the data. */
    private void writeCsv(Slice text, boolean alone) {
        boolean quote = text.equals(options.nullText()) || alone && text.toString().equals("\\.");
        for (int i = 0; i < text.length() && !quote; i++) {
            byte b = text.at(i);
            quote = b == options.delimiter() || b == options.quote() || b == '\n' || b == '\r';
        }
        if (!quote) {
            line.put(text);
            return;
        }
        line.putByte(options.quote());
        for (int i = 0; i < text.length(); i++) {
            byte b = text.at(i);
            if (b == options.quote() || b == options.escape()) {
                line.putByte(options.escape());
            }
            line.putByte(b);
        }
        line.putByte(options.quote());
    }
}
