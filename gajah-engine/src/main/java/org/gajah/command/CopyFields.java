package org.gajah.command;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Cuts a line of COPY data into fields and takes their escapes or quotes away. The fields are valid until the next line. */
final class CopyFields {
    private final CopyOptions options;
    private final ByteSink plain = new ByteSink(256);
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int count;

    CopyFields(CopyOptions options) {
        this.options = options;
    }

    int count() {
        return count;
    }

    boolean isNull(int field) {
        return lengths[field] < 0;
    }

    Slice field(int field) {
        return new Slice(plain.array(), starts[field], lengths[field]);
    }

    void split(Slice line) {
        plain.clear();
        count = 0;
        if (options.csv()) {
            splitCsv(line);
        } else {
            splitText(line);
        }
    }

    private void add(int start, boolean isNull) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        starts[count] = start;
        lengths[count++] = isNull ? -1 : plain.size() - start;
    }

    private boolean isNullText(Slice line, int from, int to) {
        Slice n = options.nullText();
        return to - from == n.length() && line.slice(from, to - from).equals(n);
    }

    private void splitText(Slice line) {
        int at = 0;
        while (true) {
            int from = at;
            int start = plain.size();
            while (at < line.length() && line.at(at) != options.delimiter()) {
                byte b = line.at(at++);
                if (b == '\\' && at < line.length()) {
                    at = unescape(line, at);
                } else {
                    plain.putByte(b);
                }
            }
            add(start, isNullText(line, from, at));
            if (at >= line.length()) {
                return;
            }
            at++;
        }
    }

    /** The escape whose letter is at {@code at}; gives the place behind it. */
    private int unescape(Slice line, int at) {
        byte b = line.at(at);
        int next = at + 1;
        switch (b) {
            case 'b' -> plain.putByte('\b');
            case 'f' -> plain.putByte('\f');
            case 'n' -> plain.putByte('\n');
            case 'r' -> plain.putByte('\r');
            case 't' -> plain.putByte('\t');
            case 'v' -> plain.putByte(0x0b);
            case 'x' -> next = digits(line, next, 16, 2, 'x');
            default -> {
                if (b >= '0' && b <= '7') {
                    next = digits(line, at, 8, 3, b);
                } else {
                    plain.putByte(b);
                }
            }
        }
        return next;
    }

    private int digits(Slice line, int from, int base, int most, int otherwise) {
        int value = 0;
        int at = from;
        while (at < line.length() && at - from < most && Character.digit(line.at(at), base) >= 0) {
            value = value * base + Character.digit(line.at(at++), base);
        }
        plain.putByte(at == from ? otherwise : value);
        return at;
    }

    private void splitCsv(Slice line) {
        int at = 0;
        while (true) {
            int from = at;
            int start = plain.size();
            boolean quoted = false;
            boolean inside = false;
            while (at < line.length() && (inside || line.at(at) != options.delimiter())) {
                byte b = line.at(at++);
                if (inside && b == options.escape() && at < line.length()
                        && (line.at(at) == options.quote() || line.at(at) == options.escape())) {
                    plain.putByte(line.at(at++));
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
            add(start, !quoted && isNullText(line, from, at));
            if (at >= line.length()) {
                return;
            }
            at++;
        }
    }
}
