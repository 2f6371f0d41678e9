package org.gajah.wire;

/** A piece of COPY data in either direction; rows may be cut anywhere. */
public record CopyData(byte[] data) implements FrontendMessage, BackendMessage {
    static CopyData decode(Body body) throws MalformedMessage {
        return new CopyData(body.rest());
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('d');
        out.put(data);
        out.end(start);
    }
}
