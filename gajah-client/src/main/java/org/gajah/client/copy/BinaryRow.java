package org.gajah.client.copy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Rows in COPY's binary format. The server converts nothing: a value's Java type must be its column's. */
final class BinaryRow {
    static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};
    static final byte[] TRAILER = {-1, -1};

    private BinaryRow() {
    }

    static byte[] encode(Object[] values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * values.length);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeShort(values.length);
            for (Object value : values) {
                byte[] field = value == null ? new byte[0] : field(value);
                out.writeInt(value == null ? -1 : field.length);
                out.write(field);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] field(Object value) {
        return switch (value) {
            case Boolean b -> new byte[] {(byte) (b ? 1 : 0)};
            case Short s -> ByteBuffer.allocate(2).putShort(s).array();
            case Integer i -> ByteBuffer.allocate(4).putInt(i).array();
            case Long l -> ByteBuffer.allocate(8).putLong(l).array();
            case Float f -> ByteBuffer.allocate(4).putFloat(f).array();
            case Double d -> ByteBuffer.allocate(8).putDouble(d).array();
            case UUID u -> ByteBuffer.allocate(16).putLong(u.getMostSignificantBits()).putLong(u.getLeastSignificantBits()).array();
            case String s -> s.getBytes(StandardCharsets.UTF_8);
            case byte[] bytes -> bytes;
            default -> throw new IllegalArgumentException("no binary form is known here for " + value.getClass().getName()
                    + ": give its bytes, or copy in text format");
        };
    }

    /** The fields of a row, each as the server sent it; null is NULL. Empty for the trailer. */
    static byte[][] decode(byte[] message, boolean first) {
        ByteBuffer in = ByteBuffer.wrap(message);
        if (first) {
            in.position(HEADER.length - 4);
            in.position(in.getInt() + in.position());
        }
        int count = in.remaining() < 2 ? -1 : in.getShort();
        byte[][] fields = new byte[Math.max(0, count)][];
        for (int i = 0; i < fields.length; i++) {
            int length = in.getInt();
            if (length >= 0) {
                fields[i] = new byte[length];
                in.get(fields[i]);
            }
        }
        return fields;
    }
}
