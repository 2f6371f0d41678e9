package org.gajah.plpgsql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Oids;

/** RAISE, and what GET DIAGNOSTICS tells. */
final class Raising {
    private static final Map<String, SqlState> STATES = new HashMap<>();

    static {
        for (SqlState state : SqlState.values()) {
            STATES.put(state.code(), state);
        }
    }

    private final Activation a;

    Raising(Activation activation) {
        this.a = activation;
    }

    /** RAISE; {@code place} is what CONTEXT tells of a message. */
    void raise(Step.Raise s, Supplier<String> place) {
        boolean bare = s.condition().isEmpty() && s.format().isEmpty() && s.options().isEmpty();
        if (bare) {
            throw a.handled().map(Handled::whole).orElseThrow(() -> new SqlError(SqlState.STACKED_DIAGNOSTICS_ACCESSED_WITHOUT_ACTIVE_HANDLER,
                    "RAISE without parameters cannot be used outside an exception handler"));
        }
        Map<String, String> options = options(s);
        String code = Optional.ofNullable(options.get("errcode")).map(Raising::code).orElseGet(() -> s.condition().isEmpty() ? "" : code(s.condition()));
        String message = s.format().map(f -> formatted(f, s.arguments())).or(() -> Optional.ofNullable(options.get("message")))
                .orElseGet(() -> s.condition().isEmpty() ? code : s.condition());
        boolean isError = s.level().equals("EXCEPTION");
        SqlError made = error(code.isEmpty() ? defaultCode(s.level()) : code, message, options);
        if (isError) {
            throw made;
        }
        a.session().message(s.level(), made.context(place.get()));
    }

    private Map<String, String> options(Step.Raise s) {
        if (s.options().isEmpty()) {
            return Map.of();
        }
        Map<String, String> options = new HashMap<>();
        for (Step.RaiseOption option : s.options()) {
            String value = a.text(option.value());
            if (value == null) {
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "RAISE statement option cannot be null");
            }
            boolean twice = options.put(option.name(), value) != null || option.name().equals("message") && s.format().isPresent()
                    || option.name().equals("errcode") && !s.condition().isEmpty();
            if (twice) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "RAISE option already specified: " + option.name().toUpperCase(java.util.Locale.ROOT));
            }
        }
        return options;
    }

    private static String code(String written) {
        return written.matches("[0-9A-Z]{5}") ? written : Conditions.states(written).getFirst();
    }

    private static String defaultCode(String level) {
        return switch (level) {
            case "EXCEPTION" -> SqlState.RAISE_EXCEPTION.code();
            case "WARNING" -> SqlState.WARNING.code();
            default -> SqlState.SUCCESSFUL_COMPLETION.code();
        };
    }

    private static SqlError error(String code, String message, Map<String, String> options) {
        SqlState known = STATES.get(code);
        SqlError raised = SqlError.raised(known != null ? known : SqlState.RAISE_EXCEPTION, message);
        SqlError error = known != null ? raised : raised.code(code);
        if (options.containsKey("detail")) {
            error = error.detail(options.get("detail"));
        }
        if (options.containsKey("hint")) {
            error = error.hint(options.get("hint"));
        }
        String schema = options.getOrDefault("schema", "");
        String table = options.getOrDefault("table", "");
        if (!schema.isEmpty() || !table.isEmpty()) {
            error = error.table(schema, table);
        }
        if (options.containsKey("column")) {
            error = error.column(schema, table, options.get("column"));
        }
        if (options.containsKey("constraint")) {
            error = error.constraint(schema, table, options.get("constraint"));
        }
        if (options.containsKey("datatype")) {
            error = error.dataType(schema, options.get("datatype"));
        }
        return error;
    }

    private String formatted(String format, List<Code> arguments) {
        if (format.indexOf('%') < 0) {
            return format;
        }
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
            } else if (i + 1 < format.length() && format.charAt(i + 1) == '%') {
                out.append('%');
                i++;
            } else {
                String text = a.text(arguments.get(next++));
                out.append(text == null ? "<NULL>" : text);
            }
        }
        return out.toString();
    }

    /** GET DIAGNOSTICS; {@code place} is where the function is, and what has called it. */
    void diagnose(Step.Diagnostics s, Supplier<String> place) {
        SqlError handled = s.stacked() ? a.handled().map(Handled::whole).orElseThrow(() -> new SqlError(
                SqlState.STACKED_DIAGNOSTICS_ACCESSED_WITHOUT_ACTIVE_HANDLER,
                "GET STACKED DIAGNOSTICS cannot be used outside an exception handler")) : null;
        for (Step.Diagnostics.Item item : s.items()) {
            Activation.Row row = switch (item.name()) {
                case "row_count" -> new Activation.Row(List.of(""), List.of(Oids.INT8), new Object[] {a.rowCount()});
                case "pg_routine_oid" -> new Activation.Row(List.of(""), List.of(Oids.OID), new Object[] {a.function().definition.proc().oid()});
                case "pg_context" -> text(place.get());
                default -> text(stacked(handled, item.name()));
            };
            a.assignRow(item.target(), row);
        }
    }

    private static Activation.Row text(String text) {
        return new Activation.Row(List.of(""), List.of(Oids.TEXT), new Object[] {Slice.of(text)});
    }

    private static String stacked(SqlError e, String item) {
        return switch (item) {
            case "returned_sqlstate" -> e.code();
            case "message_text" -> e.getMessage();
            case "pg_exception_detail" -> e.detail().orElse("");
            case "pg_exception_hint" -> e.hint().orElse("");
            case "pg_exception_context" -> e.context().orElse("");
            case "column_name" -> e.columnName().orElse("");
            case "constraint_name" -> e.constraintName().orElse("");
            case "pg_datatype_name" -> e.dataTypeName().orElse("");
            case "table_name" -> e.tableName().orElse("");
            case "schema_name" -> e.schemaName().orElse("");
            default -> throw new IllegalStateException(item);
        };
    }
}
