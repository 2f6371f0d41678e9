package org.gajah.wire;

/** The types of a prepared statement's parameters. */
public record ParameterDescription(int[] types) implements BackendMessage {
    static ParameterDescription decode(Body body) throws MalformedMessage {
        int count = body.getUnsignedShort();
        if (count > body.remaining() / 4) {
            throw new MalformedMessage("insufficient data left in message");
        }
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = body.getInt();
        }
        body.end();
        return new ParameterDescription(types);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('t');
        out.putShort(types.length);
        for (int type : types) {
            out.putInt(type);
        }
        out.end(start);
    }
}
