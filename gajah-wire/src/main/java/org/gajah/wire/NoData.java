package org.gajah.wire;

/** A Describe: the statement returns no rows. */
public record NoData() implements BackendMessage {
    static NoData decode(Body body) throws MalformedMessage {
        body.end();
        return new NoData();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('n');
    }
}
