package org.gajah.command;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;

/**
 * What VACUUM and ANALYZE are asked to do.
 *
 * @param analyze    whether statistics are to be made
 * @param skipLocked whether a table that cannot be locked at once is left out
 * @param verbose    whether to tell which table is being analyzed
 */
record UpkeepOptions(boolean analyze, boolean skipLocked, boolean verbose) {
    private static final Set<String> ANALYZE = Set.of("verbose", "skip_locked", "buffer_usage_limit");
    /** How dead rows are cleared up; they clear themselves up, so these change nothing. */
    private static final Set<String> VACUUM = Set.of("verbose", "skip_locked", "buffer_usage_limit", "analyze", "freeze", "full",
            "disable_page_skipping", "index_cleanup", "process_main", "process_toast", "truncate", "parallel", "skip_database_stats",
            "only_database_stats");
    private static final Set<String> NOT_FLAGS = Set.of("buffer_usage_limit", "parallel", "index_cleanup");

    static UpkeepOptions of(boolean vacuum, List<DefElem> options) {
        boolean analyze = !vacuum;
        boolean skipLocked = false;
        boolean verbose = false;
        for (DefElem option : options) {
            if (!(vacuum ? VACUUM : ANALYZE).contains(option.name())) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized " + (vacuum ? "VACUUM" : "ANALYZE") + " option \"" + option.name() + "\"")
                        .at(option.location());
            }
            boolean on = NOT_FLAGS.contains(option.name()) || flag(option);
            switch (option.name()) {
                case "analyze" -> analyze = on;
                case "skip_locked" -> skipLocked = on;
                case "verbose" -> verbose = on;
                default -> { }
            }
        }
        return new UpkeepOptions(analyze, skipLocked, verbose);
    }

    /** An option's value as a boolean; without one it is true. */
    static boolean flag(DefElem option) {
        if (option.value().isEmpty()) {
            return true;
        }
        String value = switch (option.value().get()) {
            case DefElem.Value.Flag f -> f.value() ? "true" : "false";
            case DefElem.Value.Number n -> n.value();
            case DefElem.Value.Text t -> t.value().toLowerCase(Locale.ROOT);
            default -> "";
        };
        return switch (value) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            default -> throw new SqlError(SqlState.SYNTAX_ERROR, option.name() + " requires a Boolean value");
        };
    }
}
