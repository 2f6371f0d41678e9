package org.gajah.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens a session: the protocol version (major in the high 16 bits) and the parameters user, database, options, replication
 * and any settings, in the order sent. The parameters of another major version than 3 are not read.
 */
public record StartupMessage(int version, Map<String, String> parameters) implements StartupPacket {
    /** Protocol 3.0. */
    public static final int V3_0 = 0x30000;
    /** Protocol 3.2: cancel keys of variable length. */
    public static final int V3_2 = 0x30002;

    public StartupMessage {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public int major() {
        return version >>> 16;
    }

    public int minor() {
        return version & 0xffff;
    }

    static StartupMessage decode(int version, Body body) throws MalformedMessage {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (version >>> 16 == 3) {
            readParameters(body, parameters);
        }
        return new StartupMessage(version, parameters);
    }

    private static void readParameters(Body body, Map<String, String> parameters) throws MalformedMessage {
        try {
            for (String name = body.getCString(); !name.isEmpty(); name = body.getCString()) {
                parameters.put(name, body.getCString());
            }
            body.end();
        } catch (MalformedMessage e) {
            if (e.sqlState().equals("22021")) {
                throw e;
            }
            throw new MalformedMessage("invalid startup packet layout: expected terminator as last byte");
        }
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.size();
        out.putInt(0);
        out.putInt(version);
        parameters.forEach((name, value) -> {
            out.putCString(name);
            out.putCString(value);
        });
        out.putByte(0);
        out.end(start);
    }
}
