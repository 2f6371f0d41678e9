package org.gajah.wire;

import java.util.ArrayList;
import java.util.List;

/** The newest version the server will speak (major in the high 16 bits) and the protocol options it does not know. */
public record NegotiateProtocolVersion(int version, List<String> unknownOptions) implements BackendMessage {
    static NegotiateProtocolVersion decode(Body body) throws MalformedMessage {
        int version = body.getInt();
        int count = body.getInt();
        List<String> options = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            options.add(body.getCString());
        }
        body.end();
        return new NegotiateProtocolVersion(version, List.copyOf(options));
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('v');
        out.putInt(version);
        out.putInt(unknownOptions.size());
        unknownOptions.forEach(out::putCString);
        out.end(start);
    }
}
