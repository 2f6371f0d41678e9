package org.gajah.catalog;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.type.Codecs;
import org.gajah.type.TextStyle;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;

/** Reads and writes the text form of built-in types without a session: default styles, UTC, and reg types as numbers only. */
public final class PlainContext implements TypeContext, TypeContext.Names {
    /** The only one. */
    public static final PlainContext INSTANCE = new PlainContext();

    private PlainContext() {
    }

    @Override
    public TextStyle style() {
        return TextStyle.DEFAULT;
    }

    @Override
    public TimeZoneRules timeZone() {
        return TimeZoneRules.UTC;
    }

    @Override
    public long transactionMicros() {
        return 0;
    }

    @Override
    public TypeCodec codec(int typeOid) {
        return Codecs.of(typeOid).orElseThrow();
    }

    @Override
    public Names names() {
        return this;
    }

    @Override
    public int resolve(int kind, Slice name) {
        String text = name.toString();
        if (text.equals("-")) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw SqlError.notSupported("name \"" + text + "\" without a session");
        }
    }

    @Override
    public String name(int kind, int oid) {
        return Integer.toUnsignedString(oid);
    }

    @Override
    public String typeName(int typeOid, int typmod) {
        return Integer.toUnsignedString(typeOid);
    }
}
