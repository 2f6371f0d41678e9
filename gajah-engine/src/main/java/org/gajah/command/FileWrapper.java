package org.gajah.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.OptionNames;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.api.foreign.UserMapping;
import org.gajah.ast.DefElem;

/** file_fdw: a file or the output of a program on the server's machine as a table, in the formats of COPY and with its options. */
public final class FileWrapper implements ForeignWrapper {
    static final String FILE = "filename";
    static final String PROGRAM = "program";
    private static final List<String> FORCES = List.of("force_not_null", "force_null");
    private static final OptionNames NAMES = new OptionNames(Map.of(OptionTarget.TABLE, List.of(FILE, PROGRAM, "format", "header", "delimiter", "quote", "escape",
            "null", "default", "encoding", "on_error", "log_verbosity", "reject_limit"), OptionTarget.COLUMN, FORCES));

    @Override
    public String name() {
        return "file_fdw";
    }

    @Override
    public void validate(OptionTarget target, Map<String, String> options) {
        validate(target, options, role -> true);
    }

    @Override
    public void validate(OptionTarget target, Map<String, String> options, Predicate<String> mayAs) {
        NAMES.require(target, options.keySet());
        if (target == OptionTarget.COLUMN) {
            options.forEach(FileWrapper::flag);
        }
        if (target != OptionTarget.TABLE) {
            return;
        }
        requireRole(options, FILE, "pg_read_server_files", mayAs);
        requireRole(options, PROGRAM, "pg_execute_server_program", mayAs);
        if (options.containsKey(FILE) && options.containsKey(PROGRAM)) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting or redundant options");
        }
        requireSupported(copyOptions(options, List.of()));
        if (!options.containsKey(FILE) && !options.containsKey(PROGRAM)) {
            throw new SqlError(SqlState.FDW_DYNAMIC_PARAMETER_VALUE_NEEDED, "either filename or program is required for file_fdw foreign tables");
        }
    }

    private static void requireRole(Map<String, String> options, String option, String role, Predicate<String> mayAs) {
        if (options.containsKey(option) && !mayAs.test(role)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to set the \"" + option + "\" option of a file_fdw foreign table")
                    .detail("Only roles with privileges of the \"" + role + "\" role may set this option.");
        }
    }

    private static void requireSupported(CopyOptions options) {
        if (options.format() == CopyOptions.Format.JSON) {
            throw SqlError.notSupported("COPY format \"json\" is not supported by file_fdw");
        }
    }

    /** What options of a table and of its columns mean to COPY. */
    static CopyOptions copyOptions(Map<String, String> options, List<Map.Entry<String, Map<String, String>>> columns) {
        List<DefElem> elements = new ArrayList<>(elements(options));
        for (String force : FORCES) {
            List<String> names = columns.stream().filter(c -> c.getValue().containsKey(force) && flag(force, c.getValue().get(force))).map(Map.Entry::getKey).toList();
            if (!names.isEmpty()) {
                elements.add(element(force, new DefElem.Value.Texts(names)));
            }
        }
        return CopyOptionReader.read(elements, true);
    }

    /** Options of a table that are COPY's. */
    static List<DefElem> elements(Map<String, String> options) {
        Map<String, String> copy = new LinkedHashMap<>(options);
        copy.remove(FILE);
        copy.remove(PROGRAM);
        return copy.entrySet().stream().map(o -> element(o.getKey(), new DefElem.Value.Text(o.getValue()))).toList();
    }

    private static DefElem element(String name, DefElem.Value value) {
        return new DefElem(Optional.empty(), name, Optional.of(value), DefElem.Action.UNSPECIFIED, -1);
    }

    private static boolean flag(String name, String value) {
        return OptionValues.flag(element(name, new DefElem.Value.Text(value)))
                .orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, name + " requires a Boolean value"));
    }

    @Override
    public ForeignPlanner planner(ForeignServer server) {
        return new FilePlanner();
    }

    @Override
    public ForeignSession open(ForeignServer server, Optional<UserMapping> mapping) {
        throw new IllegalStateException("files are read with what the session has");
    }
}
