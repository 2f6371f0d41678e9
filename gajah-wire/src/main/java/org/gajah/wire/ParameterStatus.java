package org.gajah.wire;

/** A setting's value, at start and whenever it changes. */
public record ParameterStatus(String name, String value) implements BackendMessage {
    static ParameterStatus decode(Body body) throws MalformedMessage {
        String name = body.getCString();
        String value = body.getCString();
        body.end();
        return new ParameterStatus(name, value);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('S');
        out.putCString(name);
        out.putCString(value);
        out.end(start);
    }
}
