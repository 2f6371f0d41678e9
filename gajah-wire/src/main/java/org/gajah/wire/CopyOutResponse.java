package org.gajah.wire;

/** COPY data follows. Formats: 0 text, 1 binary; overall and a column each. */
public record CopyOutResponse(int format, short[] columnFormats) implements BackendMessage {
    static CopyOutResponse decode(Body body) throws MalformedMessage {
        int format = body.getUnsignedByte();
        short[] columnFormats = body.getFormats();
        body.end();
        return new CopyOutResponse(format, columnFormats);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('H');
        out.putByte(format);
        out.putShort(columnFormats.length);
        for (short column : columnFormats) {
            out.putShort(column);
        }
        out.end(start);
    }
}
