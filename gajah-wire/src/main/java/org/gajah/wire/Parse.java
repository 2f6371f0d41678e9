package org.gajah.wire;

/** Makes a prepared statement; parameter types may be fewer than there are parameters, 0 leaves one open. */
public record Parse(String statement, String sql, int[] parameterTypes) implements FrontendMessage {
    static Parse decode(Body body) throws MalformedMessage {
        String statement = body.getCString();
        String sql = body.getCString();
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
        out.putCString(sql);
        out.putShort(parameterTypes.length);
        for (int type : parameterTypes) {
            out.putInt(type);
        }
        out.end(start);
    }
}
