package org.gajah.wire;

/** The messages of type 'R', told apart by their first four bytes. */
public sealed interface Authentication extends BackendMessage permits AuthenticationOk, AuthenticationCleartextPassword,
        AuthenticationMD5Password, AuthenticationSASL, AuthenticationSASLContinue, AuthenticationSASLFinal,
        AuthenticationUnsupported {

    /** Reads the contents of an 'R' message. */
    static Authentication decode(Body body) throws MalformedMessage {
        int method = body.getInt();
        return switch (method) {
            case 0 -> AuthenticationOk.decode(body);
            case 3 -> AuthenticationCleartextPassword.decode(body);
            case 5 -> AuthenticationMD5Password.decode(body);
            case 10 -> AuthenticationSASL.decode(body);
            case 11 -> AuthenticationSASLContinue.decode(body);
            case 12 -> AuthenticationSASLFinal.decode(body);
            default -> new AuthenticationUnsupported(method, body.rest());
        };
    }
}
