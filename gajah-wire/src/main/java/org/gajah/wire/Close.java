package org.gajah.wire;

/** Closes a statement (kind 'S') or a portal (kind 'P'); other kinds are for the server to refuse. */
public record Close(int kind, String name) implements FrontendMessage {
    static Close decode(Body body) throws MalformedMessage {
        int kind = body.getUnsignedByte();
        String name = body.getCString();
        body.end();
        return new Close(kind, name);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('C');
        out.putByte(kind);
        out.putCString(name);
        out.end(start);
    }
}
