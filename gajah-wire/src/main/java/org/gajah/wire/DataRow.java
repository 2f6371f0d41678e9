package org.gajah.wire;

/** One row of a result, for readers: a server writes rows straight into its output. */
public record DataRow(Values values) implements BackendMessage {
    static DataRow decode(Body body) throws MalformedMessage {
        Values values = body.getValues();
        body.end();
        return new DataRow(values);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('D');
        values.encode(out);
        out.end(start);
    }
}
