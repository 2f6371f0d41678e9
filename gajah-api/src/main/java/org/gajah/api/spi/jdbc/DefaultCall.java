package org.gajah.api.spi.jdbc;

import java.sql.SQLException;
import java.sql.SQLType;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.gajah.api.SqlState;
import org.gajah.api.spi.Row;
import org.gajah.api.spi.TupleTable;

/**
 * What stands behind a callable statement: {@code {call procedure(?, ...)}}, whose row gives the registered parameters in their order, and
 * {@code {? = call function(?, ...)}}.
 */
public final class DefaultCall extends DefaultPrepared {
    private static final Pattern ESCAPE = Pattern.compile("\\s*\\{\\s*(\\?\\s*=\\s*)?call\\s+(.*?)\\s*}\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final int shift;
    private final TreeSet<Integer> out = new TreeSet<>();
    private Row given;

    private DefaultCall(DefaultConnection connection, String sql, int shift) {
        super(connection, sql, false);
        this.shift = shift;
    }

    static DefaultCall of(DefaultConnection connection, String sql) {
        Matcher escape = ESCAPE.matcher(sql);
        if (!escape.matches()) {
            return new DefaultCall(connection, SqlText.of(sql).numbered(), 0);
        }
        String call = escape.group(2).endsWith(")") ? escape.group(2) : escape.group(2) + "()";
        boolean isFunction = escape.group(1) != null;
        return new DefaultCall(connection, SqlText.of((isFunction ? "SELECT * FROM " : "CALL ") + call).numbered(), isFunction ? 1 : 0);
    }

    @Override
    boolean isOut(int parameter) {
        return out.contains(parameter + shift);
    }

    @Override
    public void setObject(int parameter, Object value) throws SQLException {
        super.setObject(parameter - shift, value);
    }

    @Override
    public boolean execute() throws SQLException {
        boolean rows = super.execute();
        TupleTable all = tuples();
        given = all != null && all.size() > 0 ? all.row(0) : null;
        return rows && out.isEmpty();
    }

    @Override
    Row row() throws SQLException {
        if (given == null) {
            throw new SQLException("the call has given no values", SqlState.INVALID_CURSOR_STATE.code());
        }
        return given;
    }

    @Override
    int place(int parameter) throws SQLException {
        if (!out.contains(parameter)) {
            throw new SQLException("parameter " + parameter + " is not registered as going out", SqlState.INVALID_PARAMETER_VALUE.code());
        }
        return out.headSet(parameter).size() + 1;
    }

    public void registerOutParameter(int parameter, int type) {
        out.add(parameter);
    }

    public void registerOutParameter(int parameter, int type, int scale) {
        out.add(parameter);
    }

    public void registerOutParameter(int parameter, int type, String name) {
        out.add(parameter);
    }

    public void registerOutParameter(int parameter, SQLType type) {
        out.add(parameter);
    }
}
