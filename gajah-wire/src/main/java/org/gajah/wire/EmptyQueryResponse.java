package org.gajah.wire;

/** The statement was empty: this comes in the place of CommandComplete. */
public record EmptyQueryResponse() implements BackendMessage {
    static EmptyQueryResponse decode(Body body) throws MalformedMessage {
        body.end();
        return new EmptyQueryResponse();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('I');
    }
}
