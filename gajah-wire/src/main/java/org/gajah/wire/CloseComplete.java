package org.gajah.wire;

/** A Close succeeded. */
public record CloseComplete() implements BackendMessage {
    static CloseComplete decode(Body body) throws MalformedMessage {
        body.end();
        return new CloseComplete();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('3');
    }
}
