package org.gajah.wire;

import java.util.Optional;

/** The chosen SASL mechanism and, if the client speaks first, its first message. */
public record SASLInitialResponse(String mechanism, Optional<byte[]> response) implements FrontendMessage {
    static SASLInitialResponse decode(Body body) throws MalformedMessage {
        String mechanism = body.getCString();
        int length = body.getInt();
        Optional<byte[]> response = length == -1 ? Optional.empty() : Optional.of(body.getBytes(length));
        body.end();
        return new SASLInitialResponse(mechanism, response);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('p');
        out.putCString(mechanism);
        out.putInt(response.map(bytes -> bytes.length).orElse(-1));
        response.ifPresent(out::put);
        out.end(start);
    }
}
