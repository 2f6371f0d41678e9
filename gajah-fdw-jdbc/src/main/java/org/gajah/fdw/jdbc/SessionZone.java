package org.gajah.fdw.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The time zone of the session there: what the option set_timezone of oracle_fdw sets. */
final class SessionZone {
    private static final String ORACLE = "oracle.jdbc.OracleConnection";
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_+/-]{0,63}");
    /** What SET TIME ZONE with a number makes: {@code <+05:30>-05:30}. */
    private static final Pattern OFFSET = Pattern.compile("<([+-]\\d\\d)(?::?(\\d\\d))?>.{1,16}");

    private SessionZone() {
    }

    /** The name by which another database knows a time zone of PostgreSQL. */
    static String named(String local) {
        Matcher offset = OFFSET.matcher(local);
        if (offset.matches()) {
            return offset.group(1) + ":" + Optional.ofNullable(offset.group(2)).orElse("00");
        }
        if (!NAME.matcher(local).matches()) {
            throw new SqlError(SqlState.FDW_ERROR, "time zone \"" + local + "\" cannot be set there")
                    .hint("SET TimeZone to a name, or switch the option set_timezone off.");
        }
        return local;
    }

    /**
     * Sets the zone of a new connection; if none is given, Oracle's driver is still told one, without which it cannot read TIMESTAMP WITH
     * LOCAL TIME ZONE.
     */
    static void set(Connection connection, Optional<String> zone) throws SQLException {
        Optional<Class<?>> oracle = oracle(connection);
        if (oracle.isPresent()) {
            tell(connection, oracle.get(), zone.orElse("+00:00"));
        } else if (zone.isPresent()) {
            String product = connection.getMetaData().getDatabaseProductName();
            try (Statement s = connection.createStatement()) {
                s.execute((product.equals("H2") ? "SET TIME ZONE '" : "ALTER SESSION SET TIME_ZONE = '") + zone.get() + "'");
            }
        }
    }

    /** Whether a connection is one to an Oracle. */
    static boolean isOracle(Connection connection) {
        return connection.getClass().getName().startsWith("oracle.");
    }

    /** The driver's interface, if the connection is Oracle's: nothing here is compiled against it. */
    private static Optional<Class<?>> oracle(Connection connection) {
        if (!isOracle(connection)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Class.forName(ORACLE, false, connection.getClass().getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void tell(Connection connection, Class<?> driver, String zone) throws SQLException {
        try {
            driver.getMethod("setSessionTimeZone", String.class).invoke(connection, zone);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException s ? s : new SQLException("the driver does not set time zone " + zone, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new SQLException("the driver does not set time zones", e);
        }
    }
}
