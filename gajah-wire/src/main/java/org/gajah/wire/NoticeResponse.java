package org.gajah.wire;

/** A warning or another remark. */
public record NoticeResponse(Report report) implements BackendMessage {
    static NoticeResponse decode(Body body) throws MalformedMessage {
        return new NoticeResponse(Report.decode(body));
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('N');
        report.encode(out);
        out.end(start);
    }
}
