package org.gajah.tests.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The rows that COPY workloads move, and a client that does nothing but push and drain them. */
final class CopyStream {
    /** Six columns of mixed types. */
    static final String COLUMNS = "id int8, customer int4, amount numeric(10,2), at timestamp, name text, paid bool";
    private static final int MESSAGE_BYTES = 60_000;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final String[] FIRST = {"amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath"};
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};

    /** A format of COPY. */
    enum Format { TEXT, CSV, BINARY }

    private CopyStream() {}

    /** Rows {@code [from, to)} as the messages of a COPY FROM, the file's head and end included. */
    static byte[] messages(Format format, long from, long to) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream data = new ByteArrayOutputStream(MESSAGE_BYTES + 200);
        DataOutputStream out = new DataOutputStream(data);
        try {
            if (format == Format.BINARY) {
                out.write(HEADER);
            }
            for (long row = from; row < to; row++) {
                row(format, row, out);
                if (data.size() >= MESSAGE_BYTES) {
                    message(data, all);
                }
            }
            if (format == Format.BINARY) {
                out.writeShort(-1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        message(data, all);
        return all.toByteArray();
    }

    /** Rows {@code [from, to)} of a textual format as a file. */
    static void rows(Format format, long from, long to, OutputStream file) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        for (long row = from; row < to; row++) {
            row(format, row, out);
        }
    }

    private static void message(ByteArrayOutputStream data, ByteArrayOutputStream all) {
        int length = data.size() + 4;
        all.writeBytes(new byte[] {'d', (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        all.writeBytes(data.toByteArray());
        data.reset();
    }

    private static void row(Format format, long id, DataOutputStream out) throws IOException {
        int customer = (int) (id * 2654435761L >>> 12 & 0xfffff);
        long cents = id * 7919 % 1_000_000;
        int second = (int) (id % 86_400);
        String name = FIRST[(int) (id & 7)] + " " + FIRST[(int) (id >> 3 & 7)] + " no " + customer;
        if (format == Format.BINARY) {
            out.writeShort(6);
            out.writeInt(8);
            out.writeLong(id);
            out.writeInt(4);
            out.writeInt(customer);
            numeric(cents, out);
            out.writeInt(8);
            out.writeLong(8_766 * DAY_MICROS + second * 1_000_000L);
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            out.writeInt(text.length);
            out.write(text);
            out.writeInt(1);
            out.writeByte((int) id & 1);
            return;
        }
        char separator = format == Format.CSV ? ',' : '\t';
        StringBuilder line = new StringBuilder(96).append(id).append(separator).append(customer).append(separator).append(cents / 100).append('.')
                .append(cents / 10 % 10).append(cents % 10).append(separator).append("2024-01-01 ");
        two(line, second / 3600).append(':');
        two(line, second / 60 % 60).append(':');
        two(line, second % 60).append(separator).append(name).append(separator).append((id & 1) == 1 ? 't' : 'f').append('\n');
        out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static StringBuilder two(StringBuilder out, int value) {
        return out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** A numeric with two digits behind the point: groups of four decimal digits. */
    private static void numeric(long cents, DataOutputStream out) throws IOException {
        int whole = (int) (cents / 100);
        int fraction = (int) (cents % 100) * 100;
        int groups = cents == 0 ? 0 : (whole > 0 ? 1 : 0) + (fraction > 0 ? 1 : 0);
        out.writeInt(8 + 2 * groups);
        out.writeShort(groups);
        out.writeShort(whole > 0 ? 0 : cents == 0 ? 0 : -1);
        out.writeShort(0);
        out.writeShort(2);
        if (whole > 0) {
            out.writeShort(whole);
        }
        if (fraction > 0) {
            out.writeShort(fraction);
        }
    }

    /** A connection that moves bytes as fast as the server takes or gives them. */
    static final class Client implements AutoCloseable {
        private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
        private static final int HEAD = 5;

        private final Socket socket;
        private final InputStream in;
        private final DataOutputStream out;
        /** What has come and was not looked at yet is in {@code [at, end)}. */
        private final byte[] buffer = new byte[1 << 18];
        private int at;
        private int end;

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            in = socket.getInputStream();
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
            byte[] words = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
            out.writeInt(8 + words.length);
            out.writeInt(196608);
            out.write(words);
            until('Z');
        }

        /** Runs a statement to its end. */
        void run(String sql) throws IOException {
            query(sql);
            until('Z');
        }

        private void query(String sql) throws IOException {
            byte[] text = sql.getBytes(StandardCharsets.UTF_8);
            out.writeByte('Q');
            out.writeInt(5 + text.length);
            out.write(text);
            out.writeByte(0);
        }

        /** Sends what is made on the way, or before. */
        void copyIn(String sql, Iterable<byte[]> chunks) throws IOException {
            query(sql);
            until('G');
            for (byte[] chunk : chunks) {
                out.write(chunk);
            }
            out.write(new byte[] {'c', 0, 0, 0, 4});
            until('Z');
        }

        /** Reads everything; gives the number of bytes. */
        long copyOut(String sql) throws IOException {
            query(sql);
            return until('Z');
        }

        /** Reads up to a message of this type; gives the bytes of the data before it. A message costs a look at its head. */
        private long until(char wanted) throws IOException {
            out.flush();
            long bytes = 0;
            while (true) {
                while (end - at < HEAD) {
                    fill();
                }
                int type = buffer[at];
                int length = (int) INT.get(buffer, at + 1) - 4;
                at += HEAD;
                if (type == 'E') {
                    throw new IOException(new String(take(length), StandardCharsets.UTF_8).replace('\0', ' '));
                }
                skip(length);
                bytes += type == 'd' ? length : 0;
                if (type == wanted) {
                    return bytes;
                }
            }
        }

        private void fill() throws IOException {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
            int some = in.read(buffer, end, buffer.length - end);
            if (some < 0) {
                throw new EOFException();
            }
            end += some;
        }

        private void skip(int count) throws IOException {
            int left = count;
            while (left > end - at) {
                left -= end - at;
                at = end;
                fill();
            }
            at += left;
        }

        private byte[] take(int count) throws IOException {
            while (end - at < count) {
                fill();
            }
            at += count;
            return Arrays.copyOfRange(buffer, at - count, at);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
