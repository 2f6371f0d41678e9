package org.gajah.analyze;

import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.TypeRow;
import org.gajah.type.TextStyle;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;

/** Types of a {@link BuiltInCatalog} as a session in UTC shows them. */
record TestTypes(BuiltInCatalog catalog) implements TypeContext, TypeContext.Names {
    private static final Map<String, String> SPELLED = Map.ofEntries(Map.entry("bool", "boolean"), Map.entry("int2", "smallint"),
            Map.entry("int4", "integer"), Map.entry("int8", "bigint"), Map.entry("float4", "real"), Map.entry("float8", "double precision"),
            Map.entry("varchar", "character varying"), Map.entry("bpchar", "character"), Map.entry("bit", "bit"),
            Map.entry("varbit", "bit varying"), Map.entry("numeric", "numeric"), Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("timestamptz", "timestamp with time zone"), Map.entry("time", "time without time zone"),
            Map.entry("timetz", "time with time zone"), Map.entry("char", "\"char\""));

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
        return catalog.codec(typeOid);
    }

    @Override
    public Names names() {
        return this;
    }

    @Override
    public int resolve(int kind, Slice name) {
        String text = name.toString();
        int dot = text.indexOf('.');
        String bare = dot < 0 ? text : text.substring(dot + 1);
        return switch (kind) {
            case 2205 -> catalog.relations.values().stream().filter(r -> r.name().equals(bare)).map(r -> r.oid()).findFirst()
                    .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_TABLE, "relation \"" + text + "\" does not exist"));
            case 2206 -> catalog.types.values().stream().filter(t -> t.name().equals(bare)).map(TypeRow::oid).findFirst().orElse(23);
            default -> 1;
        };
    }

    @Override
    public String name(int kind, int oid) {
        return Integer.toUnsignedString(oid);
    }

    @Override
    public String typeName(int type, int typmod) {
        TypeRow row = catalog.types.get(type);
        if (row == null) {
            return "???";
        }
        if (row.trueArray() && row.name().startsWith("_")) {
            return typeName(row.element(), typmod) + "[]";
        }
        String name = row.namespace() == 11 ? SPELLED.getOrDefault(row.name(), row.name()) : row.name();
        return name.equals(name.toLowerCase(java.util.Locale.ROOT)) ? name : "\"" + name + "\"";
    }
}
