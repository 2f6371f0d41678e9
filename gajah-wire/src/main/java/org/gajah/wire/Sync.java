package org.gajah.wire;

/** Ends an extended-protocol sequence: the server leaves error skipping and answers ReadyForQuery. */
public record Sync() implements FrontendMessage {
    static Sync decode(Body body) throws MalformedMessage {
        body.end();
        return new Sync();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('S');
    }
}
