package org.gajah.fdw.jdbc;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The JDBC drivers: those that are there, and those of jars that the operator has named, each jar with a class loader of its own. */
final class Drivers {
    private static final Map<Source, Driver> LOADED = new ConcurrentHashMap<>();

    private Drivers() {
    }

    /**
     * Where a driver is.
     *
     * @param jar       a jar, or empty if the driver is on the path
     * @param className the driver's class, or empty for the one that takes the URL
     */
    record Source(String jar, String className) {
        static final Source PATH = new Source("", "");
    }

    static Connection connect(Target target) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(target.properties());
        Driver driver = target.driver().equals(Source.PATH) ? DriverManager.getDriver(target.url())
                : LOADED.computeIfAbsent(target.driver(), Drivers::load);
        Connection connection = connect(driver, target.url(), properties);
        if (connection == null) {
            throw new SqlError(SqlState.FDW_UNABLE_TO_ESTABLISH_CONNECTION, "the driver of server \"" + target.server() + "\" does not take its URL");
        }
        return connection;
    }

    /** What a driver throws because it cannot read its URL is an error of the connection. */
    private static Connection connect(Driver driver, String url, Properties properties) throws SQLException {
        try {
            return driver.connect(url, properties);
        } catch (RuntimeException e) {
            throw new SQLException("the driver failed: " + e, e);
        }
    }

    private static Driver load(Source source) {
        try {
            ClassLoader loader = Drivers.class.getClassLoader();
            if (!source.jar().isEmpty()) {
                loader = loader(Path.of(source.jar()));
            }
            if (source.className().isEmpty()) {
                return ServiceLoader.load(Driver.class, loader).findFirst().orElseThrow(() -> new SqlError(SqlState.FDW_ERROR,
                        "no JDBC driver found in \"" + source.jar() + "\""));
            }
            return (Driver) Class.forName(source.className(), true, loader).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | IOException e) {
            throw new SqlError(SqlState.FDW_ERROR, "could not load JDBC driver \"" + source.className() + "\"", e).detail(String.valueOf(e));
        }
    }

    /** Never closed: the driver's classes are used as long as the process runs. */
    private static ClassLoader loader(Path jar) throws MalformedURLException {
        return new URLClassLoader("jdbc driver " + jar.getFileName(), new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }
}
