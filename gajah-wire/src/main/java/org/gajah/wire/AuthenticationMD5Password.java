package org.gajah.wire;

/** Asks for the password hashed with MD5 and these four bytes. */
public record AuthenticationMD5Password(byte[] salt) implements Authentication {
    static AuthenticationMD5Password decode(Body body) throws MalformedMessage {
        byte[] salt = body.getBytes(4);
        body.end();
        return new AuthenticationMD5Password(salt);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('R');
        out.putInt(5);
        out.put(salt);
        out.end(start);
    }
}
