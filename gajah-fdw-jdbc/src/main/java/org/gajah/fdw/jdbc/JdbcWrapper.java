package org.gajah.fdw.jdbc;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignFunction;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.ImportRequest;
import org.gajah.api.foreign.OptionNames;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.api.foreign.RoutineMapping;
import org.gajah.api.foreign.UserMapping;

/** jdbc_fdw: any database with a JDBC driver that a superuser has entered. */
public final class JdbcWrapper implements ForeignWrapper {
    private static final OptionNames NAMES = new OptionNames(Map.of(
            OptionTarget.USER_MAPPING, List.of("user", "password"),
            OptionTarget.TABLE, List.of("schema_name", "table_name", "fetch_size", "batch_size", "updatable", "sample_percent"),
            OptionTarget.COLUMN, List.of("column_name", "key")));

    @Override
    public String name() {
        return "jdbc_fdw";
    }

    @Override
    public String script() {
        return QueryFunction.SCRIPT;
    }

    @Override
    public Optional<ForeignFunction> function(String symbol) {
        return symbol.equals("jdbc_exec") ? Optional.of(QueryFunction::call) : Optional.empty();
    }

    @Override
    public void validate(OptionTarget target, Map<String, String> options) {
        switch (target) {
            case WRAPPER -> options.forEach(DriverProfile::parse);
            case SERVER -> {
                if (!options.containsKey("driver")) {
                    throw new SqlError(SqlState.FDW_OPTION_NAME_NOT_FOUND, "missing required option \"driver\"");
                }
            }
            case USER_MAPPING, TABLE, COLUMN -> NAMES.requireListing(target, options.keySet());
        }
        options.forEach((name, value) -> {
            switch (name) {
                case "fetch_size", "batch_size" -> OptionValues.requirePositive(name, value);
                case "updatable", "key" -> OptionValues.requireFlag(name, value);
                case "sample_percent" -> OptionValues.percent(value).orElseThrow(() -> new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                        "\"sample_percent\" must be a number between 0.000001 and 100"));
                default -> { }
            }
        });
    }

    static DriverProfile profile(ForeignServer server) {
        return DriverProfile.of(server, server.options().getOrDefault("driver", ""));
    }

    @Override
    public Optional<String> mappingTable() {
        return Optional.of(OracleMappings.TABLE);
    }

    /** With what types its columns have there, those that are found by their names. */
    @Override
    public ForeignTable described(ForeignServer server, ForeignTable table, Supplier<ForeignSession> session, Consumer<SqlError> warnings) {
        if (!(session.get() instanceof JdbcSession there)) {
            return table;
        }
        JdbcSql sql = new JdbcSql(new Routines(Dialect.of(profile(server).dialect()), List.of()));
        List<RemoteColumn> found = there.columns(sql.table(table));
        List<ForeignColumn> columns = new ArrayList<>();
        for (ForeignColumn c : table.columns()) {
            String name = sql.name(c);
            columns.add(found.stream().filter(f -> f.name().equals(name)).findFirst().map(f -> f.describe(c)).orElse(c));
        }
        return new ForeignTable(table.oid(), table.schema(), table.name(), List.copyOf(columns), table.options());
    }

    @Override
    public Optional<String> ownersRole(ForeignServer server, ForeignTable table) {
        return Outside.owner(profile(server).url(), table);
    }

    @Override
    public ForeignPlanner planner(ForeignServer server) {
        return planner(server, List.of());
    }

    @Override
    public ForeignPlanner planner(ForeignServer server, List<RoutineMapping> mappings) {
        return new JdbcPlanner(server, Dialect.of(profile(server).dialect()), "Remote SQL", mappings);
    }

    @Override
    public Map<String, String> importSchema(ForeignServer server, ForeignSession session, ImportRequest request) {
        return ((JdbcSession) session).imported(new JdbcImport(server, request, false).checked());
    }

    @Override
    public ForeignSession open(ForeignServer server, Optional<UserMapping> mapping) {
        return new JdbcSession(profile(server).target(server, server.options(), mapping), new JdbcAnyValues(Dialect.of(profile(server).dialect())), local -> isolation(
                server.options().getOrDefault("isolation_level", "read_committed")));
    }

    /** JDBC's number of an isolation level by oracle_fdw's name. */
    static int isolation(String name) {
        return switch (name) {
            case "serializable" -> Connection.TRANSACTION_SERIALIZABLE;
            case "default" -> -1;
            default -> Connection.TRANSACTION_READ_COMMITTED;
        };
    }
}
