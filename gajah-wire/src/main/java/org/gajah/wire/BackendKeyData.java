package org.gajah.wire;

/** What a CancelRequest for this session has to show: 4 bytes of secret in protocol 3.0, up to 256 from 3.2 on. */
public record BackendKeyData(int processId, byte[] secret) implements BackendMessage {
    static BackendKeyData decode(Body body) throws MalformedMessage {
        int processId = body.getInt();
        return new BackendKeyData(processId, body.rest());
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('K');
        out.putInt(processId);
        out.put(secret);
        out.end(start);
    }
}
