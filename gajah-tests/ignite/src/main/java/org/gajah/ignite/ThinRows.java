package org.gajah.ignite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.apache.ignite.lang.IgniteException;
import org.apache.ignite.sql.SqlRow;

/** Rows one after the other. */
final class ThinRows implements InvocationHandler {
    private final org.apache.ignite.sql.ResultSet<SqlRow> rows;
    private SqlRow row;
    private boolean wasNull;

    private ThinRows(org.apache.ignite.sql.ResultSet<SqlRow> rows) {
        this.rows = rows;
    }

    static ResultSet of(org.apache.ignite.sql.ResultSet<SqlRow> rows) {
        return ThinConnection.proxy(ResultSet.class, new ThinRows(rows));
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws SQLException {
        try {
            return switch (method.getName()) {
                case "next" -> next();
                case "wasNull" -> wasNull;
                case "close" -> {
                    rows.close();
                    yield null;
                }
                case "getObject", "getBytes" -> value(arguments);
                case "getString" -> value(arguments) instanceof Object o ? o.toString() : null;
                case "getBigDecimal" -> switch (value(arguments)) {
                    case null -> null;
                    case BigDecimal d -> d;
                    case Double d -> BigDecimal.valueOf(d);
                    case Object o -> new BigDecimal(o.toString());
                };
                case "getLong" -> value(arguments) instanceof Number n ? n.longValue() : 0L;
                case "getInt" -> value(arguments) instanceof Number n ? n.intValue() : 0;
                case "getDouble" -> value(arguments) instanceof Number n ? n.doubleValue() : 0.0;
                case "getBoolean" -> value(arguments) instanceof Boolean b && b;
                default -> throw ThinConnection.notThere(method);
            };
        } catch (IgniteException e) {
            throw ThinConnection.failure(e);
        }
    }

    private boolean next() {
        boolean more = rows.hasRowSet() && rows.hasNext();
        row = more ? rows.next() : null;
        return more;
    }

    private Object value(Object[] arguments) {
        Object value = row.value((int) arguments[0] - 1);
        wasNull = value == null;
        return value;
    }
}
