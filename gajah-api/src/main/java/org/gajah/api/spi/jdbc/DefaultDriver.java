package org.gajah.api.spi.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;

import org.gajah.api.SqlError;
import org.gajah.api.spi.Spi;

/** Knows {@code jdbc:default:connection}, the connection of the routine that the calling thread runs. */
public final class DefaultDriver implements Driver {
    /** The one URL. */
    public static final String URL = "jdbc:default:connection";

    static {
        try {
            DriverManager.registerDriver(new DefaultDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Makes it known to the driver manager, once, wherever that looks for drivers. */
    public static void register() {
        // the class is initialized by now
    }

    /** For the driver manager. */
    public DefaultDriver() {
        // it has no state
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        try {
            return Face.of(Connection.class, new DefaultConnection(Spi.current()));
        } catch (SqlError e) {
            throw Failure.of(e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return URL.equals(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("nothing is logged by java.util.logging");
    }
}
