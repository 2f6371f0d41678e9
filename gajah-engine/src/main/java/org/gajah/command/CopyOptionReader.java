package org.gajah.command;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.base.Slice;
import org.gajah.type.Encoding;

/** Reads COPY's options and checks them against each other, in PostgreSQL's order. */
final class CopyOptionReader {
    private static final List<String> KNOWN = List.of("format", "freeze", "delimiter", "null", "default", "header", "quote", "escape",
            "force_quote", "force_not_null", "force_null", "encoding", "on_error", "reject_limit", "log_verbosity", "on_conflict", "error_table");

    private final boolean from;
    private final Map<String, DefElem> given = new HashMap<>();

    private CopyOptionReader(boolean from) {
        this.from = from;
    }

    /** {@code from} is COPY FROM. */
    static CopyOptions read(List<DefElem> written, boolean from) {
        return new CopyOptionReader(from).read(written);
    }

    private CopyOptions read(List<DefElem> written) {
        for (DefElem option : written) {
            if (!KNOWN.contains(option.name())) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "option \"" + option.name() + "\" not recognized").at(option.location());
            }
            if (given.put(option.name(), option) != null) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting or redundant options").at(option.location());
            }
            checkAlone(option);
        }
        CopyOptions.Format format = Optional.ofNullable(given.get("format")).map(this::format).orElse(CopyOptions.Format.TEXT);
        boolean csv = format == CopyOptions.Format.CSV;
        requireTextual(format);
        byte delimiter = single("delimiter", csv ? "," : "\t");
        String nullText = text("null").orElse(csv ? "" : "\\N");
        checkDelimiter(csv, delimiter);
        checkMarks(csv, delimiter, nullText);
        byte quote = csv ? single("quote", "\"") : (byte) '"';
        if (csv && quote == delimiter) {
            throw invalid("COPY delimiter and quote must be different");
        }
        CopyOptions options = new CopyOptions(format, delimiter, Slice.of(nullText), text("default").map(Slice::of), header(), quote,
                given.containsKey("escape") ? single("escape", "\"") : quote, columns("force_quote", csv), columns("force_not_null", csv),
                columns("force_null", csv), ignoresErrors(), text("error_table"), limit(), verbosity(), flag("freeze"),
                conflict());
        checkUse(options, nullText);
        return options;
    }

    /** What is wrong with an option whatever the others are; comes first, in the order of writing. */
    private void checkAlone(DefElem option) {
        switch (option.name()) {
            case "format" -> format(option);
            case "header" -> header();
            case "freeze" -> flag("freeze");
            case "force_quote", "force_not_null", "force_null" -> columnList(option);
            case "encoding" -> encoding(option);
            case "on_error" -> ignoresErrors();
            case "reject_limit" -> limit();
            case "log_verbosity" -> verbosity();
            case "on_conflict" -> conflict();
            default -> text(option.name());
        }
    }

    private CopyOptions.Format format(DefElem option) {
        return switch (text(option)) {
            case "text" -> CopyOptions.Format.TEXT;
            case "csv" -> CopyOptions.Format.CSV;
            case "binary" -> CopyOptions.Format.BINARY;
            case "json" -> CopyOptions.Format.JSON;
            default -> throw invalid("COPY format \"" + text(option) + "\" not recognized").at(option.location());
        };
    }

    private void requireTextual(CopyOptions.Format format) {
        if (format != CopyOptions.Format.BINARY && format != CopyOptions.Format.JSON) {
            return;
        }
        for (String name : List.of("delimiter", "null", "default")) {
            if (given.containsKey(name)) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "cannot specify " + name.toUpperCase(Locale.ROOT) + " in " + format + " mode");
            }
        }
        if (header() != CopyOptions.Header.NONE) {
            throw SqlError.notSupported("cannot specify HEADER in " + format + " mode");
        }
        if (ignoresErrors() && format == CopyOptions.Format.BINARY) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "only ON_ERROR STOP is allowed in BINARY mode");
        }
    }

    private void checkDelimiter(boolean csv, byte delimiter) {
        if (delimiter == '\n' || delimiter == '\r') {
            throw invalid("COPY delimiter cannot be newline or carriage return");
        }
        if (!csv && "\\.abcdefghijklmnopqrstuvwxyz0123456789".indexOf(delimiter) >= 0) {
            throw invalid("COPY delimiter cannot be \"" + (char) delimiter + "\"");
        }
    }

    private void checkMarks(boolean csv, byte delimiter, String nullText) {
        if (nullText.contains("\n") || nullText.contains("\r")) {
            throw invalid("COPY null representation cannot use newline or carriage return");
        }
        text("default").filter(d -> d.contains("\n") || d.contains("\r")).ifPresent(d -> {
            throw invalid("COPY default representation cannot use newline or carriage return");
        });
        for (String name : List.of("quote", "escape")) {
            if (!csv && given.containsKey(name)) {
                throw SqlError.notSupported("COPY " + name.toUpperCase(Locale.ROOT) + " requires CSV mode");
            }
        }
    }

    /** What depends on the direction, and the marks that must not be taken for each other. */
    private void checkUse(CopyOptions options, String nullText) {
        if (from && given.containsKey("force_quote")) {
            throw SqlError.notSupported("COPY FORCE_QUOTE cannot be used with COPY FROM");
        }
        for (String name : List.of("force_not_null", "force_null")) {
            requireFrom(name);
        }
        checkMark("NULL", nullText, options);
        if (options.freeze()) {
            requireFrom("freeze");
        }
        Optional<String> defaultText = text("default");
        if (defaultText.isPresent()) {
            if (!from) {
                throw SqlError.notSupported("COPY DEFAULT cannot be used with COPY TO");
            }
            checkMark("DEFAULT", defaultText.get(), options);
            if (nullText.equals(defaultText.get())) {
                throw SqlError.notSupported("NULL specification and DEFAULT specification cannot be the same");
            }
        }
        if (tellsErrors() != options.errorTable().isPresent()) {
            throw invalid(tellsErrors() ? "COPY ON_ERROR table requires ERROR_TABLE" : "COPY ERROR_TABLE requires ON_ERROR to be set to TABLE");
        }
        if (options.rejectLimit().isPresent() && !options.ignoreErrors()) {
            throw invalid("COPY REJECT_LIMIT requires ON_ERROR to be set to IGNORE");
        }
    }

    private void requireFrom(String option) {
        if (!from && given.containsKey(option)) {
            throw invalid("COPY " + option.toUpperCase(Locale.ROOT) + " cannot be used with COPY TO");
        }
    }

    private static void checkMark(String name, String mark, CopyOptions options) {
        SqlState state = name.equals("NULL") ? SqlState.INVALID_PARAMETER_VALUE : SqlState.FEATURE_NOT_SUPPORTED;
        if (mark.indexOf(options.delimiter()) >= 0) {
            throw new SqlError(state, "COPY delimiter character must not appear in the " + name + " specification");
        }
        if (options.csv() && mark.indexOf(options.quote()) >= 0) {
            throw new SqlError(state, "CSV quote character must not appear in the " + name + " specification");
        }
    }

    private CopyOptions.Header header() {
        DefElem option = given.get("header");
        if (option == null) {
            return CopyOptions.Header.NONE;
        }
        if (option.value().isPresent() && option.value().get() instanceof DefElem.Value.Text t && t.value().equalsIgnoreCase("match")) {
            if (!from) {
                throw SqlError.notSupported("cannot use \"match\" with HEADER in COPY TO");
            }
            return CopyOptions.Header.MATCH;
        }
        return OptionValues.flag(option).orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, "header requires a Boolean value or \"match\""))
                ? CopyOptions.Header.PRESENT : CopyOptions.Header.NONE;
    }

    private boolean flag(String name) {
        DefElem option = given.get(name);
        return option != null && OptionValues.flag(option)
                .orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, name + " requires a Boolean value"));
    }

    private boolean ignoresErrors() {
        DefElem option = given.get("on_error");
        if (option == null) {
            return false;
        }
        if (!from) {
            throw invalid("COPY ON_ERROR cannot be used with COPY TO").at(option.location());
        }
        return switch (text(option).toLowerCase(Locale.ROOT)) {
            case "stop" -> false;
            case "ignore", "table" -> true;
            default -> throw invalid("COPY ON_ERROR \"" + text(option) + "\" not recognized").at(option.location());
        };
    }

    private boolean tellsErrors() {
        return Optional.ofNullable(given.get("on_error")).filter(o -> text(o).equalsIgnoreCase("table")).isPresent();
    }

    private CopyOptions.Conflict conflict() {
        DefElem option = given.get("on_conflict");
        if (option == null) {
            return CopyOptions.Conflict.ERROR;
        }
        if (!from) {
            throw invalid("COPY ON_CONFLICT cannot be used with COPY TO").at(option.location());
        }
        return switch (text(option).toLowerCase(Locale.ROOT)) {
            case "error" -> CopyOptions.Conflict.ERROR;
            case "nothing" -> CopyOptions.Conflict.NOTHING;
            case "update" -> CopyOptions.Conflict.UPDATE;
            default -> throw invalid("COPY ON_CONFLICT \"" + text(option) + "\" not recognized").at(option.location());
        };
    }

    private OptionalLong limit() {
        DefElem option = given.get("reject_limit");
        if (option == null) {
            return OptionalLong.empty();
        }
        long limit;
        try {
            limit = Long.parseLong(text(option));
        } catch (NumberFormatException e) {
            throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bigint: \"" + text(option) + "\"", e);
        }
        if (limit <= 0) {
            throw invalid("REJECT_LIMIT (" + limit + ") must be greater than zero");
        }
        return OptionalLong.of(limit);
    }

    private CopyOptions.Verbosity verbosity() {
        DefElem option = given.get("log_verbosity");
        if (option == null) {
            return CopyOptions.Verbosity.DEFAULT;
        }
        return switch (text(option).toLowerCase(Locale.ROOT)) {
            case "silent" -> CopyOptions.Verbosity.SILENT;
            case "default" -> CopyOptions.Verbosity.DEFAULT;
            case "verbose" -> CopyOptions.Verbosity.VERBOSE;
            default -> throw invalid("COPY LOG_VERBOSITY \"" + text(option) + "\" not recognized").at(option.location());
        };
    }

    private CopyOptions.Columns columns(String name, boolean csv) {
        DefElem option = given.get(name);
        if (option == null) {
            return CopyOptions.Columns.NONE;
        }
        if (!csv) {
            throw SqlError.notSupported("COPY " + name.toUpperCase(Locale.ROOT) + " requires CSV mode");
        }
        return columnList(option);
    }

    private static CopyOptions.Columns columnList(DefElem option) {
        return switch (option.value().orElse(new DefElem.Value.Flag(true))) {
            case DefElem.Value.Star s -> new CopyOptions.Columns(true, List.of());
            case DefElem.Value.Texts t -> new CopyOptions.Columns(false, t.values());
            default -> throw invalid("argument to option \"" + option.name() + "\" must be a list of column names").at(option.location());
        };
    }

    /** The encoding that the data are in: the option's, or the client's. */
    static Encoding encoding(List<DefElem> options, String client) {
        return options.stream().filter(o -> o.name().equals("encoding")).findFirst().map(CopyOptionReader::encoding)
                .orElseGet(() -> Encoding.named(client).orElse(Encoding.UTF8));
    }

    private static Encoding encoding(DefElem option) {
        return Encoding.named(text(option)).orElseThrow(() -> new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                "argument to option \"encoding\" must be a valid encoding name").at(option.location()));
    }

    private byte single(String name, String otherwise) {
        String value = text(name).orElse(otherwise);
        if (value.length() != 1 || value.charAt(0) > 127) {
            throw SqlError.notSupported("COPY " + name + " must be a single one-byte character");
        }
        return (byte) value.charAt(0);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(CopyOptionReader::text);
    }

    private static String text(DefElem option) {
        return OptionValues.text(option).orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, option.name() + " requires a parameter"));
    }

    private static SqlError invalid(String message) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE, message);
    }
}
