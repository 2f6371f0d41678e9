package org.gajah.wire;

import java.util.Optional;

/** The result of a FunctionCall; absent is NULL. */
public record FunctionCallResponse(Optional<byte[]> value) implements BackendMessage {
    static FunctionCallResponse decode(Body body) throws MalformedMessage {
        int length = body.getInt();
        Optional<byte[]> value = length == -1 ? Optional.empty() : Optional.of(body.getBytes(length));
        body.end();
        return new FunctionCallResponse(value);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('V');
        out.putInt(value.map(bytes -> bytes.length).orElse(-1));
        value.ifPresent(out::put);
        out.end(start);
    }
}
