package org.gajah.wire;

/** A column of a RowDescription; table and number are 0 if it is not simply a table's column. */
public record Column(String name, int table, short number, int type, short typeSize, int typeModifier, short format) {
    static Column decode(Body body) throws MalformedMessage {
        return new Column(body.getCString(), body.getInt(), body.getShort(), body.getInt(), body.getShort(),
                body.getInt(), body.getShort());
    }

    void encode(WireOutput out) {
        out.putCString(name);
        out.putInt(table);
        out.putShort(number);
        out.putInt(type);
        out.putShort(typeSize);
        out.putInt(typeModifier);
        out.putShort(format);
    }
}
