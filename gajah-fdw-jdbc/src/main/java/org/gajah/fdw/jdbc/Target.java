package org.gajah.fdw.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Where connections go. Equal targets share connections.
 *
 * @param server     the foreign server's name, for messages
 * @param url        without password
 * @param properties what the driver is told besides, the password too
 * @param driver     where the driver comes from
 * @param setup      SQL that each new connection runs, separated by semicolons; may be empty
 * @param keep       whether connections are kept when a transaction is over
 * @param zone       the time zone of sessions there, if it is set
 * @param readOnly   whether nothing may be changed there
 * @param proves     whether the server must ask for the password, since it is all that says who connects
 */
record Target(String server, String url, Map<String, String> properties, Drivers.Source driver, String setup, boolean keep,
        Optional<String> zone, boolean readOnly, boolean proves) {
    /** The class of SQLSTATEs of a server that lets nobody in so, and what the driver says if it would have to show an empty password. */
    private static final String NOT_AUTHORIZED = "28";
    private static final String REJECTED = "08004";

    /** Of whose sessions nothing else is said. */
    Target(String server, String url, Map<String, String> properties, Drivers.Source driver, String setup, boolean keep) {
        this(server, url, properties, driver, setup, keep, Optional.empty(), false, false);
    }

    /** The same, in other sessions. */
    Target in(Optional<String> otherZone, boolean onlyReading) {
        return new Target(server, url, properties, driver, setup, keep, otherZone, onlyReading, proves);
    }

    /** The same, of which the server must ask for the password. */
    Target proving() {
        return new Target(server, url, properties, driver, setup, keep, zone, readOnly, true);
    }

    /** 2F003 if the server lets a user without superuser's rights in who has not shown a password that it has asked for. */
    Connection connect() throws SQLException {
        if (proves && asksForNone()) {
            throw new SqlError(SqlState.PROHIBITED_SQL_STATEMENT_ATTEMPTED, "password or GSSAPI delegated credentials required")
                    .detail("Non-superuser cannot connect if the server does not request a password or use GSSAPI with delegated credentials.")
                    .hint("Target server's authentication method must be changed or password_required=false set in the user mapping attributes.");
        }
        return Drivers.connect(this);
    }

    /** Whether one gets in with an empty password, which no PostgreSQL takes for one; what else keeps one out says nothing of that. */
    private boolean asksForNone() throws SQLException {
        Map<String, String> without = new HashMap<>(properties);
        without.put("password", "");
        try {
            ConnectionPool.discard(Drivers.connect(new Target(server, url, without, driver, setup, keep)));
            return true;
        } catch (SQLException e) {
            boolean asked = e.getSQLState() != null && (e.getSQLState().startsWith(NOT_AUTHORIZED) || e.getSQLState().equals(REJECTED));
            if (!asked) {
                throw e;
            }
            return false;
        }
    }

    /** Without what must not be seen. */
    @Override
    public String toString() {
        return server + " (" + url + ")";
    }
}
