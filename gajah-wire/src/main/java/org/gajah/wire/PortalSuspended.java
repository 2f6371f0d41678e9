package org.gajah.wire;

/** Execute's row limit was reached; the portal has more. */
public record PortalSuspended() implements BackendMessage {
    static PortalSuspended decode(Body body) throws MalformedMessage {
        body.end();
        return new PortalSuspended();
    }

    @Override
    public void encode(WireOutput out) {
        out.putEmpty('s');
    }
}
