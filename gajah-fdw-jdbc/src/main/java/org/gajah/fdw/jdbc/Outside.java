package org.gajah.fdw.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignCall;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;

/**
 * Whose files and programs SQL can reach. That of a database in another process reaches what is there; an engine that runs in this process (H2, SQLite, DuckDB, HSQLDB, Derby), and
 * a driver that nothing is known of, may read and write files here and run classes, so that SQL of a user's own is for roles that may run programs on this machine.
 */
final class Outside {
    /** Who may write SQL for a database in this process. */
    static final String ROLE = "pg_execute_server_program";

    /** How URLs begin whose databases are in other processes, by drivers that know no SQL of their own for files here. */
    private static final List<String> URLS = List.of("jdbc:h2:tcp:", "jdbc:h2:ssl:", "jdbc:hsqldb:hsql:", "jdbc:hsqldb:hsqls:", "jdbc:hsqldb:http:", "jdbc:hsqldb:https:", "jdbc:derby://",
            "jdbc:oracle:", "jdbc:postgresql:", "jdbc:mariadb:", "jdbc:mysql:", "jdbc:sqlserver:", "jdbc:trino:");

    /** Properties by which a driver gives files of this machine to its server, that are switched off unless the URL names them. */
    private static final Map<String, List<String>> SWITCHED_OFF = Map.of("jdbc:mariadb:", List.of("allowLocalInfile"), "jdbc:mysql:", List.of("allowLoadLocalInfile", "autoDeserialize"));

    private Outside() {
    }

    private static boolean is(String url) {
        return URLS.stream().anyMatch(url.toLowerCase(Locale.ROOT)::startsWith);
    }

    /** What the driver of a URL is told so that its server gets no files. */
    static Map<String, String> safeguards(String url) {
        Map<String, String> told = new HashMap<>();
        String lower = url.toLowerCase(Locale.ROOT);
        SWITCHED_OFF.forEach((start, names) -> names.stream().filter(n -> lower.startsWith(start) && !lower.contains(n.toLowerCase(Locale.ROOT))).forEach(n -> told.put(n, "false")));
        return told;
    }

    /** Whose privileges the owner of a table must have: {@link #ROLE} if the table is a query for a database in this process. */
    static Optional<String> owner(String url, ForeignTable table) {
        return JdbcSql.isQuery(table) && !is(url) ? Optional.of(ROLE) : Optional.empty();
    }

    /** 42501 if the caller may not send SQL of his own there. */
    static void require(ForeignCall call, ForeignServer server, String url) {
        if (!is(url) && !call.mayAs(ROLE)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to send SQL to server \"" + server.name() + "\"")
                    .detail("Its database may work in this process. Only roles with privileges of the \"" + ROLE + "\" role may do that.");
        }
    }
}
