package org.gajah.wire;

import java.nio.charset.StandardCharsets;

/** Makes a prepared statement of UTF-8 text; parameter types may be fewer than there are parameters, 0 leaves one open. */
public record Parse(String statement, byte[] sql, int[] parameterTypes) implements FrontendMessage {
    public Parse(String statement, String sql, int[] parameterTypes) {
        this(statement, sql.getBytes(StandardCharsets.UTF_8), parameterTypes);
    }

    static Parse decode(Body body) throws MalformedMessage {
        String statement = body.getCString();
        byte[] sql = body.getText();
        int count = body.getUnsignedShort();
        if (count > body.remaining() / 4) {
            throw new MalformedMessage("insufficient data left in message");
        }
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = body.getInt();
        }
        body.end();
        return new Parse(statement, sql, types);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('P');
        out.putCString(statement);
        out.put(sql);
        out.putByte(0);
        out.putShort(parameterTypes.length);
        for (int type : parameterTypes) {
            out.putInt(type);
        }
        out.end(start);
    }
}
