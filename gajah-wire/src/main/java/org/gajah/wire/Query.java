package org.gajah.wire;

import java.nio.charset.StandardCharsets;

/** One or more statements in the simple protocol, as UTF-8. */
public record Query(byte[] sql) implements FrontendMessage {
    public Query(String sql) {
        this(sql.getBytes(StandardCharsets.UTF_8));
    }

    static Query decode(Body body) throws MalformedMessage {
        byte[] sql = body.getText();
        body.end();
        return new Query(sql);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('Q');
        out.put(sql);
        out.putByte(0);
        out.end(start);
    }
}
