package org.gajah.wire;

/** Asks for the shape of a statement (kind 'S') or a portal (kind 'P'); other kinds are for the server to refuse. */
public record Describe(int kind, String name) implements FrontendMessage {
    static Describe decode(Body body) throws MalformedMessage {
        int kind = body.getUnsignedByte();
        String name = body.getCString();
        body.end();
        return new Describe(kind, name);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('D');
        out.putByte(kind);
        out.putCString(name);
        out.end(start);
    }
}
