package org.gajah.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;

/**
 * The parameters in WITH (...) and SET (...) of relations and columns: which there are, what they may be set to, and how a list is
 * merged into one that is stored. Most are kept and shown only (docs/tables.md).
 */
final class StorageParameters {
    /** The lists of parameters that PostgreSQL knows. */
    enum Kind { TABLE, INDEX, VIEW, COLUMN }

    private sealed interface Form {
    }

    private record Whole(long low, long high) implements Form {
    }

    private record Real(double low, double high) implements Form {
    }

    private record Flag() implements Form {
    }

    private record Word(List<String> words, String valid) implements Form {
    }

    private static final Word AUTO = new Word(List.of("auto", "on", "off", "true", "false", "yes", "no", "1", "0"), "Valid values are \"on\", \"off\", and \"auto\".");
    private static final Map<Kind, Map<String, Form>> KNOWN = Map.of(Kind.TABLE, tables(), Kind.INDEX,
            Map.of("fillfactor", new Whole(10, 100), "deduplicate_items", new Flag()), Kind.VIEW, Map.of("security_barrier", new Flag(),
                    "security_invoker", new Flag(), "check_option", new Word(List.of("local", "cascaded"), "Valid values are \"local\" and \"cascaded\".")),
            Kind.COLUMN, Map.of("n_distinct", new Real(-1, Double.MAX_VALUE), "n_distinct_inherited", new Real(-1, Double.MAX_VALUE)));

    private StorageParameters() {
    }

    private static Map<String, Form> tables() {
        Map<String, Form> all = new LinkedHashMap<>();
        all.put("fillfactor", new Whole(10, 100));
        all.put("parallel_workers", new Whole(0, 1024));
        all.put("toast_tuple_target", new Whole(128, 8160));
        all.put("user_catalog_table", new Flag());
        all.put("autovacuum_enabled", new Flag());
        all.put("vacuum_truncate", new Flag());
        all.put("vacuum_index_cleanup", AUTO);
        all.put("vacuum_max_eager_freeze_failure_rate", new Real(0, 1));
        for (String name : List.of("vacuum", "analyze")) {
            all.put("autovacuum_" + name + "_threshold", new Whole(0, Integer.MAX_VALUE));
            all.put("autovacuum_" + name + "_scale_factor", new Real(0, 100));
        }
        all.put("autovacuum_vacuum_max_threshold", new Whole(-1, Integer.MAX_VALUE));
        all.put("autovacuum_vacuum_insert_threshold", new Whole(-1, Integer.MAX_VALUE));
        all.put("autovacuum_vacuum_insert_scale_factor", new Real(0, 100));
        all.put("autovacuum_vacuum_cost_delay", new Real(0, 100));
        all.put("autovacuum_vacuum_cost_limit", new Whole(1, 10_000));
        for (String name : List.of("", "multixact_")) {
            all.put("autovacuum_" + name + "freeze_min_age", new Whole(0, 1_000_000_000));
            all.put("autovacuum_" + name + "freeze_max_age", new Whole(name.isEmpty() ? 100_000 : 10_000, 2_000_000_000));
            all.put("autovacuum_" + name + "freeze_table_age", new Whole(0, 2_000_000_000));
        }
        all.put("log_autovacuum_min_duration", new Whole(-1, Integer.MAX_VALUE));
        return all;
    }

    /** A stored list, {@code name=value} each, with new parameters put in; checked. */
    static List<String> merged(List<String> stored, List<DefElem> written, Kind kind) {
        Set<String> names = new HashSet<>();
        List<String> made = new ArrayList<>();
        for (DefElem option : written) {
            if (isSkipped(option, kind)) {
                continue;
            }
            String name = option.name();
            if (!names.add(name)) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "parameter \"" + name + "\" specified more than once");
            }
            String value = option.value().map(StorageParameters::text).orElse("true");
            require(name, value, form(name, kind));
            made.add(name + "=" + value);
        }
        List<String> all = new ArrayList<>(stored.stream().filter(s -> !names.contains(nameOf(s))).toList());
        all.addAll(made);
        return all;
    }

    /** A stored list without these. */
    static List<String> without(List<String> stored, List<DefElem> written) {
        for (DefElem option : written) {
            if (option.value().isPresent()) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "RESET must not include values for parameters");
            }
        }
        return stored.stream().filter(s -> written.stream().noneMatch(o -> o.name().equals(nameOf(s)))).toList();
    }

    /** The value of a parameter in a stored list. */
    static Optional<String> value(List<String> stored, String name) {
        return stored.stream().filter(s -> nameOf(s).equals(name)).map(s -> s.substring(name.length() + 1)).findFirst();
    }

    private static String nameOf(String stored) {
        return stored.substring(0, stored.indexOf('='));
    }

    /** Parameters of the table behind long values, which is not there, and WITH (oids = false). */
    private static boolean isSkipped(DefElem option, Kind kind) {
        if (option.namespace().isPresent()) {
            if (kind != Kind.TABLE || !option.namespace().get().equals("toast")) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "unrecognized parameter namespace \"" + option.namespace().get() + "\"");
            }
            require(option.name(), option.value().map(StorageParameters::text).orElse("true"), form(option.name(), kind));
            return true;
        }
        if (kind == Kind.TABLE && option.name().equals("oids")) {
            if (isTrue(option.value().map(StorageParameters::text).orElse("true"))) {
                throw SqlError.notSupported("tables declared WITH OIDS are not supported");
            }
            return true;
        }
        return false;
    }

    private static String text(DefElem.Value value) {
        return switch (value) {
            case DefElem.Value.Text t -> t.value();
            case DefElem.Value.Number n -> n.value();
            case DefElem.Value.Flag f -> Boolean.toString(f.value());
            case DefElem.Value.OfType t -> t.type().dotted();
            case DefElem.Value.Names n -> String.join(".", n.names());
            case DefElem.Value.Texts t -> String.join(",", t.values());
            case DefElem.Value.Roles r -> "";
            case DefElem.Value.Setting s -> "";
            case DefElem.Value.Star s -> "*";
        };
    }

    private static Form form(String name, Kind kind) {
        Form form = KNOWN.get(kind).get(name);
        if (form == null) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "unrecognized parameter \"" + name + "\"");
        }
        return form;
    }

    static boolean isTrue(String value) {
        return List.of("true", "on", "yes", "1", "t", "y").contains(value.toLowerCase(Locale.ROOT));
    }

    private static boolean isFalse(String value) {
        return List.of("false", "off", "no", "0", "f", "n").contains(value.toLowerCase(Locale.ROOT));
    }

    private static void require(String name, String value, Form form) {
        switch (form) {
            case Flag f -> {
                if (!isTrue(value) && !isFalse(value)) {
                    throw invalid("boolean", name, value);
                }
            }
            case Whole w -> {
                long number;
                try {
                    number = Long.parseLong(value);
                } catch (NumberFormatException e) {
                    throw invalid("integer", name, value);
                }
                if (number < w.low || number > w.high) {
                    throw outOfBounds(name, value, Long.toString(w.low), Long.toString(w.high));
                }
            }
            case Real r -> {
                double number;
                try {
                    number = Double.parseDouble(value);
                } catch (NumberFormatException e) {
                    throw invalid("floating point", name, value);
                }
                if (number < r.low || number > r.high) {
                    throw outOfBounds(name, value, String.format(Locale.ROOT, "%f", r.low), r.high == Double.MAX_VALUE
                            ? new java.math.BigDecimal(r.high).setScale(6).toPlainString() : String.format(Locale.ROOT, "%f", r.high));
                }
            }
            case Word w -> {
                if (!w.words.contains(value.toLowerCase(Locale.ROOT))) {
                    throw invalid("enum", name, value).detail(w.valid);
                }
            }
        }
    }

    private static SqlError invalid(String what, String name, String value) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for " + what + " option \"" + name + "\": " + value);
    }

    private static SqlError outOfBounds(String name, String value, String low, String high) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE, "value " + value + " out of bounds for option \"" + name + "\"")
                .detail("Valid values are between \"" + low + "\" and \"" + high + "\".");
    }
}
