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

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('A');
        out.putInt(processId);
        out.putCString(channel);
        out.putCString(payload);
        out.end(start);
    }
}
