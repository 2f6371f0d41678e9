package org.gajah.wire;

/** Runs a portal; at most {@code maxRows} rows, 0 for all. */
public record Execute(String portal, int maxRows) implements FrontendMessage {
    static Execute decode(Body body) throws MalformedMessage {
        String portal = body.getCString();
        int maxRows = body.getInt();
        body.end();
        return new Execute(portal, maxRows);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('E');
        out.putCString(portal);
        out.putInt(maxRows);
        out.end(start);
    }
}
