package org.gajah.command;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;

/** Text and csv format. */
final class CopyTextFormat implements CopyRowFormat {
    private final CopyOptions options;
    private final List<TypeCodec> codecs;
    private final TypeContext types;
    private final boolean[] forceQuote;
    private final ByteSink value = new ByteSink(64);

    /** @param forceQuote by column: whether csv quotes every value */
    CopyTextFormat(CopyOptions options, List<TypeCodec> codecs, TypeContext types, boolean[] forceQuote) {
        this.options = options;
        this.codecs = codecs;
        this.types = types;
        this.forceQuote = forceQuote;
    }

    @Override
    public void header(List<String> columns, ByteSink out) {
        if (options.header() == CopyOptions.Header.NONE) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            separate(i, out);
            write(Slice.of(columns.get(i)), false, out);
        }
        out.putByte('\n');
    }

    @Override
    public boolean headerStandsAlone() {
        return true;
    }

    @Override
    public void row(Batch batch, int row, ByteSink out) {
        for (int c = 0; c < codecs.size(); c++) {
            separate(c, out);
            if (batch.column(c).isNull(row)) {
                out.put(options.nullText());
            } else {
                value.clear();
                codecs.get(c).format(batch.column(c), row, types, value);
                write(value.view(), forceQuote[c], out);
            }
        }
        out.putByte('\n');
    }

    @Override
    public void trailer(ByteSink out) {
        // The rows' line ends are all there is.
    }

    private void separate(int column, ByteSink out) {
        if (column > 0) {
            out.putByte(options.delimiter());
        }
    }

    private void write(Slice text, boolean quoted, ByteSink out) {
        if (options.csv()) {
            writeCsv(text, quoted, out);
        } else {
            writeText(text, out);
        }
    }

    private void writeText(Slice text, ByteSink out) {
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            byte b = text.at(i);
            if (b < ' ' && b >= 0 || b == '\\' || b == options.delimiter()) {
                int letter = letter(b);
                if (letter != 0) {
                    out.put(text.slice(plain, i - plain)).putByte('\\').putByte(letter);
                    plain = i + 1;
                }
            }
        }
        out.put(text.slice(plain, text.length() - plain));
    }

    /** What stands for a byte behind a backslash; 0 if it stands for itself. */
    private int letter(byte b) {
        return switch (b) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case 0x0b -> 'v';
            case '\\' -> '\\';
            default -> b == options.delimiter() ? b : 0;
        };
    }

    /** Quoted where it would be read otherwise: as null, as more than one field, as the end of the data. */
    private void writeCsv(Slice text, boolean quoted, ByteSink out) {
        boolean quote = quoted || text.equals(options.nullText()) || codecs.size() == 1 && text.equals(Slice.of("\\."));
        for (int i = 0; i < text.length() && !quote; i++) {
            byte b = text.at(i);
            quote = b == options.delimiter() || b == options.quote() || b == '\n' || b == '\r';
        }
        if (!quote) {
            out.put(text);
            return;
        }
        out.putByte(options.quote());
        for (int i = 0; i < text.length(); i++) {
            byte b = text.at(i);
            if (b == options.quote() || b == options.escape()) {
                out.putByte(options.escape());
            }
            out.putByte(b);
        }
        out.putByte(options.quote());
    }
}
