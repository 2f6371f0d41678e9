package org.gajah.client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Where a listener's connections come from. It is asked for each connection anew, so other hosts or new credentials take effect with
 * the next one. The connections must be pgjdbc's own, or unwrap to them, and are aborted when done: don't give those of a pool.
 */
@FunctionalInterface
public interface ConnectionSource {
    /** A new connection. */
    Connection connect() throws SQLException;

    /** Connections of a data source, such as that of a database in this process. */
    static ConnectionSource of(DataSource source) {
        return source::getConnection;
    }

    /** Connections to a JDBC URL, which may name several hosts. */
    static ConnectionSource of(String url, String user, String password) {
        return of(url, () -> {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", password);
            return properties;
        });
    }

    /**
     * Connections to a JDBC URL with properties, {@code user} and {@code password} among them, that are asked for each time. Unless
     * they say otherwise, TCP's keep-alive is on and logging in takes at most ten seconds.
     */
    static ConnectionSource of(String url, Supplier<Properties> properties) {
        return () -> {
            Properties all = new Properties();
            all.setProperty("tcpKeepAlive", "true");
            all.setProperty("loginTimeout", "10");
            all.setProperty("ApplicationName", "gajah listener");
            all.putAll(properties.get());
            return DriverManager.getConnection(url, all);
        };
    }
}
