package org.gajah.wire;

/** COPY data may go both ways (replication). Formats: 0 text, 1 binary; overall and a column each. */
public record CopyBothResponse(int format, short[] columnFormats) implements BackendMessage {
    static CopyBothResponse decode(Body body) throws MalformedMessage {
        int format = body.getUnsignedByte();
        short[] columnFormats = body.getFormats();
        body.end();
        return new CopyBothResponse(format, columnFormats);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('W');
        out.putByte(format);
        out.putShort(columnFormats.length);
        for (short column : columnFormats) {
            out.putShort(column);
        }
        out.end(start);
    }
}
