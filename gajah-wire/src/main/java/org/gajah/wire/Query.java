package org.gajah.wire;

/** One or more statements in the simple protocol. */
public record Query(String sql) implements FrontendMessage {
    static Query decode(Body body) throws MalformedMessage {
        String sql = body.getCString();
        body.end();
        return new Query(sql);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('Q');
        out.putCString(sql);
        out.end(start);
    }
}
