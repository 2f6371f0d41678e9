package org.gajah.func;

import java.util.List;
import java.util.Set;

import org.gajah.base.Slice;
import org.gajah.type.Encoding;
import org.gajah.type.Errors;
import org.gajah.type.Transcoding;
import org.gajah.type.Utf8;

/** Functions between encodings. PostgreSQL manual, table 9.12. */
public final class EncodingFunctions {
    /** Encodings between which there are conversions that do not say UTF-8. */
    private static final List<Set<Encoding>> RELATED = List.of(Set.of(Encoding.KOI8R, Encoding.WIN1251, Encoding.WIN866, Encoding.ISO_8859_5),
            Set.of(Encoding.LATIN2, Encoding.WIN1250), Set.of(Encoding.EUC_JP, Encoding.SJIS), Set.of(Encoding.EUC_TW, Encoding.BIG5));

    private EncodingFunctions() {
    }

    private static Encoding named(Slice name, String role) {
        return Encoding.named(name.toString()).orElseThrow(
                () -> Errors.invalidParameter("invalid " + role + "encoding name \"" + name + "\""));
    }

    private static Slice toUtf8(Slice bytes, Encoding from) {
        if (from == Encoding.UTF8 || from == Encoding.SQL_ASCII) {
            Utf8.validate(bytes);
            return bytes;
        }
        return transcoding(from, from, Encoding.UTF8).toUtf8(bytes);
    }

    private static Slice fromUtf8(Slice text, Encoding to) {
        return to == Encoding.UTF8 || to == Encoding.SQL_ASCII ? text : transcoding(to, Encoding.UTF8, to).fromUtf8(text);
    }

    private static Transcoding transcoding(Encoding other, Encoding from, Encoding to) {
        return Transcoding.of(other).orElseThrow(() -> Transcoding.missing(from, to));
    }

    public static Slice pg_convert_from(Slice bytes, Slice source) {
        return toUtf8(bytes, named(source, "source "));
    }

    public static Slice pg_convert_to(Slice text, Slice destination) {
        return fromUtf8(text, named(destination, "destination "));
    }

    public static Slice pg_convert(Slice bytes, Slice source, Slice destination) {
        Encoding from = named(source, "source ");
        Encoding to = named(destination, "destination ");
        boolean direct = from == to || from == Encoding.UTF8 || to == Encoding.UTF8 || RELATED.stream().anyMatch(r -> r.contains(from) && r.contains(to));
        if (!direct) {
            throw Transcoding.missing(from, to);
        }
        return fromUtf8(toUtf8(bytes, from), to);
    }

    /** How many characters the bytes are in that encoding. */
    public static int length_in_encoding(Slice bytes, Slice encoding) {
        return Utf8.length(toUtf8(bytes, named(encoding, "")));
    }

    public static Slice PG_encoding_to_char(int number) {
        return Slice.of(Encoding.numbered(number).map(Encoding::name).orElse(""));
    }

    public static int PG_char_to_encoding(Slice name) {
        return Encoding.named(name.toString()).map(Encoding::number).orElse(-1);
    }
}
