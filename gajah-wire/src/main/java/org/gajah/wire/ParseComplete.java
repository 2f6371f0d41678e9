package org.gajah.wire;

/** A Parse succeeded. */
public record ParseComplete() implements BackendMessage {
    static ParseComplete decode(Body body) throws MalformedMessage {
        body.end();
        return new ParseComplete();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('1');
    }
}
