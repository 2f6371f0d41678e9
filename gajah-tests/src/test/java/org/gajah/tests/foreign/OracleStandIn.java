package org.gajah.tests.foreign;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.gajah.api.Gajah;

/**
 * A Gajah with the extension oracle_fdw and, as the Oracle behind it, an H2 in Oracle's mode in the same process.
 *
 * @param name   of the database there
 * @param oracle a connection to it
 * @param local  a connection to Gajah, of its superuser
 */
record OracleStandIn(String name, Gajah gajah, Connection oracle, Connection local) {
    /** Both started, with the foreign server {@code ora}, which {@code user} (CURRENT_USER, PUBLIC) may use. */
    static OracleStandIn start(String name, String user) throws SQLException {
        Gajah gajah = Gajah.inMemory();
        OracleStandIn started = new OracleStandIn(name, gajah, DriverManager.getConnection("jdbc:h2:mem:" + name + ";MODE=Oracle;DB_CLOSE_DELAY=-1", "sa", ""),
                gajah.dataSource().getConnection());
        Lines.run(started.local, "CREATE EXTENSION oracle_fdw", "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD mode 'url=jdbc:h2:mem:{dbname}')");
        started.server("ora", "", user);
        return started;
    }

    /** A further foreign server for the same database, of this {@code TYPE} and {@code VERSION} if they are given. */
    void server(String server, String typeAndVersion, String user) throws SQLException {
        Lines.run(local, "CREATE SERVER " + server + " " + typeAndVersion + " FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'mode/" + name
                + "', isolation_level 'read_committed')", "CREATE USER MAPPING FOR " + user + " SERVER " + server + " OPTIONS (user 'sa', password '')");
    }

    void stop() throws SQLException {
        local.close();
        gajah.close();
        oracle.close();
    }
}
