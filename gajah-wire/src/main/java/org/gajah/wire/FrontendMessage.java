package org.gajah.wire;

/** What a client sends once the connection is open. */
public sealed interface FrontendMessage permits Bind, Close, CopyData, CopyDone, CopyFail, Describe, Execute, Flush,
        FunctionCall, Parse, PasswordMessage, Query, SASLInitialResponse, SASLResponse, Sync, Terminate {

    /** Writes the whole message, type and length included. */
    void encode(WireOutput out);

    /**
     * Reads any message but those of type 'p', whose meaning depends on the state of the authentication: for these call
     * {@link #password}, {@link #saslInitial} or {@link #sasl}.
     */
    static FrontendMessage decode(Frame frame) throws MalformedMessage {
        return decode(frame, true);
    }

    /** The same from a client that writes text in another encoding unless {@code utf8}: statements are then as they came. */
    static FrontendMessage decode(Frame frame, boolean utf8) throws MalformedMessage {
        Body body = utf8 ? frame.body() : frame.body().inAnyEncoding();
        return switch (frame.type()) {
            case 'B' -> Bind.decode(body);
            case 'C' -> Close.decode(body);
            case 'D' -> Describe.decode(body);
            case 'E' -> Execute.decode(body);
            case 'F' -> FunctionCall.decode(body);
            case 'H' -> Flush.decode(body);
            case 'P' -> Parse.decode(body);
            case 'Q' -> Query.decode(body);
            case 'S' -> Sync.decode(body);
            case 'X' -> Terminate.decode(body);
            case 'c' -> CopyDone.decode(body);
            case 'd' -> CopyData.decode(body);
            case 'f' -> CopyFail.decode(body);
            default -> throw new MalformedMessage("invalid frontend message type " + frame.type());
        };
    }

    /** Reads a 'p' message that answers a request for a password. */
    static PasswordMessage password(Frame frame) throws MalformedMessage {
        return PasswordMessage.decode(frame.body());
    }

    /** Reads a 'p' message that chooses a SASL mechanism. */
    static SASLInitialResponse saslInitial(Frame frame) throws MalformedMessage {
        return SASLInitialResponse.decode(frame.body());
    }

    /** Reads a 'p' message that continues a SASL exchange. */
    static SASLResponse sasl(Frame frame) throws MalformedMessage {
        return SASLResponse.decode(frame.body());
    }
}
