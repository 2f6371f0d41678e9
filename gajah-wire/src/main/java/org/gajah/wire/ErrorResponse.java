package org.gajah.wire;

/** A statement failed. */
public record ErrorResponse(Report report) implements BackendMessage {
    static ErrorResponse decode(Body body) throws MalformedMessage {
        return new ErrorResponse(Report.decode(body));
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('E');
        report.encode(out);
        out.end(start);
    }
}
