package org.gajah.fdw.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

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
 */
record Target(String server, String url, Map<String, String> properties, Drivers.Source driver, String setup, boolean keep,
        Optional<String> zone, boolean readOnly) {
    /** Of whose sessions nothing else is said. */
    Target(String server, String url, Map<String, String> properties, Drivers.Source driver, String setup, boolean keep) {
        this(server, url, properties, driver, setup, keep, Optional.empty(), false);
    }

    /** The same, in other sessions. */
    Target in(Optional<String> otherZone, boolean onlyReading) {
        return new Target(server, url, properties, driver, setup, keep, otherZone, onlyReading);
    }

    Connection connect() throws SQLException {
        return Drivers.connect(this);
    }

    /** Without what must not be seen. */
    @Override
    public String toString() {
        return server + " (" + url + ")";
    }
}
