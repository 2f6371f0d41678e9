package org.gajah.wire;

/** The client gives up a COPY FROM STDIN and says why. */
public record CopyFail(String reason) implements FrontendMessage {
    static CopyFail decode(Body body) throws MalformedMessage {
        String reason = body.getCString();
        body.end();
        return new CopyFail(reason);
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('f');
        out.putCString(reason);
        out.end(start);
    }
}
