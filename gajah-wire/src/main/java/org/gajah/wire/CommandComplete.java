package org.gajah.wire;

/** A statement is done; the tag says what it did. */
public record CommandComplete(String tag) implements BackendMessage {
    static CommandComplete decode(Body body) throws MalformedMessage {
        String tag = body.getCString();
        body.end();
        return new CommandComplete(tag);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('C');
        out.putCString(tag);
        out.end(start);
    }
}
