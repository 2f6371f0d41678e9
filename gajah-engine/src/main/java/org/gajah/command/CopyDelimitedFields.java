package org.gajah.command;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Lines of text or csv: cut at the delimiters, with escapes or quotes taken away. */
final class CopyDelimitedFields extends CopyFields {
    private final CopyOptions options;
    private final byte delimiter;
    private final Slice nullText;
    /** Where a field of text, or the part of one of csv that is not quoted, ends or changes. */
    private final ByteSearch plainEnds;
    private final ByteSearch quotedEnds;
    private byte[] bytes = new byte[0];

    CopyDelimitedFields(CopyOptions options) {
        this.options = options;
        this.delimiter = options.delimiter();
        this.nullText = options.nullText();
        byte mark = options.csv() ? options.quote() : (byte) '\\';
        this.plainEnds = new ByteSearch(delimiter, delimiter, mark, mark);
        this.quotedEnds = new ByteSearch(options.quote(), options.quote(), options.escape(), options.escape());
    }

    @Override
    void split(CopyLines line) {
        Slice text = line.text();
        begin(text, 0);
        bytes = text.array();
        int at = text.offset();
        int end = at + text.length();
        if (!line.hasMarks()) {
            splitPlain(line, at, end);
            return;
        }
        boolean more = true;
        while (more) {
            at = options.csv() ? csvField(at, end) : textField(at, end);
            more = at < end;
            at++;
        }
    }

    private void splitPlain(CopyLines line, int from, int end) {
        int start = from;
        for (int i = 0; i < line.cutCount(); i++) {
            int next = from + line.cuts()[i];
            add(mark(start, next), start, next);
            start = next + 1;
        }
        add(mark(start, end), start, end);
    }

    private Mark mark(int from, int to) {
        if (is(nullText, from, to)) {
            return Mark.NULL;
        }
        return options.defaultText().isPresent() && is(options.defaultText().get(), from, to) ? Mark.DEFAULT : Mark.VALUE;
    }

    private boolean is(Slice mark, int from, int to) {
        return to - from == mark.length()
                && Arrays.equals(bytes, from, to, mark.array(), mark.offset(), mark.offset() + mark.length());
    }

    /** The field of text format that begins at {@code from}; gives the place of its end. */
    private int textField(int from, int end) {
        int at = plainEnds.find(bytes, from, end);
        if (at == end || bytes[at] != '\\') {
            add(mark(from, at), from, at);
            return at;
        }
        ByteSink plain = rewritten();
        int start = plain.size();
        int copied = from;
        while (at < end && bytes[at] != delimiter) {
            plain.put(bytes, copied, at - copied);
            at = at + 1 < end ? unescape(at + 1, end, plain) : end;
            copied = at;
            at = plainEnds.find(bytes, at, end);
        }
        plain.put(bytes, copied, at - copied);
        addRewritten(mark(from, at), start);
        return at;
    }

    /** The escape whose letter is at {@code at}; gives the place behind it. */
    private int unescape(int at, int end, ByteSink plain) {
        byte b = bytes[at];
        int next = at + 1;
        switch (b) {
            case 'b' -> plain.putByte('\b');
            case 'f' -> plain.putByte('\f');
            case 'n' -> plain.putByte('\n');
            case 'r' -> plain.putByte('\r');
            case 't' -> plain.putByte('\t');
            case 'v' -> plain.putByte(0x0b);
            case 'x' -> next = digits(next, end, 16, 2, 'x', plain);
            default -> {
                if (b >= '0' && b <= '7') {
                    next = digits(at, end, 8, 3, b, plain);
                } else {
                    plain.putByte(b);
                }
            }
        }
        return next;
    }

    private int digits(int from, int end, int base, int most, int otherwise, ByteSink plain) {
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
        int at = plainEnds.find(bytes, from, end);
        if (at == end || bytes[at] == delimiter) {
            add(mark(from, at), from, at);
            return at;
        }
        ByteSink plain = rewritten();
        int start = plain.size();
        plain.put(bytes, from, at - from);
        while (at < end && bytes[at] != delimiter) {
            at = quoted(at + 1, end, plain);
            int next = plainEnds.find(bytes, at, end);
            plain.put(bytes, at, next - at);
            at = next;
        }
        addRewritten(Mark.VALUE, start);
        return at;
    }

    /** The part of a field behind an opening quote; gives the place behind the closing one. */
    private int quoted(int from, int end, ByteSink plain) {
        int copied = from;
        int at = quotedEnds.find(bytes, from, end);
        while (at < end) {
            plain.put(bytes, copied, at - copied);
            boolean pair = bytes[at] == options.escape() && at + 1 < end && (bytes[at + 1] == options.quote() || bytes[at + 1] == options.escape());
            if (!pair && bytes[at] == options.quote()) {
                return at + 1;
            }
            // the second of a pair, or an escape that takes the meaning from nothing
            copied = pair ? at + 1 : at;
            at = quotedEnds.find(bytes, copied + 1, end);
        }
        throw new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "unterminated CSV quoted field");
    }
}
