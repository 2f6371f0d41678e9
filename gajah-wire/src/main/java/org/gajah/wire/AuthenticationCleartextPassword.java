package org.gajah.wire;

/** Asks for the password as it is. */
public record AuthenticationCleartextPassword() implements Authentication {
    static AuthenticationCleartextPassword decode(Body body) throws MalformedMessage {
        body.end();
        return new AuthenticationCleartextPassword();
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('R');
        out.putInt(3);
        out.end(start);
    }
}
