package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignCall;
import org.gajah.api.foreign.ForeignFunction;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.UserMapping;

/**
 * The functions of postgres_fdw that list and close connections. A connection is a role's as long as its transaction uses it; behind
 * that it lies in the pool, where everybody with the same target finds it.
 */
final class ConnectionFunctions {
    private final BiFunction<ForeignServer, Optional<UserMapping>, Target> targets;

    ConnectionFunctions(BiFunction<ForeignServer, Optional<UserMapping>, Target> targets) {
        this.targets = targets;
    }

    /** The function of this symbol. */
    Optional<ForeignFunction> of(String symbol) {
        return switch (symbol) {
            case "postgres_fdw_get_connections_1_2" -> Optional.of(call -> connections(call).iterator());
            case "postgres_fdw_disconnect" -> Optional.of(call -> {
                ForeignServer server = call.server(call.arguments().getFirst().orElseThrow());
                return ForeignFunction.value(Optional.of(disconnect(call, server) ? "t" : "f"));
            });
            case "postgres_fdw_disconnect_all" -> Optional.of(call -> {
                boolean any = false;
                for (ForeignServer server : call.servers()) {
                    any |= disconnect(call, server);
                }
                return ForeignFunction.value(Optional.of(any ? "t" : "f"));
            });
            default -> Optional.empty();
        };
    }

    private static boolean disconnect(ForeignCall call, ForeignServer server) {
        if (call.isInUse(server)) {
            call.warn(new SqlError(SqlState.WARNING, "cannot close connection for server \"" + server.name() + "\" because it is still in use"));
            return false;
        }
        return ConnectionPool.SHARED.close(server.name());
    }

    private boolean isKept(ForeignServer server, Optional<UserMapping> mapping) {
        try {
            return ConnectionPool.SHARED.idle(targets.apply(server, mapping)) > 0;
        } catch (SqlError e) {
            return false; // to a server that this role cannot connect to, there is no connection
        }
    }

    /** server_name, user_name, valid, used_in_xact, closed, remote_backend_pid. */
    private List<List<Optional<String>>> connections(ForeignCall call) {
        boolean checks = call.arguments().getFirst().map("t"::equals).orElse(false);
        List<List<Optional<String>>> rows = new ArrayList<>();
        for (ForeignServer server : call.servers()) {
            Optional<UserMapping> mapping = call.mapping(server);
            boolean used = call.isInUse(server);
            if (mapping.isEmpty() || !used && !isKept(server, mapping)) {
                continue;
            }
            Optional<String> process = used && call.session(server) instanceof JdbcSession s ? s.backendProcess() : Optional.empty();
            rows.add(List.of(Optional.of(server.name()), Optional.of(mapping.get().user()), Optional.of("t"), Optional.of(used ? "t" : "f"),
                    checks ? Optional.of("f") : Optional.empty(), process));
        }
        return rows;
    }
}
