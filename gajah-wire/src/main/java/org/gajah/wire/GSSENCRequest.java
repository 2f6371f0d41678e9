package org.gajah.wire;

/** Asks for GSSAPI encryption; the answer is one byte, G or N. */
public record GSSENCRequest() implements StartupPacket {
    static GSSENCRequest decode(Body body) throws MalformedMessage {
        body.end();
        return new GSSENCRequest();
    }

    @Override
    public void encode(WireOutput out) {
        out.putInt(8);
        out.putInt(GSSENC_CODE);
    }
}
