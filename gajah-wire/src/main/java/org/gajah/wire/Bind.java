package org.gajah.wire;

/** Makes a portal from a prepared statement: format codes 0 (text) and 1 (binary), none for all text, one for all. */
public record Bind(String portal, String statement, short[] parameterFormats, Values parameters,
        short[] resultFormats) implements FrontendMessage {
    static Bind decode(Body body) throws MalformedMessage {
        String portal = body.getCString();
        String statement = body.getCString();
        short[] parameterFormats = body.getFormats();
        Values parameters = body.getValues();
        short[] resultFormats = body.getFormats();
        body.end();
        return new Bind(portal, statement, parameterFormats, parameters, resultFormats);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('B');
        out.putCString(portal);
        out.putCString(statement);
        out.putShort(parameterFormats.length);
        for (short format : parameterFormats) {
            out.putShort(format);
        }
        parameters.encode(out);
        out.putShort(resultFormats.length);
        for (short format : resultFormats) {
            out.putShort(format);
        }
        out.end(start);
    }
}
