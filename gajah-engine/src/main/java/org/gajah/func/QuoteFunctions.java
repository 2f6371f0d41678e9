package org.gajah.func;

import java.util.Set;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** quote_literal and its kin, and turning any value into text as a cast does. */
public final class QuoteFunctions {
    /** Key words that cannot stand alone as a name. */
    private static final Set<String> RESERVED = Set.of(("all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both "
            + "case cast char character check coalesce collate collation column concurrently constraint create cross "
            + "current_catalog current_date current_role current_schema current_time current_timestamp current_user dec "
            + "decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign "
            + "freeze from full grant greatest group grouping having ilike in initially inner inout int integer "
            + "intersect interval into is isnull join json json_array json_arrayagg json_exists json_object "
            + "json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least left "
            + "like limit localtime localtimestamp merge_action national natural nchar none normalize not notnull null "
            + "nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real "
            + "references returning right row select session_user setof similar smallint some substring symmetric "
            + "system_user table tablesample then time timestamp to trailing treat trim true union unique user using "
            + "values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists "
            + "xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable").split(" "));

    private QuoteFunctions() {
    }

    static void literal(Slice s, ByteSink out) {
        boolean escape = TextFunctions.indexOf(s, Slice.of("\\"), 0) >= 0;
        if (escape) {
            out.putByte('E');
        }
        out.putByte('\'');
        for (int i = 0; i < s.length(); i++) {
            int c = s.at(i);
            if (c == '\'' || c == '\\') {
                out.putByte(c);
            }
            out.putByte(c);
        }
        out.putByte('\'');
    }

    public static Slice quote_ident(Slice name) {
        boolean safe = !name.isEmpty() && (name.at(0) >= 'a' && name.at(0) <= 'z' || name.at(0) == '_');
        for (int i = 0; safe && i < name.length(); i++) {
            int c = name.at(i);
            safe = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
        }
        if (safe && !RESERVED.contains(name.toString())) {
            return name;
        }
        ByteSink out = new ByteSink(name.length() + 2).putByte('"');
        for (int i = 0; i < name.length(); i++) {
            if (name.at(i) == '"') {
                out.putByte('"');
            }
            out.putByte(name.at(i));
        }
        return out.putByte('"').view();
    }

    public static Slice quote_literal(CallContext context, Object value) {
        ByteSink out = new ByteSink();
        literal(AnyText.cast(context, context.argumentType(0), value), out);
        return out.view();
    }

    public static Slice quote_nullable(CallContext context, Object value) {
        return value == null ? Slice.of("NULL") : quote_literal(context, value);
    }
}
