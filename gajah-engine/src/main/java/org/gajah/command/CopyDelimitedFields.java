package org.gajah.command;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/**
 * Cuts a line of COPY data into fields and takes their escapes or quotes away. The fields are valid until the next line; those
 * without escapes and quotes stay where they are in the line.
 */
final class CopyDelimitedFields implements CopyFields {
    private final CopyOptions options;
    private final ByteSearch delimiters;
    private final ByteSearch textMarks;
    private final ByteSink plain = new ByteSink(256);
    private Slice line = Slice.EMPTY;
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private Mark[] marks = new Mark[16];
    /** Whether the field lies in {@link #plain}. */
    private boolean[] rewritten = new boolean[16];
    private int count;

    private enum Mark { NONE, NULL, DEFAULT }

    CopyDelimitedFields(CopyOptions options) {
        this.options = options;
        byte d = options.delimiter();
        this.delimiters = new ByteSearch(d, d, d, d);
        this.textMarks = new ByteSearch(d, d, (byte) '\\', (byte) '\\');
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean isNull(int field) {
        return marks[field] == Mark.NULL;
    }

    @Override
    public boolean isDefault(int field) {
        return marks[field] == Mark.DEFAULT;
    }

    @Override
    public Slice field(int field) {
        return new Slice(rewritten[field] ? plain.array() : line.array(), starts[field], lengths[field]);
    }

    @Override
    public void split(Slice text, boolean marked) {
        line = text;
        plain.clear();
        count = 0;
        int at = text.offset();
        int end = at + text.length();
        boolean more = true;
        while (more) {
            int from = at;
            at = !marked ? delimiters.find(text.array(), at, end) : options.csv() ? csvField(at, end) : textField(at, end);
            if (!marked) {
                add(from, at, from, false, true);
            }
            more = at < end;
            at++;
        }
    }

    /** Notes a field written in {@code [from, to)} of the line. */
    private void add(int from, int to, int start, boolean copied, boolean mayBeMark) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            marks = Arrays.copyOf(marks, count * 2);
            rewritten = Arrays.copyOf(rewritten, count * 2);
        }
        starts[count] = start;
        lengths[count] = copied ? plain.size() - start : to - from;
        rewritten[count] = copied;
        marks[count++] = mayBeMark ? mark(from, to) : Mark.NONE;
    }

    private Mark mark(int from, int to) {
        if (is(options.nullText(), from, to)) {
            return Mark.NULL;
        }
        return options.defaultText().isPresent() && is(options.defaultText().get(), from, to) ? Mark.DEFAULT : Mark.NONE;
    }

    private boolean is(Slice mark, int from, int to) {
        return to - from == mark.length()
                && Arrays.equals(line.array(), from, to, mark.array(), mark.offset(), mark.offset() + mark.length());
    }

    /** The field of text format that begins at {@code from}; gives the place of its end. */
    private int textField(int from, int end) {
        byte[] bytes = line.array();
        int at = textMarks.find(bytes, from, end);
        if (at == end || bytes[at] != '\\') {
            add(from, at, from, false, true);
            return at;
        }
        int start = plain.size();
        int copied = from;
        while (at < end && bytes[at] != options.delimiter()) {
            plain.put(bytes, copied, at - copied);
            at = at + 1 < end ? unescape(bytes, at + 1, end) : end;
            copied = at;
            at = textMarks.find(bytes, at, end);
        }
        plain.put(bytes, copied, at - copied);
        add(from, at, start, true, true);
        return at;
    }

    /** The escape whose letter is at {@code at}; gives the place behind it. */
    private int unescape(byte[] bytes, int at, int end) {
        byte b = bytes[at];
        int next = at + 1;
        switch (b) {
            case 'b' -> plain.putByte('\b');
            case 'f' -> plain.putByte('\f');
            case 'n' -> plain.putByte('\n');
            case 'r' -> plain.putByte('\r');
            case 't' -> plain.putByte('\t');
            case 'v' -> plain.putByte(0x0b);
            case 'x' -> next = digits(bytes, next, end, 16, 2, 'x');
            default -> {
                if (b >= '0' && b <= '7') {
                    next = digits(bytes, at, end, 8, 3, b);
                } else {
                    plain.putByte(b);
                }
            }
        }
        return next;
    }

    private int digits(byte[] bytes, int from, int end, int base, int most, int otherwise) {
        int value = 0;
        int at = from;
        while (at < end && at - from < most && Character.digit(bytes[at], base) >= 0) {
            value = value * base + Character.digit(bytes[at++], base);
        }
        plain.putByte(at == from ? otherwise : value);
        return at;
    }

    /** The field of csv that begins at {@code from}; gives the place of its end. */
    private int csvField(int from, int end) {
        byte[] bytes = line.array();
        int start = plain.size();
        int at = from;
        boolean quoted = false;
        boolean inside = false;
        while (at < end && (inside || bytes[at] != options.delimiter())) {
            byte b = bytes[at++];
            if (inside && b == options.escape() && at < end && (bytes[at] == options.quote() || bytes[at] == options.escape())) {
                plain.putByte(bytes[at++]);
            } else if (b == options.quote()) {
                inside = !inside;
                quoted = true;
            } else {
                plain.putByte(b);
            }
        }
        if (inside) {
            throw new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "unterminated CSV quoted field");
        }
        add(from, at, start, true, !quoted);
        return at;
    }
}
