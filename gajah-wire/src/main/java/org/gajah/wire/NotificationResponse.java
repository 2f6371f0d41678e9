package org.gajah.wire;

/** A NOTIFY, with the process id of the session that sent it. */
public record NotificationResponse(int processId, String channel, String payload) implements BackendMessage {
    static NotificationResponse decode(Body body) throws MalformedMessage {
        int processId = body.getInt();
        String channel = body.getCString();
        String payload = body.getCString();
        body.end();
        return new NotificationResponse(processId, channel, payload);
    }

    /** Writes one whose payload is there as bytes in the client's encoding. */
    public static void encode(WireOutput out, int processId, String channel, byte[] payload, int offset, int length) {
        int start = out.begin('A');
        out.putInt(processId);
        out.putCString(channel);
        out.put(payload, offset, length);
        out.putByte(0);
        out.end(start);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('A');
        out.putInt(processId);
        out.putCString(channel);
        out.putCString(payload);
        out.end(start);
    }
}
