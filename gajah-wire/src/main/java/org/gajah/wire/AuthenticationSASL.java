package org.gajah.wire;

import java.util.ArrayList;
import java.util.List;

/** Offers SASL mechanisms, the preferred one first. */
public record AuthenticationSASL(List<String> mechanisms) implements Authentication {
    static AuthenticationSASL decode(Body body) throws MalformedMessage {
        List<String> mechanisms = new ArrayList<>();
        for (String name = body.getCString(); !name.isEmpty(); name = body.getCString()) {
            mechanisms.add(name);
        }
        body.end();
        return new AuthenticationSASL(List.copyOf(mechanisms));
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('R');
        out.putInt(10);
        mechanisms.forEach(out::putCString);
        out.putByte(0);
        out.end(start);
    }
}
