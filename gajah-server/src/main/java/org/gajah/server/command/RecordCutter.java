package org.gajah.server.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts a file of lines into rows without looking into them: a row of csv may have line ends in quotes, one of text behind a backslash. */
final class RecordCutter implements RowCutter {
    private final InputStream in;
    private final CopyArguments.Format format;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private int at;
    private int end;
    private long position;
    private boolean over;

    RecordCutter(InputStream in, CopyArguments.Format format, long position) {
        this.in = in;
        this.format = format;
        this.position = position;
    }

    @Override
    public long position() {
        return position;
    }

    /** The next row with its line end; the line that ends text is none. */
    @Override
    public Optional<byte[]> next() throws IOException {
        record.reset();
        boolean open = true;
        boolean quoted = false;
        boolean escaped = false;
        while (open && !over) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(buffer));
                over = end == 0;
            }
            int from = at;
            while (open && at < end) {
                byte b = buffer[at++];
                open = b != '\n' || quoted || escaped;
                quoted ^= format == CopyArguments.Format.CSV && b == '"';
                escaped = format == CopyArguments.Format.TEXT && b == '\\' && !escaped;
            }
            record.write(buffer, from, at - from);
        }
        position += record.size();
        byte[] row = record.toByteArray();
        if (format == CopyArguments.Format.TEXT && isEnd(row)) {
            over = true;
            return Optional.empty();
        }
        return row.length == 0 ? Optional.empty() : Optional.of(row);
    }

    private static boolean isEnd(byte[] row) {
        return row.length >= 2 && row.length <= 4 && row[0] == '\\' && row[1] == '.' && (row.length == 2 || row[row.length - 1] == '\n');
    }
}
