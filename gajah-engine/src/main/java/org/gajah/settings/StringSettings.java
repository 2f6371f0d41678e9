package org.gajah.settings;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.type.Encoding;
import org.gajah.type.TextStyle;
import org.gajah.type.TextStyle.DateFormat;
import org.gajah.type.TextStyle.FieldOrder;

/** The string settings whose values have a grammar of their own. */
final class StringSettings {
    private StringSettings() {
    }

    static String canonical(String name, String value) {
        return switch (name) {
            case "DateStyle" -> dateStyle(value, "ISO, MDY");
            case "application_name", "cluster_name" -> ascii(value);
            case "client_encoding" -> clientEncoding(value);
            case "plpgsql.extra_warnings", "plpgsql.extra_errors" -> extraChecks(name, value);
            case "restrict_nonsystem_relation_kind" -> restrictedKinds(name, value);
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

    /** A DateStyle in full; what it does not say is as in the present one. */
    static String dateStyle(String value, String present) {
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
        String[] halves = present.split(", ");
        return format.orElse(halves[0]) + ", " + order.orElse(halves[1]);
    }

    /** A list of what PL/pgSQL looks for, or all or none. */
    private static String extraChecks(String name, String value) {
        SqlError invalid = SettingValue.invalid(SettingDefinitions.find(name).orElseThrow(), value);
        boolean alone = value.equalsIgnoreCase("all") || value.equalsIgnoreCase("none");
        for (String word : alone ? new String[0] : value.split(",")) {
            switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "shadowed_variables", "too_many_rows", "strict_multi_assignment" -> { }
                case "all", "none" -> throw invalid.detail("Key word \"" + word.strip() + "\" cannot be combined with other key words.");
                default -> throw invalid.detail("Unrecognized key word: \"" + word.strip() + "\".");
            }
        }
        return value;
    }

    /** A list of kinds of relations, as names with commas between them. */
    private static String restrictedKinds(String name, String value) {
        SqlError invalid = SettingValue.invalid(SettingDefinitions.find(name).orElseThrow(), value);
        for (String word : value.isBlank() ? new String[0] : value.split(",", -1)) {
            String kind = word.strip();
            boolean quoted = kind.length() > 2 && kind.startsWith("\"") && kind.endsWith("\"");
            if (kind.isEmpty() || !quoted && kind.chars().anyMatch(c -> Character.isWhitespace(c) || c == '"')) {
                throw invalid.detail("List syntax is invalid.");
            }
            String plain = quoted ? kind.substring(1, kind.length() - 1) : kind.toLowerCase(Locale.ROOT);
            if (!plain.equalsIgnoreCase("view") && !plain.equalsIgnoreCase("foreign-table")) {
                throw invalid.detail("Unrecognized key word: \"" + plain + "\".");
            }
        }
        return value;
    }

    /** What is not ASCII, byte by byte in hexadecimal. */
    private static String ascii(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            out.append(b >= ' ' && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b));
        }
        return out.toString();
    }

    private static String clientEncoding(String value) {
        SqlError invalid = SettingValue.invalid(SettingDefinitions.find("client_encoding").orElseThrow(), value);
        Encoding encoding = Encoding.named(value).orElseThrow(() -> invalid);
        if (encoding.charset().isEmpty() && encoding != Encoding.SQL_ASCII) {
            throw SqlError.notSupported(invalid.getMessage()).detail("Conversion between " + encoding + " and UTF8 is not supported.");
        }
        return encoding.name();
    }
}
