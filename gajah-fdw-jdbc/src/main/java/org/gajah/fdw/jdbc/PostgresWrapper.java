package org.gajah.fdw.jdbc;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignFunction;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.ImportRequest;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.api.foreign.RoutineMapping;
import org.gajah.api.foreign.UserMapping;

/** postgres_fdw: other PostgreSQL and Gajah servers, whose expressions need no translation. */
public final class PostgresWrapper implements ForeignWrapper {
    @Override
    public String name() {
        return "postgres_fdw";
    }

    @Override
    public String version() {
        return "1.2";
    }

    @Override
    public String script() {
        return """
                CREATE FUNCTION @extschema@.postgres_fdw_get_connections(check_conn boolean DEFAULT false, OUT server_name text,
                    OUT user_name text, OUT valid boolean, OUT used_in_xact boolean, OUT closed boolean, OUT remote_backend_pid int4)
                    RETURNS SETOF record AS 'MODULE_PATHNAME', 'postgres_fdw_get_connections_1_2' LANGUAGE C STRICT PARALLEL RESTRICTED;
                CREATE FUNCTION @extschema@.postgres_fdw_disconnect(text) RETURNS bool AS 'MODULE_PATHNAME' LANGUAGE C STRICT PARALLEL RESTRICTED;
                CREATE FUNCTION @extschema@.postgres_fdw_disconnect_all() RETURNS bool AS 'MODULE_PATHNAME' LANGUAGE C STRICT PARALLEL RESTRICTED;
                """;
    }

    @Override
    public Optional<ForeignFunction> function(String symbol) {
        return new ConnectionFunctions((server, mapping) -> PostgresTarget.of(server, mapping.orElseThrow())).of(symbol);
    }

    @Override
    public void validate(OptionTarget target, Map<String, String> options) {
        PostgresOptions.validate(target, options);
    }

    @Override
    public void validate(OptionTarget target, Map<String, String> options, Predicate<String> mayAs) {
        PostgresOptions.validate(target, options, mayAs);
    }

    @Override
    public Optional<String> mappingTable() {
        return Optional.of(OracleMappings.TABLE);
    }

    @Override
    public ForeignPlanner planner(ForeignServer server) {
        return planner(server, List.of());
    }

    @Override
    public ForeignPlanner planner(ForeignServer server, List<RoutineMapping> mappings) {
        return new PostgresPlanner(server, mappings);
    }

    @Override
    public Map<String, String> importSchema(ForeignServer server, ForeignSession session, ImportRequest request) {
        return PostgresImport.statements(server, session, request);
    }

    @Override
    public boolean needsUserMapping() {
        return true;
    }

    @Override
    public ForeignSession open(ForeignServer server, Optional<UserMapping> mapping) {
        UserMapping user = mapping.orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "user mapping not found for server \"" + server.name()
                + "\""));
        return new PostgresSession(PostgresTarget.of(server, user), new PostgresValues(), local -> local == ForeignSession.Isolation.SERIALIZABLE
                ? Connection.TRANSACTION_SERIALIZABLE : Connection.TRANSACTION_REPEATABLE_READ);
    }
}
