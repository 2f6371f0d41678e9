package org.gajah.wire;

/** The client leaves. */
public record Terminate() implements FrontendMessage {
    static Terminate decode(Body body) throws MalformedMessage {
        body.end();
        return new Terminate();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('X');
    }
}
