package org.gajah.wire;

/** Asks for TLS; the answer is one byte, S or N. */
public record SSLRequest() implements StartupPacket {
    static SSLRequest decode(Body body) throws MalformedMessage {
        body.end();
        return new SSLRequest();
    }

    @Override
    public void encode(WireOutput out) {
        out.putInt(8);
        out.putInt(SSL_CODE);
    }
}
