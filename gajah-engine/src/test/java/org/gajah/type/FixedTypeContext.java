package org.gajah.type;

import org.gajah.base.Slice;

/** A context with PostgreSQL's default style, UTC, a fixed moment, and built-in types only. */
public record FixedTypeContext(TextStyle style, TimeZoneRules timeZone) implements TypeContext {
    public static final FixedTypeContext DEFAULT = new FixedTypeContext(TextStyle.DEFAULT, TimeZoneRules.UTC);

    @Override
    public long transactionMicros() {
        return 757_382_400_000_000L;
    }

    @Override
    public TypeCodec codec(int typeOid) {
        return Codecs.of(typeOid).orElseThrow();
    }

    @Override
    public Names names() {
        return new Names() {
            @Override
            public int resolve(int kind, Slice name) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String name(int kind, int oid) {
                return Integer.toString(oid);
            }

            @Override
            public String typeName(int typeOid, int typmod) {
                return Integer.toString(typeOid);
            }
        };
    }
}
