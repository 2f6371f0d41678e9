package org.gajah.wire;

/** The client is who it says it is. */
public record AuthenticationOk() implements Authentication {
    static AuthenticationOk decode(Body body) throws MalformedMessage {
        body.end();
        return new AuthenticationOk();
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('R');
        out.putInt(0);
        out.end(start);
    }
}
