package org.gajah.wire;

/** A password in clear text or hashed; in a SASL exchange the same type byte carries other messages. */
public record PasswordMessage(String password) implements FrontendMessage {
    static PasswordMessage decode(Body body) throws MalformedMessage {
        String password = body.getCString();
        body.end();
        return new PasswordMessage(password);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('p');
        out.putCString(password);
        out.end(start);
    }
}
