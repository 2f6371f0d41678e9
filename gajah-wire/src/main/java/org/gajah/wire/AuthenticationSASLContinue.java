package org.gajah.wire;

/** The server's next SASL message. */
public record AuthenticationSASLContinue(byte[] data) implements Authentication {
    static AuthenticationSASLContinue decode(Body body) throws MalformedMessage {
        return new AuthenticationSASLContinue(body.rest());
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('R');
        out.putInt(11);
        out.put(data);
        out.end(start);
    }
}
