package org.gajah.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of an ErrorResponse or NoticeResponse under their one-letter codes (manual, section 54.8), in order:
 * S severity, V the same never translated, C SQLSTATE, M message, D detail, H hint, P position, W context, s t c d n
 * the objects.
 */
public record Report(Map<Character, String> fields) {
    public Report {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A report with the four fields that every report has. */
    public static Report of(String severity, String sqlState, String message) {
        Map<Character, String> fields = new LinkedHashMap<>();
        fields.put('S', severity);
        fields.put('V', severity);
        fields.put('C', sqlState);
        fields.put('M', message);
        return new Report(fields);
    }

    /** This report with one field more; an empty value leaves it as it is. */
    public Report with(char code, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<Character, String> more = new LinkedHashMap<>(fields);
        more.put(code, value);
        return new Report(more);
    }

    public Optional<String> field(char code) {
        return Optional.ofNullable(fields.get(code));
    }

    public String sqlState() {
        return fields.getOrDefault('C', "");
    }

    public String message() {
        return fields.getOrDefault('M', "");
    }

    static Report decode(Body body) throws MalformedMessage {
        Map<Character, String> fields = new LinkedHashMap<>();
        for (int code = body.getUnsignedByte(); code != 0; code = body.getUnsignedByte()) {
            fields.put((char) code, body.getCString());
        }
        body.end();
        return new Report(fields);
    }

    void encode(WireOutput out) {
        fields.forEach((code, value) -> {
            out.putByte(code);
            out.putCString(value);
        });
        out.putByte(0);
    }
}
