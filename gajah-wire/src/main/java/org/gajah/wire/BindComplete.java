package org.gajah.wire;

/** A Bind succeeded. */
public record BindComplete() implements BackendMessage {
    static BindComplete decode(Body body) throws MalformedMessage {
        body.end();
        return new BindComplete();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('2');
    }
}
