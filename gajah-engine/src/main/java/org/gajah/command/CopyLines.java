package org.gajah.command;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;

/**
 * Cuts COPY data into lines, however they are cut into messages. In csv a line end inside quotes belongs to the value. All lines
 * must end alike.
 */
final class CopyLines {
    private enum End { UNKNOWN, LF, CRLF, CR }

    private final CopySource source;
    private final CopyOptions options;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;
    private boolean finished;
    private End end = End.UNKNOWN;

    CopyLines(CopySource source, CopyOptions options) {
        this.source = source;
        this.options = options;
    }

    /** The next line without its end, valid until the next call; {@link #atEnd} tells an end from an empty line. */
    Slice next() {
        int at = from;
        boolean quoted = false;
        boolean escaped = false;
        while (true) {
            if (at == to) {
                int offset = at - from;
                if (!refill()) {
                    return lastLine(quoted);
                }
                at = from + offset;
            }
            byte b = buffer[at];
            if (options.csv()) {
                if (b == options.quote()) {
                    quoted = !quoted;
                }
            } else if (escaped) {
                escaped = false;
                at++;
                continue;
            } else if (b == '\\') {
                escaped = true;
            }
            boolean lineEnd = (b == '\n' || b == '\r') && !quoted;
            if (lineEnd) {
                return line(at, b);
            }
            at++;
        }
    }

    /** Whether the last {@link #next} has met the end of the data instead of a line. */
    boolean atEnd() {
        return finished;
    }

    private Slice line(int at, byte b) {
        Slice line;
        int next = at + 1;
        if (b == '\r') {
            int offset = at - from;
            if (next == to && refill()) {
                next = from + offset + 1;
            }
            boolean crlf = next < to && buffer[next] == '\n';
            require(crlf ? End.CRLF : End.CR);
            line = new Slice(buffer, from, offset);
            from = next + (crlf ? 1 : 0);
        } else {
            require(End.LF);
            line = new Slice(buffer, from, at - from);
            from = next;
        }
        return line;
    }

    private void require(End found) {
        if (end == End.UNKNOWN) {
            end = found;
        } else if (end != found) {
            String literal = found == End.LF ? "newline" : "carriage return";
            String hint = found == End.LF ? "\\n" : "\\r";
            throw options.csv()
                    ? new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "unquoted " + literal + " found in data")
                            .hint("Use quoted CSV field to represent " + literal + ".")
                    : new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "literal " + literal + " found in data")
                            .hint("Use \"" + hint + "\" to represent " + literal + ".");
        }
    }

    private Slice lastLine(boolean quoted) {
        if (quoted) {
            throw new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "unterminated CSV quoted field");
        }
        finished = from == to;
        Slice line = new Slice(buffer, from, to - from);
        from = to;
        return line;
    }

    /** Appends more data behind what is left, which moves to the front; false at the end. */
    private boolean refill() {
        if (ended) {
            return false;
        }
        Slice more = source.next();
        if (more.isEmpty()) {
            ended = true;
            return false;
        }
        int left = to - from;
        if (to + more.length() > buffer.length) {
            byte[] target = left + more.length() > buffer.length
                    ? Arrays.copyOf(buffer, Math.max(left + more.length(), buffer.length * 2)) : buffer;
            System.arraycopy(buffer, from, target, 0, left);
            buffer = target;
            from = 0;
            to = left;
        }
        System.arraycopy(more.array(), more.offset(), buffer, to, more.length());
        to += more.length();
        return true;
    }
}
