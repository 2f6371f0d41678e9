package org.gajah.wire;

/** Asks the server to send what it has ready. */
public record Flush() implements FrontendMessage {
    static Flush decode(Body body) throws MalformedMessage {
        body.end();
        return new Flush();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('H');
    }
}
