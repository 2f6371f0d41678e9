package org.gajah.wire;

/** The server waits for the next command; the status is 'I' idle, 'T' in a transaction, 'E' in a failed one. */
public record ReadyForQuery(int status) implements BackendMessage {
    static ReadyForQuery decode(Body body) throws MalformedMessage {
        int status = body.getUnsignedByte();
        body.end();
        return new ReadyForQuery(status);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('Z');
        out.putByte(status);
        out.end(start);
    }
}
