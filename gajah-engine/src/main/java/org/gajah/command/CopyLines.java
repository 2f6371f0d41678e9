package org.gajah.command;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Utf8;

/**
 * Cuts COPY data into lines, however they are cut into messages. In csv a line end inside quotes belongs to the value. All lines
 * must end alike and be UTF-8.
 */
final class CopyLines {
    private enum End { UNKNOWN, LF, CRLF, CR }

    private static final int BLOCK = 1 << 11;
    /** More than a table can have columns: a line with more delimiters is refused, whatever it says. */
    private static final int MOST_CUTS = 2000;

    private final CopySource source;
    private final boolean csv;
    /** Whether a backslash means something. */
    private final boolean escapes;
    private final byte quote;
    private final byte escape;
    private final byte delimiter;
    /** What ends lines or fields or takes such a meaning away, and all control characters, which mean nothing. */
    private final ByteSearch marks;
    private final int[] places = new int[BLOCK + 2];
    /** The next of them to look at; one before the line is the second half of a line end. */
    private int place;
    private int placeCount;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    /** Up to here places of marks are known. */
    private int scanned;
    private boolean ended;
    private boolean finished;
    private boolean marked;
    private boolean quoted;
    /** Where in the line the last escape stands that takes the meaning from the next character; -2 if there is none. */
    private int lastEscape;
    /** Where in the line delimiters are that are not quoted; they are not all that if the line has marks. */
    private int[] cuts = new int[32];
    private int cutCount;
    private int innerEnds;
    private End end = End.UNKNOWN;
    private Slice text = Slice.EMPTY;

    CopyLines(CopySource source, CopyOptions options) {
        this.source = source;
        this.csv = options.csv();
        this.quote = options.quote();
        this.escape = options.escape();
        this.escapes = options.format() == CopyOptions.Format.TEXT;
        this.delimiter = options.format() == CopyOptions.Format.JSON ? (byte) '\n' : options.delimiter();
        this.marks = csv ? ByteSearch.withControls(delimiter, quote, escape)
                : ByteSearch.withControls(delimiter, delimiter, escapes ? (byte) '\\' : delimiter);
    }

    /** Goes to the next line; false at the end of the data, when {@link #text} is empty. */
    boolean next() {
        text = Slice.EMPTY;
        marked = false;
        quoted = false;
        lastEscape = -2;
        innerEnds = 0;
        cutCount = 0;
        while (place < placeCount || scan()) {
            int at = places[place++];
            if (at < from) {
                continue;
            }
            byte b = buffer[at];
            if ((b == '\n' || b == '\r') && !quoted) {
                return line(at, b);
            }
            if (b == delimiter) {
                cut(at - from);
            } else if (csv) {
                csvMark(b, at - from);
            } else if (b == '\\' && escapes) {
                pair(at);
            }
        }
        return lastLine();
    }

    /** Finds the marks of the next block, of more data if need be; false at the end of the data. */
    private boolean scan() {
        place = 0;
        placeCount = 0;
        while (placeCount == 0) {
            if (scanned == to && !refill()) {
                return false;
            }
            scanned = Math.max(scanned, from);
            int end = Math.min(to, scanned + BLOCK);
            placeCount = marks.findAll(buffer, scanned, end, places);
            scanned = end;
        }
        return true;
    }

    private void cut(int offset) {
        if (!quoted && cutCount < MOST_CUTS) {
            if (cutCount == cuts.length) {
                cuts = Arrays.copyOf(cuts, cutCount * 2);
            }
            cuts[cutCount++] = offset;
        }
    }

    /** The data that are here: those from {@link #from} to {@link #to} are to be read. */
    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Goes to the next line, of which the caller has found that it is ASCII and has no marks, if it ends at a place like the lines before it. */
    boolean pass(int at) {
        int length = endLength(at);
        if (length == 0) {
            return false;
        }
        text = new Slice(buffer, from, at - from);
        innerEnds = 0;
        from = at + length;
        return true;
    }

    private int endLength(int at) {
        return switch (end) {
            case LF -> buffer[at] == '\n' ? 1 : 0;
            case CRLF -> buffer[at] == '\r' && at + 1 < to && buffer[at + 1] == '\n' ? 2 : 0;
            case CR, UNKNOWN -> 0;
        };
    }

    /** The line's text without its end, valid until the next call of {@link #next}. */
    Slice text() {
        return text;
    }

    /** How many line ends are inside the line's values. */
    int innerEnds() {
        return innerEnds;
    }

    /** Whether the line has a backslash (text) or a quote (csv) in it. */
    boolean hasMarks() {
        return marked;
    }

    /** The distances of the delimiters from the line's beginning, {@link #cutCount} of them; there may be others if the line has marks. */
    int[] cuts() {
        return cuts;
    }

    int cutCount() {
        return cutCount;
    }

    /** Whether all data were read. */
    boolean atEnd() {
        return finished;
    }

    /** Passes over a backslash and what follows. */
    private void pair(int at) {
        marked = true;
        int offset = at - from;
        if (at + 1 == to && !refill()) {
            return;
        }
        int next = from + offset + 1;
        if (buffer[next] == '.' && offset > 0) {
            throw alone();
        }
        if ((place < placeCount || scan()) && places[place] == from + offset + 1) {
            place++;
        }
    }

    private static SqlError alone() {
        return new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "end-of-copy marker is not alone on its line");
    }

    /** A quote, an escape, a line end inside quotes, or another control character. */
    private void csvMark(byte b, int offset) {
        boolean escaped = lastEscape == offset - 1;
        if (b == '\n' || b == '\r') {
            innerEnds += b == (end == End.LF ? '\n' : '\r') ? 1 : 0;
        } else if (b == quote) {
            marked = true;
            quoted = escaped == quoted;
        } else if (b == escape && quoted && !escaped) {
            lastEscape = offset;
        }
    }

    private boolean line(int at, byte b) {
        int offset = at - from;
        int next = at + 1;
        if (b == '\r') {
            if (next == to && refill()) {
                next = from + offset + 1;
            }
            boolean crlf = next < to && buffer[next] == '\n';
            require(crlf ? End.CRLF : End.CR);
            next += crlf ? 1 : 0;
        } else {
            require(End.LF);
        }
        return take(offset, next);
    }

    private boolean take(int length, int next) {
        Slice line = new Slice(buffer, from, length);
        if (!ByteSearch.isPlainAscii(line.array(), line.offset(), line.offset() + length)) {
            Utf8.validate(line, to);
        }
        from = next;
        if (escapes && length > 2 && line.at(0) == '\\' && line.at(1) == '.') {
            throw alone();
        }
        text = line;
        return true;
    }

    private void require(End found) {
        if (end == End.UNKNOWN) {
            end = found;
        } else if (end != found) {
            String literal = found == End.LF ? "newline" : "carriage return";
            String hint = found == End.LF ? "\\n" : "\\r";
            throw csv
                    ? new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "unquoted " + literal + " found in data")
                            .hint("Use quoted CSV field to represent " + literal + ".")
                    : new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "literal " + literal + " found in data")
                            .hint("Use \"" + hint + "\" to represent " + literal + ".");
        }
    }

    private boolean lastLine() {
        finished = from == to;
        return !finished && take(to - from, to);
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
                    ? Arrays.copyOf(buffer, Math.max(left + more.length(), Math.multiplyExact(buffer.length, 2))) : buffer;
            System.arraycopy(buffer, from, target, 0, left);
            buffer = target;
            scanned = Math.max(scanned - from, 0);
            from = 0;
            to = left;
        }
        System.arraycopy(more.array(), more.offset(), buffer, to, more.length());
        to += more.length();
        return true;
    }

    /** Reads what is left and forgets it. */
    void drain() {
        from = to;
        while (refill()) {
            from = to;
        }
    }
}
