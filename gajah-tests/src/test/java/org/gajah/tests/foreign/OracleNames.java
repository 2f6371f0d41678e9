package org.gajah.tests.foreign;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;

/** H2's driver with other names and numbers for the types of some columns: those that Oracle's driver has. The column's name says which. */
final class OracleNames implements Driver {
    /** How its URLs begin; what follows is one of H2. */
    static final String SCHEME = "jdbc:oracle_names:";

    private static final Map<String, Map.Entry<Integer, String>> TYPES = Map.of("DOC", Map.entry(Types.SQLXML, "SYS.XMLTYPE"), "SHAPE", Map.entry(Types.STRUCT, "MDSYS.SDO_GEOMETRY"),
            "OLD", Map.entry(Types.LONGVARCHAR, "LONG"), "LTZ", Map.entry(-102, "TIMESTAMP WITH LOCAL TIME ZONE"), "TZ", Map.entry(-101, "TIMESTAMP WITH TIME ZONE"), "YM", Map.entry(-103, "INTERVALYM"),
            "DS", Map.entry(-104, "INTERVALDS"), "BF", Map.entry(100, "BINARY_FLOAT"), "BD", Map.entry(101, "BINARY_DOUBLE"));

    static void register() throws SQLException {
        DriverManager.registerDriver(new OracleNames());
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        return acceptsURL(url) ? (Connection) named(DriverManager.getConnection("jdbc:h2:" + url.substring(SCHEME.length()), properties)) : null;
    }

    /** The same object, whose results have other names. */
    private static Object named(Object real) {
        Class<?> type = java.util.stream.Stream.of(real.getClass().getInterfaces()).filter(i -> i.getPackageName().equals("java.sql")).findFirst().orElse(null);
        boolean wraps = type != null && java.util.stream.Stream.of("Connection", "Statement", "PreparedStatement", "ResultSet", "ResultSetMetaData", "DatabaseMetaData").anyMatch(type.getSimpleName()::equals);
        return wraps ? Proxy.newProxyInstance(OracleNames.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> call(real, method, arguments)) : real;
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            Object result = method.invoke(real, arguments);
            String column = real instanceof ResultSetMetaData about && arguments != null && arguments.length == 1 ? about.getColumnLabel((Integer) arguments[0]) : "";
            if (TYPES.containsKey(column) && method.getName().equals("getColumnType")) {
                return TYPES.get(column).getKey();
            }
            if (TYPES.containsKey(column) && method.getName().equals("getColumnTypeName")) {
                return TYPES.get(column).getValue();
            }
            return result == null ? null : named(result);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(SCHEME);
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
        throw new SQLFeatureNotSupportedException("no logger");
    }
}
