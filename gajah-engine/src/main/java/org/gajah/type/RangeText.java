package org.gajah.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Ranges and multiranges as text. */
final class RangeText {
    private final RangeCodec codec;
    private final Slice text;
    private final int typmod;
    private final TypeContext context;
    private final String what;
    private int at;

    RangeText(RangeCodec codec, Slice text, int typmod, TypeContext context) {
        this(codec, text, typmod, context, "range");
    }

    private RangeText(RangeCodec codec, Slice text, int typmod, TypeContext context, String what) {
        this.codec = codec;
        this.text = text;
        this.typmod = typmod;
        this.context = context;
        this.what = what;
    }

    private SqlError malformed(String detail) {
        return new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "malformed " + what + " literal: \"" + text + "\"").detail(detail);
    }

    private void spaces() {
        while (at < text.length() && IntegerText.isSpace(text.at(at))) {
            at++;
        }
    }

    private int peek() {
        return at < text.length() ? text.at(at) : -1;
    }

    private boolean acceptEmpty() {
        if (at + 5 <= text.length() && text.slice(at, 5).toString().equalsIgnoreCase("empty")) {
            at += 5;
            return true;
        }
        return false;
    }

    RangeValue range() {
        spaces();
        if (acceptEmpty()) {
            spaces();
            if (peek() != -1) {
                throw malformed("Junk after \"empty\" key word.");
            }
            return codec.emptyRange();
        }
        RangeValue range = bounds();
        spaces();
        if (peek() != -1) {
            throw malformed("Junk after right parenthesis or bracket.");
        }
        return range;
    }

    private RangeValue bounds() {
        boolean lowerInclusive = peek() == '[';
        if (!lowerInclusive && peek() != '(') {
            throw malformed("Missing left parenthesis or bracket.");
        }
        at++;
        Optional<Slice> lower = bound();
        if (peek() != ',') {
            throw malformed("Missing comma after lower bound.");
        }
        at++;
        Optional<Slice> upper = bound();
        boolean upperInclusive = peek() == ']';
        if (!upperInclusive && peek() != ')') {
            throw malformed("Too many commas.");
        }
        at++;
        return codec.make(value(lower), lowerInclusive, value(upper), upperInclusive);
    }

    private Object value(Optional<Slice> bound) {
        return bound.map(b -> Datum.parse(codec.element(), b, typmod, context)).orElse(null);
    }

    private Optional<Slice> bound() {
        int c = peek();
        if (c == ',' || c == ')' || c == ']') {
            return Optional.empty();
        }
        ByteSink word = new ByteSink();
        boolean quoted = false;
        for (c = peek(); quoted || c != ',' && c != ')' && c != ']'; c = peek()) {
            if (c == -1) {
                throw malformed("Unexpected end of input.");
            }
            at++;
            if (c == '\\') {
                if (peek() == -1) {
                    throw malformed("Unexpected end of input.");
                }
                word.putByte(text.at(at++));
            } else if (c == '"') {
                if (!quoted) {
                    quoted = true;
                } else if (peek() == '"') {
                    word.putByte('"');
                    at++;
                } else {
                    quoted = false;
                }
            } else {
                word.putByte(c);
            }
        }
        return Optional.of(Slice.of(word.toBytes()));
    }

    /** Reads a multirange: its ranges as they are written. */
    static List<RangeValue> ranges(RangeCodec codec, Slice text, int typmod, TypeContext context) {
        return new RangeText(codec, text, typmod, context, "multirange").ranges();
    }

    private List<RangeValue> ranges() {
        List<RangeValue> all = new ArrayList<>();
        spaces();
        if (peek() != '{') {
            throw malformed("Missing left brace.");
        }
        at++;
        spaces();
        boolean first = true;
        while (peek() != '}') {
            if (!first) {
                if (peek() != ',') {
                    throw malformed(peek() == -1 ? "Unexpected end of input." : "Expected comma or end of multirange.");
                }
                at++;
                spaces();
            }
            first = false;
            if (peek() == -1) {
                throw malformed("Unexpected end of input.");
            }
            all.add(member());
            spaces();
        }
        at++;
        spaces();
        if (peek() != -1) {
            throw malformed("Junk after closing right brace.");
        }
        return all;
    }

    private RangeValue member() {
        if (peek() == '(' || peek() == '[') {
            int start = at;
            int end = memberEnd();
            at = end;
            return new RangeText(codec, text.slice(start, end - start), typmod, context).range();
        }
        if (!acceptEmpty()) {
            throw malformed("Expected range start.");
        }
        return codec.emptyRange();
    }

    private int memberEnd() {
        boolean quoted = false;
        for (int i = at + 1; i < text.length(); i++) {
            int c = text.at(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ')' || c == ']')) {
                return i + 1;
            }
        }
        throw malformed("Unexpected end of input.");
    }

    static void format(RangeValue r, TypeContext context, ByteSink out) {
        if (r.empty()) {
            out.putAscii("empty");
            return;
        }
        out.putByte(r.lowerInclusive() ? '[' : '(');
        bound(r.type(), r.lower(), context, out);
        out.putByte(',');
        bound(r.type(), r.upper(), context, out);
        out.putByte(r.upperInclusive() ? ']' : ')');
    }

    private static void bound(RangeCodec codec, Object bound, TypeContext context, ByteSink out) {
        if (bound == null) {
            return;
        }
        Slice s = Datum.format(codec.element(), bound, context);
        boolean quotes = s.isEmpty();
        for (int i = 0; i < s.length() && !quotes; i++) {
            int c = s.at(i);
            quotes = "\"\\()[],".indexOf(c) >= 0 || IntegerText.isSpace(c);
        }
        if (!quotes) {
            out.put(s);
            return;
        }
        out.putByte('"');
        for (int i = 0; i < s.length(); i++) {
            if (s.at(i) == '"' || s.at(i) == '\\') {
                out.putByte(s.at(i));
            }
            out.putByte(s.at(i));
        }
        out.putByte('"');
    }
}
