package org.gajah.server.command;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a file in PostgreSQL's binary format: a header, rows of fields with their lengths, and an end that may be missing. */
final class BinaryCutter implements RowCutter {
    /** What a file of ours begins and ends with. */
    static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    static final byte[] END = {-1, -1};
    private static final int SIGNATURE_BYTES = 11;

    private final DataInputStream in;
    private long position;
    private boolean over;

    /** {@code in} stands at this position of the file, the beginning or that of a row. */
    BinaryCutter(InputStream in, long position) {
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.position = position;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public Optional<byte[]> next() throws IOException {
        if (position == 0) {
            readHeader();
        }
        int high = over ? -1 : in.read();
        if (high < 0) {
            return Optional.empty();
        }
        short fields = (short) (high << 8 | in.readUnsignedByte());
        if (fields < 0) {
            over = true;
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream row = new DataOutputStream(bytes);
        row.writeShort(fields);
        for (int i = 0; i < fields; i++) {
            int length = in.readInt();
            row.writeInt(length);
            row.write(take(Math.max(length, 0)));
        }
        position += bytes.size();
        return Optional.of(bytes.toByteArray());
    }

    private void readHeader() throws IOException {
        byte[] header = take(HEADER.length);
        if (!Arrays.equals(header, 0, SIGNATURE_BYTES, HEADER, 0, SIGNATURE_BYTES)) {
            throw new IOException("this is no file in binary format");
        }
        int more = Arrays.stream(new int[] {15, 16, 17, 18}).reduce(0, (length, at) -> length << 8 | header[at] & 0xff);
        position = header.length + take(more).length;
    }

    private byte[] take(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the file ends in the middle of a row");
        }
        return bytes;
    }
}
