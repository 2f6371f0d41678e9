package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ForeignStatement.AlterRoutineMapping;
import org.gajah.ast.ForeignStatement.CreateRoutineMapping;
import org.gajah.ast.ForeignStatement.DropRoutineMapping;
import org.gajah.ast.PreparableStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.parse.Parser;
import org.gajah.plan.ResultColumn;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.ArrayValue;
import org.gajah.vector.Batch;

/**
 * CREATE, ALTER and DROP ROUTINE MAPPING: rows of the table that extension oracle_fdw keeps, for servers of any wrapper. Who may change
 * the table may give these commands; its trigger checks options.
 */
final class RoutineMappingCommands {
    private static final String TABLE = "oracle_fdw.pg_routine_mapping";
    private static final String NAMED = " WHERE oracle_fdw.routine_mapping_name(rmproc, rmserver, rmoptions) = ";

    private final CommandContext context;

    RoutineMappingCommands(CommandContext context) {
        this.context = context;
        if (table(context).isEmpty()) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "the table of routine mappings does not exist")
                    .hint("It comes with CREATE EXTENSION oracle_fdw.");
        }
    }

    /** The table, if it is there. */
    static Optional<Integer> table(CommandContext context) {
        return context.catalog().schema("oracle_fdw").flatMap(s -> context.catalog().relation("pg_routine_mapping", s.oid())).map(Relation::oid);
    }

    /** The names of the mappings, of those that have one, for which a condition holds. */
    List<String> names(String condition) {
        List<Object> names = new ArrayList<>();
        run("SELECT substr(o, 6) FROM " + TABLE + ", unnest(rmoptions) o WHERE (" + condition + ") AND o LIKE 'name=%' ORDER BY 1", names, false);
        return names.stream().map(String::valueOf).toList();
    }

    /** Deletes the mappings for which a condition holds, whoever asks for it. */
    void forget(String condition) {
        run("DELETE FROM " + TABLE + " WHERE " + condition, new ArrayList<>(), false);
    }

    void create(CreateRoutineMapping c) {
        ProcRow function = new Routines(context).find(c.function(), "function");
        ForeignObjects objects = new ForeignObjects(context);
        CatalogRow server = objects.requireServer(c.server());
        if (!rows("SELECT rmoptions FROM " + TABLE + NAMED + literal(c.name())).isEmpty()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "routine mapping \"" + c.name() + "\" already exists");
        }
        String key = Integer.toUnsignedString(function.oid()) + "::regprocedure, " + Integer.toUnsignedString(server.number("oid")) + "::oid";
        if (!rows("SELECT rmoptions FROM " + TABLE + " WHERE (rmproc, rmserver) = (" + key + ")").isEmpty()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "routine mapping for function " + RegNames.signature(function, context.analysis())
                    + " already exists for server \"" + c.server() + "\"");
        }
        Map<String, String> options = ForeignCatalog.options(List.of("name=" + c.name()));
        c.options().forEach(o -> ForeignOptions.apply(options, o));
        run("INSERT INTO " + TABLE + " VALUES (" + key + ", " + array(options) + ")");
    }

    void alter(AlterRoutineMapping a) {
        List<Object> found = rows("SELECT rmoptions FROM " + TABLE + NAMED + literal(a.name()));
        if (found.isEmpty()) {
            throw missing(a.name());
        }
        List<String> stored = new ArrayList<>();
        if (found.getFirst() instanceof ArrayValue array) {
            for (int i = 0; i < array.count(); i++) {
                stored.add(String.valueOf(array.elements().get(i)));
            }
        }
        Map<String, String> options = ForeignCatalog.options(stored);
        a.options().forEach(o -> ForeignOptions.apply(options, o));
        run("UPDATE " + TABLE + " SET rmoptions = " + array(options) + NAMED + literal(a.name()));
    }

    void drop(DropRoutineMapping d) {
        if (run("DELETE FROM " + TABLE + NAMED + literal(d.name())) == 0) {
            if (!d.missingOk()) {
                throw missing(d.name());
            }
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "routine mapping \"" + d.name() + "\" does not exist, skipping"));
        }
    }

    private static SqlError missing(String name) {
        return new SqlError(SqlState.UNDEFINED_OBJECT, "routine mapping \"" + name + "\" does not exist");
    }

    private static String literal(String text) {
        return (text.indexOf('\\') >= 0 ? "E" : "") + "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static String array(Map<String, String> options) {
        List<String> elements = new ArrayList<>();
        options.forEach((name, value) -> elements.add(literal(name + "=" + value)));
        return "ARRAY[" + String.join(", ", elements) + "]::text[]";
    }

    private long run(String sql) {
        return run(sql, new ArrayList<>(), true);
    }

    private List<Object> rows(String sql) {
        List<Object> values = new ArrayList<>();
        run(sql, values, true);
        return values;
    }

    private long run(String sql, List<Object> values, boolean checked) {
        PreparableStatement statement = (PreparableStatement) Parser.parse(Slice.of(sql)).getFirst().statement();
        Analyzed analyzed = Analyzer.analyzeForExecution(statement, context.analysis());
        if (checked) {
            context.requirePermissions(analyzed.permissions());
        }
        return context.run(analyzed.query(), new CommandOutput() {
            @Override
            public void columns(List<ResultColumn> columns) {
                // the statements here are ours: we know their one column
            }

            @Override
            public void rows(Batch batch) {
                for (int i = 0; i < batch.count(); i++) {
                    Object value = batch.column(0).get(batch.selection().row(i));
                    values.add(value == null ? "" : value);
                }
            }
        });
    }
}
