package org.gajah.wire;

/** The end of COPY data in either direction. */
public record CopyDone() implements FrontendMessage, BackendMessage {
    static CopyDone decode(Body body) throws MalformedMessage {
        body.end();
        return new CopyDone();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('c');
    }
}
