package org.gajah.command;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/**
 * Text and csv format. Values are written where they will stand and looked through there: few have in them what must be escaped or
 * quoted, and those of many types cannot have.
 */
final class CopyTextFormat implements CopyRowFormat {
    private static final Slice END_MARK = Slice.of("\\.");
    /** Signs that stand in values of types whose text is plain. */
    private static final String PLAIN_SIGNS = " +-.:/";

    private final CopyOptions options;
    private final TypeCodec[] codecs;
    private final TypeContext types;
    private final boolean[] forceQuote;
    /** By column: whether its values may have what must be escaped or quoted. */
    private final boolean[] mixed;
    private final ByteSearch marks;

    /** @param forceQuote by column: whether csv quotes every value */
    CopyTextFormat(CopyOptions options, List<TypeCodec> codecs, TypeContext types, boolean[] forceQuote) {
        this.options = options;
        this.codecs = codecs.toArray(TypeCodec[]::new);
        this.types = types;
        this.forceQuote = forceQuote;
        boolean usual = !isPlain(options.delimiter()) && (!options.csv() || !isPlain(options.quote()) && options.nullText().isEmpty());
        this.mixed = new boolean[codecs.size()];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = forceQuote[i] || !usual || !codecs.get(i).isPlainText();
        }
        this.marks = options.csv() ? new ByteSearch(options.delimiter(), options.quote(), (byte) '\n', (byte) '\r')
                : ByteSearch.withControls(options.delimiter(), (byte) '\\', (byte) '\\');
    }

    private static boolean isPlain(byte b) {
        return Character.isLetterOrDigit(b) || PLAIN_SIGNS.indexOf(b) >= 0;
    }

    @Override
    public void header(List<String> columns, ByteSink out) {
        if (options.header() == CopyOptions.Header.NONE) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            separate(i, out);
            int start = out.size();
            out.put(columns.get(i));
            protect(start, false, out);
        }
        out.putByte('\n');
    }

    @Override
    public boolean headerStandsAlone() {
        return true;
    }

    @Override
    public void row(Batch batch, int row, ByteSink out) {
        for (int c = 0; c < codecs.length; c++) {
            separate(c, out);
            Vector column = batch.column(c);
            if (column.isNull(row)) {
                out.put(options.nullText());
            } else {
                int start = out.size();
                codecs[c].format(column, row, types, out);
                if (mixed[c]) {
                    protect(start, forceQuote[c], out);
                }
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

    /** Writes the value that stands from {@code start} on anew if it would be read otherwise. */
    private void protect(int start, boolean quoted, ByteSink out) {
        boolean marked = marks.find(out.array(), start, out.size()) < out.size();
        if (!options.csv()) {
            if (marked) {
                escape(start, out);
            }
        } else if (quoted || marked || isMark(out.view(start))) {
            quote(start, out);
        }
    }

    /** Whether the whole value would be read as null or as the end of the data. */
    private boolean isMark(Slice text) {
        return text.equals(options.nullText()) || codecs.length == 1 && text.equals(END_MARK);
    }

    private void escape(int start, ByteSink out) {
        Slice text = out.view(start).copy();
        out.truncate(start);
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            int letter = letter(text.at(i));
            if (letter != 0) {
                out.put(text.slice(plain, i - plain)).putByte('\\').putByte(letter);
                plain = i + 1;
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

    private void quote(int start, ByteSink out) {
        Slice text = out.view(start).copy();
        out.truncate(start);
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
