package org.gajah.wire;

/** Calls a function by its oid, outside SQL (PQfn; large-object clients use it). */
public record FunctionCall(int function, short[] argumentFormats, Values arguments,
        short resultFormat) implements FrontendMessage {
    static FunctionCall decode(Body body) throws MalformedMessage {
        int function = body.getInt();
        short[] formats = body.getFormats();
        Values arguments = body.getValues();
        short resultFormat = body.getShort();
        body.end();
        return new FunctionCall(function, formats, arguments, resultFormat);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('F');
        out.putInt(function);
        out.putShort(argumentFormats.length);
        for (short format : argumentFormats) {
            out.putShort(format);
        }
        arguments.encode(out);
        out.putShort(resultFormat);
        out.end(start);
    }
}
