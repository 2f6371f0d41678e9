package org.gajah.wire;

/** Asks, on a connection of its own, to cancel what another session is doing; there is never an answer. */
public record CancelRequest(int processId, byte[] secret) implements StartupPacket {
    static CancelRequest decode(Body body) throws MalformedMessage {
        int processId = body.getInt();
        if (body.remaining() == 0 || body.remaining() > 256) {
            throw new MalformedMessage("invalid length of cancel request packet");
        }
        return new CancelRequest(processId, body.rest());
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.size();
        out.putInt(0);
        out.putInt(CANCEL_CODE);
        out.putInt(processId);
        out.put(secret);
        out.end(start);
    }
}
