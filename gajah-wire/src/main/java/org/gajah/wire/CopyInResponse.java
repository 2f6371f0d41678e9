package org.gajah.wire;

/** The server waits for COPY data. Formats: 0 text, 1 binary; overall and a column each. */
public record CopyInResponse(int format, short[] columnFormats) implements BackendMessage {
    static CopyInResponse decode(Body body) throws MalformedMessage {
        int format = body.getUnsignedByte();
        short[] columnFormats = body.getFormats();
        body.end();
        return new CopyInResponse(format, columnFormats);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('G');
        out.putByte(format);
        out.putShort(columnFormats.length);
        for (short column : columnFormats) {
            out.putShort(column);
        }
        out.end(start);
    }
}
