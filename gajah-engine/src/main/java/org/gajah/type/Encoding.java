package org.gajah.type;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

import org.gajah.type.TableCharset.Layout;

/** A character encoding by PostgreSQL's names and numbers, and the charset for it where there is one. PostgreSQL manual, table 23.3. */
public enum Encoding {
    SQL_ASCII(0, ""), EUC_JP(1, Layout.EUC_JAPAN), EUC_CN(2, "GB2312"), EUC_KR(3, "EUC-KR"), EUC_TW(4, Layout.EUC_TAIWAN),
    EUC_JIS_2004(5, Layout.EUC_JAPAN), UTF8(6, "UTF-8"),
    MULE_INTERNAL(7, ""), LATIN1(8, "ISO-8859-1"), LATIN2(9, "ISO-8859-2"), LATIN3(10, "ISO-8859-3"), LATIN4(11, "ISO-8859-4"),
    LATIN5(12, "ISO-8859-9"), LATIN6(13, Layout.SINGLE), LATIN7(14, "ISO-8859-13"), LATIN8(15, Layout.SINGLE), LATIN9(16, "ISO-8859-15"),
    LATIN10(17, "ISO-8859-16"), WIN1256(18, "windows-1256"), WIN1258(19, "windows-1258"), WIN866(20, "IBM866"), WIN874(21, "x-windows-874"),
    KOI8R(22, "KOI8-R"), WIN1251(23, "windows-1251"), WIN1252(24, "windows-1252"), ISO_8859_5(25, "ISO-8859-5"), ISO_8859_6(26, "ISO-8859-6"),
    ISO_8859_7(27, "ISO-8859-7"), ISO_8859_8(28, "ISO-8859-8"), WIN1250(29, "windows-1250"), WIN1253(30, "windows-1253"),
    WIN1254(31, "windows-1254"), WIN1255(32, "windows-1255"), WIN1257(33, "windows-1257"), KOI8U(34, "KOI8-U"), SJIS(35, Layout.SHIFT_JIS),
    BIG5(36, Layout.DOUBLE), GBK(37, Layout.DOUBLE), UHC(38, Layout.DOUBLE), GB18030(39, "GB18030"),
    JOHAB(40, Layout.DOUBLE), SHIFT_JIS_2004(41, Layout.SHIFT_JIS);

    private static final String[][] ALIASES = {{"unicode", "UTF8"}, {"iso88591", "LATIN1"}, {"iso88592", "LATIN2"}, {"iso88593", "LATIN3"},
        {"iso88594", "LATIN4"}, {"iso88599", "LATIN5"}, {"iso885910", "LATIN6"}, {"iso885913", "LATIN7"}, {"iso885914", "LATIN8"},
        {"iso885915", "LATIN9"}, {"iso885916", "LATIN10"}, {"windows1252", "WIN1252"}, {"windows1251", "WIN1251"}, {"windows1250", "WIN1250"},
        {"windows1253", "WIN1253"}, {"windows1254", "WIN1254"}, {"windows1255", "WIN1255"}, {"windows1256", "WIN1256"}, {"windows1257", "WIN1257"},
        {"windows1258", "WIN1258"}, {"windows866", "WIN866"}, {"windows874", "WIN874"}, {"alt", "WIN866"}, {"win", "WIN1251"}, {"tcvn", "WIN1258"},
        {"abc", "WIN1258"}, {"vscii", "WIN1258"}, {"tcvn5712", "WIN1258"}, {"koi8", "KOI8R"}, {"shiftjis", "SJIS"}, {"mskanji", "SJIS"},
        {"win932", "SJIS"}, {"windows932", "SJIS"}, {"win936", "GBK"}, {"windows936", "GBK"}, {"win949", "UHC"}, {"windows949", "UHC"},
        {"win950", "BIG5"}, {"windows950", "BIG5"}};

    private final int number;
    private final Optional<Charset> charset;

    Encoding(int number, Layout layout) {
        this.number = number;
        this.charset = Optional.of(new TableCharset(this, layout));
    }

    Encoding(int number, String charset) {
        this.number = number;
        this.charset = charset.isEmpty() || !Charset.isSupported(charset) ? Optional.empty() : Optional.of(Charset.forName(charset));
    }

    /** pg_encoding_to_char's number. */
    public int number() {
        return number;
    }

    /** Its charset; empty for SQL_ASCII, which is any bytes, and MULE_INTERNAL, which PostgreSQL does not convert to UTF-8 either. */
    public Optional<Charset> charset() {
        return charset;
    }

    /** The encoding of a name; letter case and everything but letters and digits do not count. */
    public static Optional<Encoding> named(String name) {
        String key = key(name);
        for (Encoding e : values()) {
            if (key(e.name()).equals(key)) {
                return Optional.of(e);
            }
        }
        for (String[] alias : ALIASES) {
            if (alias[0].equals(key)) {
                return Optional.of(valueOf(alias[1]));
            }
        }
        return Optional.empty();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The encoding of a number. */
    public static Optional<Encoding> numbered(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }
}
