package org.gajah.wire;

/** The server's last SASL message. */
public record AuthenticationSASLFinal(byte[] data) implements Authentication {
    static AuthenticationSASLFinal decode(Body body) throws MalformedMessage {
        return new AuthenticationSASLFinal(body.rest());
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('R');
        out.putInt(12);
        out.put(data);
        out.end(start);
    }
}
