package org.gajah.settings;

import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.TextStyle;
import org.gajah.type.TextStyle.DateFormat;
import org.gajah.type.TextStyle.FieldOrder;

/** The string settings whose values have a grammar of their own. */
final class StringSettings {
    private StringSettings() {
    }

    static String canonical(String name, String value) {
        return switch (name) {
            case "DateStyle" -> dateStyle(value);
            case "client_encoding" -> clientEncoding(value);
            case "TimeZone", "log_timezone" -> SessionZone.named(value)
                    .orElseThrow(() -> SettingValue.invalid(SettingDefinitions.find(name).orElseThrow(), value)).name();
            default -> value;
        };
    }

    /** Both halves of a canonical DateStyle. */
    static TextStyle applyDateStyle(String canonical, TextStyle style) {
        String[] halves = canonical.split(", ");
        return new TextStyle(DateFormat.valueOf(halves[0].toUpperCase(Locale.ROOT)), FieldOrder.valueOf(halves[1]),
                style.intervalFormat(), style.extraFloatDigits(), style.byteaEscape());
    }

    private static String dateStyle(String value) {
        Optional<String> format = Optional.empty();
        Optional<String> order = Optional.empty();
        for (String part : value.split(",")) {
            String word = part.strip().toUpperCase(Locale.ROOT);
            switch (word) {
                case "ISO" -> format = Optional.of("ISO");
                case "SQL" -> format = Optional.of("SQL");
                case "GERMAN" -> {
                    format = Optional.of("German");
                    order = order.or(() -> Optional.of("DMY"));
                }
                case "YMD" -> order = Optional.of("YMD");
                case "DMY", "EURO", "EUROPEAN" -> order = Optional.of("DMY");
                case "MDY", "US", "NONEURO", "NONEUROPEAN" -> order = Optional.of("MDY");
                case "DEFAULT" -> {
                    format = Optional.of("ISO");
                    order = Optional.of("MDY");
                }
                default -> {
                    if (!word.startsWith("POSTGRES")) {
                        throw SettingValue.invalid(SettingDefinitions.find("DateStyle").orElseThrow(), value)
                                .detail("Unrecognized key word: \"" + part.strip().toLowerCase(Locale.ROOT) + "\".");
                    }
                    format = Optional.of("Postgres");
                }
            }
        }
        return format.orElse("ISO") + ", " + order.orElse("MDY");
    }

    private static String clientEncoding(String value) {
        String plain = value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return switch (plain) {
            case "UTF8", "UNICODE" -> "UTF8";
            case "SQLASCII" -> "SQL_ASCII";
            case "LATIN1", "ISO88591", "LATIN9", "ISO885915", "WIN1252", "WINDOWS1252", "WIN1251", "KOI8R", "EUCJP", "SJIS", "GBK",
                    "BIG5", "EUCKR", "LATIN2" ->
                throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "client encoding \"" + value + "\" is not supported");
            default -> throw SettingValue.invalid(SettingDefinitions.find("client_encoding").orElseThrow(), value);
        };
    }
}
