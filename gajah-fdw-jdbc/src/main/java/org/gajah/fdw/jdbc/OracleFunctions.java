package org.gajah.fdw.jdbc;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignCall;
import org.gajah.api.foreign.ForeignFunction;
import org.gajah.api.foreign.ForeignServer;

/** oracle_fdw's functions: {@code oracle_execute}, {@code oracle_diag}, {@code oracle_close_connections}. */
final class OracleFunctions {
    static final String SCRIPT = """
            CREATE FUNCTION @extschema@.oracle_close_connections() RETURNS void AS 'MODULE_PATHNAME' LANGUAGE C STRICT;
            CREATE FUNCTION @extschema@.oracle_diag(name DEFAULT NULL) RETURNS text AS 'MODULE_PATHNAME' LANGUAGE C STABLE CALLED ON NULL INPUT;
            CREATE FUNCTION @extschema@.oracle_execute(server name, statement text) RETURNS void AS 'MODULE_PATHNAME' LANGUAGE C STRICT;
            """;

    private final String version;

    OracleFunctions(String version) {
        this.version = version;
    }

    /** The function of this symbol. */
    Optional<ForeignFunction> of(String symbol) {
        return switch (symbol) {
            case "oracle_execute" -> Optional.of(OracleFunctions::execute);
            case "oracle_diag" -> Optional.of(this::diagnosis);
            case "oracle_close_connections" -> Optional.of(OracleFunctions::closeConnections);
            default -> Optional.empty();
        };
    }

    private static Iterator<List<Optional<String>>> execute(ForeignCall call) {
        ForeignServer server = call.server(call.arguments().get(0).orElseThrow());
        Outside.require(call, server, OracleWrapper.url(server));
        call.session(server).execute(call.arguments().get(1).orElseThrow());
        return ForeignFunction.nothing();
    }

    private Iterator<List<Optional<String>>> diagnosis(ForeignCall call) {
        String text = "oracle_fdw " + version + " (Gajah), Java " + Runtime.version().feature();
        Optional<String> name = call.arguments().getFirst();
        if (name.isPresent()) {
            ForeignServer server = call.server(name.get());
            text += call.session(server) instanceof JdbcSession s ? s.diagnosis() : "";
        }
        return ForeignFunction.value(Optional.of(text));
    }

    private static Iterator<List<Optional<String>>> closeConnections(ForeignCall call) {
        for (ForeignServer server : call.servers()) {
            if (call.isInUse(server)) {
                throw new SqlError(SqlState.FDW_FUNCTION_SEQUENCE_ERROR, "connections with an active transaction cannot be closed")
                        .detail("The transaction has used server \"" + server.name() + "\".");
            }
        }
        call.servers().forEach(server -> ConnectionPool.SHARED.close(server.name()));
        return ForeignFunction.nothing();
    }
}
