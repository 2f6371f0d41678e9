package org.gajah.catalog;

import java.util.HashMap;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.type.Codecs;
import org.gajah.type.Oids;
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

    /** The roles that a new cluster has, as its ACLs name them. */
    private static final class BuiltInRoles {
        static final Map<String, Integer> BY_NAME = new HashMap<>();

        static {
            BootstrapRows rows = BootstrapRows.of("pg_authid");
            int oid = rows.index("oid");
            int name = rows.index("rolname");
            rows.forEach(r -> BY_NAME.put(r[name].toString(), Integer.parseUnsignedInt(r[oid].toString())));
        }
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
        if (kind == Oids.REGROLE && text.startsWith("\"")) {
            return BuiltInRoles.BY_NAME.get(text.substring(1, text.length() - 1));
        }
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
