package org.gajah.ignite;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.lang.IgniteException;

/**
 * JDBC over Ignite's thin client, as much of it as a foreign-data wrapper needs: {@code jdbc:ignite-client:host:port,host:port}. Ignite's own
 * driver, {@code ignite-jdbc}, knows one node only and is not in every repository.
 */
public final class ThinDriver implements Driver {
    private static final String PREFIX = "jdbc:ignite-client:";

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        try {
            return ThinConnection.of(IgniteClient.builder().addresses(url.substring(PREFIX.length()).split(",")).build());
        } catch (IgniteException e) {
            throw new SQLException(e.getMessage(), "08001", e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 3;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.gajah.ignite");
    }
}
