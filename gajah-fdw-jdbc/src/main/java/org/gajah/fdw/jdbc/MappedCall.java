package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.RoutineMapping;

/**
 * The format of a routine mapping taken apart, as PostgreSQL's format() reads it.
 *
 * @param name      what the mapping is called
 * @param pieces    pieces of SQL; between them stand the arguments
 * @param arguments their numbers
 * @param guarded   whether the call is written so that a null argument makes it null
 */
record MappedCall(String name, List<String> pieces, List<Integer> arguments, boolean guarded) {

    /** The parts of a format; nothing if it cannot be read or names an argument that is not there. */
    static Optional<MappedCall> of(String format, int count) {
        return parse(format, count).left;
    }

    /** The mapped form of a call, if there is one. */
    static Optional<MappedCall> of(List<RoutineMapping> mappings, ForeignExpr.Call c) {
        for (RoutineMapping m : mappings) {
            if (m.function() == c.function()) {
                return of(m, c.arguments().size());
            }
        }
        return Optional.empty();
    }

    /** Writes the call. */
    void write(SqlWriter out, ForeignExpr.Call c) {
        if (!name.isEmpty()) {
            out.uses(name);
        }
        if (guarded) {
            out.text("(CASE WHEN ");
            for (int i = 0; i < c.arguments().size(); i++) {
                out.text(i == 0 ? "" : " OR ").expr(c.arguments().get(i)).text(" IS NULL");
            }
            out.text(" THEN NULL ELSE ");
        }
        for (int i = 0; i < pieces.size(); i++) {
            out.text(pieces.get(i));
            if (i < arguments.size()) {
                out.expr(c.arguments().get(arguments.get(i)));
            }
        }
        out.text(guarded ? " END)" : "");
    }

    /** Whether an argument is written more than once. */
    boolean repeats() {
        return guarded || arguments.stream().distinct().count() < arguments.size();
    }

    /** 22023 unless the options are known, the format can be read and its arguments are there. */
    static void validate(RoutineMapping mapping, int parameters) {
        mapping.options().keySet().stream().filter(o -> !KNOWN.contains(o)).findFirst().ifPresent(o -> {
            throw new SqlError(SqlState.FDW_INVALID_OPTION_NAME, "invalid option \"" + o + "\" of a routine mapping")
                    .hint("Valid options in this context are: " + String.join(", ", KNOWN));
        });
        String format = mapping.options().get("format");
        if (format == null || format.isBlank()) {
            throw new SqlError(SqlState.FDW_OPTION_NAME_NOT_FOUND, "routine mapping for function " + mapping.name() + " has no option \"format\"");
        }
        for (String flag : FLAGS) {
            OptionValues.requireFlag(flag, mapping.options().getOrDefault(flag, "true"));
        }
        String scope = mapping.options().getOrDefault("scope", "server");
        if (!SCOPES.contains(scope)) {
            throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"scope\": \"" + scope + "\"")
                    .hint("Valid values in this context are: " + String.join(", ", SCOPES));
        }
        int count = parameters;
        if (mapping.variadic()) {
            String nargs = mapping.options().get("nargs");
            if (nargs == null) {
                throw new SqlError(SqlState.FDW_OPTION_NAME_NOT_FOUND, "routine mapping for variadic function " + mapping.name()
                        + " has no option \"nargs\"");
            }
            boolean number = !nargs.isBlank() && nargs.strip().length() < MOST_DIGITS && nargs.strip().chars().allMatch(c -> c >= '0' && c <= '9');
            if (!number) {
                throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"nargs\": \"" + nargs + "\"")
                        .hint("It is the number of arguments with which the function is called.");
            }
            count = Integer.parseInt(nargs.strip());
        }
        String wrong = parse(format, count).right;
        if (!wrong.isEmpty()) {
            throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"format\": \"" + format + "\"").detail(wrong);
        }
    }

    private static final List<String> FLAGS = List.of("exact", "disabled", "collation_safe", "null_on_null", "deterministic", "where_only");
    private static final List<String> SCOPES = List.of("server", "version", "type", "wrapper");
    private static final List<String> KNOWN = List.of("format", "nargs", "exact", "disabled", "collation_safe", "null_on_null", "deterministic", "where_only", "scope", "name");
    private static final int MOST_DIGITS = 4;

    /** A format taken apart, or what is wrong with it. */
    private record Parsed(Optional<MappedCall> left, String right) {
        static Parsed wrong(String why) {
            return new Parsed(Optional.empty(), why);
        }
    }

    private static Parsed parse(String format, int count) {
        List<String> pieces = new ArrayList<>();
        List<Integer> arguments = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int next = 0;
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (c != '%') {
                piece.append(c);
                continue;
            }
            int digits = i;
            while (digits < format.length() && Character.isDigit(format.charAt(digits))) {
                digits++;
            }
            boolean chosen = digits > i && digits < format.length() && format.charAt(digits) == '$';
            if (digits - i > MOST_DIGITS) {
                return Parsed.wrong("There is no argument with such a number.");
            }
            int argument = chosen ? Integer.parseInt(format, i, digits, DECIMAL) - 1 : next;
            i = chosen ? digits + 1 : i;
            char kind = i < format.length() ? format.charAt(i++) : ' ';
            if (kind == '%' && !chosen) {
                piece.append('%');
            } else if (kind == 's' && argument >= 0 && argument < count) {
                pieces.add(piece.toString());
                piece.setLength(0);
                arguments.add(argument);
                next = argument + 1;
            } else if (kind == 's') {
                return Parsed.wrong("It names argument " + (argument + 1) + ", but there are " + count + ".");
            } else {
                return Parsed.wrong(kind == 'I' || kind == 'L' ? "%" + kind + " cannot be used: arguments are SQL already." : "Behind % stands neither s, n$s nor %.");
            }
        }
        pieces.add(piece.toString());
        return new Parsed(Optional.of(new MappedCall("", pieces, arguments, false)), "");
    }

    private static final int DECIMAL = 10;

    /** The mapping's call with so many arguments, if it is for as many. */
    static Optional<MappedCall> of(RoutineMapping mapping, int count) {
        String nargs = mapping.options().get("nargs");
        boolean fits = !mapping.variadic() || nargs != null && nargs.strip().equals(Integer.toString(count));
        String name = mapping.options().getOrDefault("name", mapping.name());
        boolean guarded = mapping.strict() && count > 0 && !OptionValues.flag(mapping.options(), "null_on_null", true);
        return fits ? Optional.ofNullable(mapping.options().get("format")).flatMap(f -> of(f, count))
                .map(c -> new MappedCall(name, c.pieces, c.arguments, guarded)) : Optional.empty();
    }
}
