package org.gajah.func;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Utf8;

/** string_to_array and string_to_table. */
public final class SplitFunctions {
    private SplitFunctions() {
    }

    /** The parts; a null separator splits into characters; parts equal to {@code forNull} are null. */
    private static List<Slice> split(Slice s, Slice separator, Slice forNull) {
        List<Slice> parts = new ArrayList<>();
        if (s.isEmpty()) {
            return parts;
        }
        if (separator == null) {
            for (int at = 0; at < s.length(); at += Utf8.width(s.at(at))) {
                parts.add(s.slice(at, Utf8.width(s.at(at))));
            }
        } else if (separator.isEmpty()) {
            parts.add(s);
        } else {
            int start = 0;
            for (int at = TextFunctions.indexOf(s, separator, 0); at >= 0; at = TextFunctions.indexOf(s, separator, start)) {
                parts.add(s.slice(start, at - start));
                start = at + separator.length();
            }
            parts.add(s.slice(start, s.length() - start));
        }
        if (forNull != null) {
            parts.replaceAll(p -> p.equals(forNull) ? null : p);
        }
        return parts;
    }

    public static ArrayValue text_to_array(Slice s, Slice separator) {
        return s == null ? null : ArrayFunctions.texts(split(s, separator, null));
    }

    public static ArrayValue text_to_array_null(Slice s, Slice separator, Slice forNull) {
        return s == null ? null : ArrayFunctions.texts(split(s, separator, forNull));
    }

    public static Iterator<Object> text_to_table(Slice s, Slice separator) {
        return text_to_table_null(s, separator, null);
    }

    public static Iterator<Object> text_to_table_null(Slice s, Slice separator, Slice forNull) {
        List<Object> rows = new ArrayList<>();
        if (s != null) {
            rows.addAll(split(s, separator, forNull));
        }
        return rows.iterator();
    }
}
