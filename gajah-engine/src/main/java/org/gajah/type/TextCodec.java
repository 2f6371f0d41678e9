package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** text, varchar, name, unknown, cstring and whatever else is kept as it is written. Never holds a zero byte. */
final class TextCodec extends BytesCodec {
    /** What the type does with text that is too long. */
    enum Kind { PLAIN, VARCHAR, NAME }

    private final Kind kind;

    TextCodec(Kind kind) {
        this.kind = kind;
    }

    @Override
    public boolean isTextInBinary() {
        return true;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((BytesVector) out).put(row, switch (kind) {
            case PLAIN -> text;
            case VARCHAR -> varchar(text, typmod, false);
            case NAME -> name(text);
        });
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Utf8.validate(bytes);
        if (kind == Kind.NAME && bytes.length() > 63) {
            throw new SqlError(SqlState.NAME_TOO_LONG, "identifier too long")
                    .detail("Identifier must be less than 64 characters.");
        }
        parse(bytes, typmod, context, out, row);
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        send(values, row, context, out);
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        send(values, row, null, out);
        out.putByte(0);
    }

    /** Cuts a name after 63 bytes, between characters. */
    static Slice name(Slice text) {
        if (text.length() <= 63) {
            return text;
        }
        int end = 63;
        while ((text.at(end) & 0xc0) == 0x80) {
            end--;
        }
        return text.slice(0, end);
    }

    /** Fits text into varchar(typmod - 4): spaces too many are cut, anything else is an error unless the cast is explicit. */
    static Slice varchar(Slice text, int typmod, boolean explicit) {
        int limit = typmod - 4;
        if (typmod < 4 || text.length() <= limit) {
            return text;
        }
        int end = Utf8.offset(text, limit);
        if (end == text.length()) {
            return text;
        }
        if (!explicit) {
            requireSpaces(text, end, "character varying(" + limit + ")");
        }
        return text.slice(0, end);
    }

    static void requireSpaces(Slice text, int from, String type) {
        for (int i = from; i < text.length(); i++) {
            if (text.at(i) != ' ') {
                throw new SqlError(SqlState.STRING_DATA_RIGHT_TRUNCATION, "value too long for type " + type);
            }
        }
    }
}
