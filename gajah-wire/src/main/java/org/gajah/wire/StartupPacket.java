package org.gajah.wire;

/** What opens a connection: packets without a type byte, told apart by the number in a protocol version's place. */
public sealed interface StartupPacket permits StartupMessage, CancelRequest, SSLRequest, GSSENCRequest {
    int CANCEL_CODE = 80877102;
    int SSL_CODE = 80877103;
    int GSSENC_CODE = 80877104;

    /** Writes the whole packet, length included. */
    void encode(WireOutput out);

    /** Reads a packet. */
    static StartupPacket decode(Frame frame) throws MalformedMessage {
        Body body = frame.body();
        int code = body.getInt();
        return switch (code) {
            case CANCEL_CODE -> CancelRequest.decode(body);
            case SSL_CODE -> SSLRequest.decode(body);
            case GSSENC_CODE -> GSSENCRequest.decode(body);
            default -> StartupMessage.decode(code, body);
        };
    }
}
