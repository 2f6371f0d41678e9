package org.gajah.command;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.base.Slice;

/** COPY's options, checked against each other. PostgreSQL manual, COPY. */
record CopyOptions(boolean csv, byte delimiter, Slice nullText, boolean header, byte quote, byte escape) {
    static CopyOptions of(List<DefElem> written) {
        Set<String> seen = new HashSet<>();
        String format = "text";
        String delimiter = "";
        String nullText = "";
        boolean nullGiven = false;
        boolean header = false;
        String quote = "";
        String escape = "";
        for (DefElem option : written) {
            if (!seen.add(option.name())) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting or redundant options").at(option.location());
            }
            switch (option.name()) {
                case "format" -> format = text(option);
                case "delimiter" -> delimiter = text(option);
                case "null" -> {
                    nullText = text(option);
                    nullGiven = true;
                }
                case "header" -> header = flag(option);
                case "quote" -> quote = text(option);
                case "escape" -> escape = text(option);
                case "encoding" -> requireUtf8(text(option));
                case "freeze" -> flag(option); // nothing here is ever to be frozen
                default -> throw known(option.name()) ? SqlError.notSupported("COPY option \"" + option.name() + "\" is not supported")
                        : new SqlError(SqlState.SYNTAX_ERROR, "option \"" + option.name() + "\" not recognized").at(option.location());
            }
        }
        boolean csv = switch (format) {
            case "text" -> false;
            case "csv" -> true;
            case "binary" -> throw SqlError.notSupported("COPY in binary format is not supported");
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "COPY format \"" + format + "\" not recognized");
        };
        byte separator = single(delimiter, csv ? "," : "\t", "delimiter");
        requireCsv(csv, quote, "QUOTE");
        requireCsv(csv, escape, "ESCAPE");
        byte quoteByte = single(quote, "\"", "quote");
        byte escapeByte = escape.isEmpty() ? quoteByte : single(escape, "\"", "escape");
        checkText(csv, separator);
        return new CopyOptions(csv, separator, Slice.of(nullGiven ? nullText : csv ? "" : "\\N"), header, quoteByte, escapeByte);
    }

    private static boolean known(String name) {
        return Set.of("default", "force_quote", "force_not_null", "force_null", "on_error", "reject_limit", "log_verbosity").contains(name);
    }

    private static void requireUtf8(String encoding) {
        String plain = encoding.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        if (!plain.equals("UTF8") && !plain.equals("UNICODE")) {
            throw SqlError.notSupported("COPY with encoding \"" + encoding + "\" is not supported");
        }
    }

    private static void requireCsv(boolean csv, String given, String option) {
        if (!csv && !given.isEmpty()) {
            throw SqlError.notSupported("COPY " + option + " requires CSV mode");
        }
    }

    private static void checkText(boolean csv, byte delimiter) {
        if (delimiter == '\n' || delimiter == '\r') {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "COPY delimiter cannot be newline or carriage return");
        }
        if (!csv && "\\.abcdefghijklmnopqrstuvwxyz0123456789".indexOf(delimiter) >= 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "COPY delimiter cannot be \"" + (char) delimiter + "\"");
        }
    }

    private static byte single(String given, String otherwise, String what) {
        String value = given.isEmpty() ? otherwise : given;
        if (value.length() != 1 || value.charAt(0) > 127) {
            throw SqlError.notSupported("COPY " + what + " must be a single one-byte character");
        }
        return (byte) value.charAt(0);
    }

    private static String text(DefElem option) {
        return switch (option.value().orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, option.name() + " requires a parameter"))) {
            case DefElem.Value.Text t -> t.value();
            case DefElem.Value.Number n -> n.value();
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "argument to option \"" + option.name() + "\" is not valid");
        };
    }

    private static boolean flag(DefElem option) {
        if (option.value().isEmpty()) {
            return true;
        }
        return switch (option.value().get()) {
            case DefElem.Value.Flag f -> f.value();
            case DefElem.Value.Text t when t.value().equalsIgnoreCase("match") -> throw SqlError.notSupported("COPY HEADER MATCH is not supported");
            case DefElem.Value.Text t -> t.value().equalsIgnoreCase("true") || t.value().equalsIgnoreCase("on");
            case DefElem.Value.Number n -> n.value().equals("1");
            default -> throw new SqlError(SqlState.SYNTAX_ERROR, option.name() + " requires a Boolean value");
        };
    }
}
