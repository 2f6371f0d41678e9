package org.gajah.server;

import org.gajah.base.Slice;
import org.gajah.type.TextStyle;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;

/** PostgreSQL's defaults and no catalog. */
record ToyContext() implements TypeContext {
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
        return new ToyCodec();
    }

    @Override
    public Names names() {
        return new Names() {
            @Override
            public int resolve(int kind, Slice name) {
                return 0;
            }

            @Override
            public String name(int kind, int oid) {
                return Integer.toString(oid);
            }

            @Override
            public String typeName(int typeOid, int typmod) {
                return "int8";
            }
        };
    }
}
