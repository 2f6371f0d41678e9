package org.gajah.wire;

/** The client's next SASL message. */
public record SASLResponse(byte[] data) implements FrontendMessage {
    static SASLResponse decode(Body body) throws MalformedMessage {
        return new SASLResponse(body.rest());
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('p');
        out.put(data);
        out.end(start);
    }
}
