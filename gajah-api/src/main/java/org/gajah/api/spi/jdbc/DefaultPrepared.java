package org.gajah.api.spi.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.SpiPlan;
import org.gajah.api.spi.SpiResult;

/** What stands behind a prepared statement: a plan whose parameters have the types that follow from where they stand. */
public class DefaultPrepared extends DefaultStatement {
    private final SpiPlan plan;
    private final boolean returnsKeys;
    private final Object[] values;
    private final boolean[] set;

    DefaultPrepared(DefaultConnection connection, String sql, boolean returnsKeys) {
        super(connection);
        this.returnsKeys = returnsKeys;
        this.plan = connection.spi().prepareInferring(sql);
        this.values = new Object[plan.argumentCount()];
        this.set = new boolean[values.length];
    }

    private SpiResult run(Object[] arguments) {
        return plan.execute(false, maxRows(), arguments);
    }

    private Object[] arguments() throws SQLException {
        for (int i = 0; i < set.length; i++) {
            if (!set[i] && !isOut(i + 1)) {
                throw new SQLException("no value specified for parameter " + (i + 1), SqlState.INVALID_PARAMETER_VALUE.code());
            }
        }
        return values.clone();
    }

    /** Whether a parameter may be without a value. */
    boolean isOut(int parameter) {
        return false;
    }

    public boolean execute() throws SQLException {
        requireOpen();
        return took(run(arguments()), returnsKeys);
    }

    public ResultSet executeQuery() throws SQLException {
        execute();
        return result();
    }

    public long executeLargeUpdate() throws SQLException {
        execute();
        return count();
    }

    public int executeUpdate() throws SQLException {
        return (int) executeLargeUpdate();
    }

    public void addBatch() throws SQLException {
        Object[] arguments = arguments();
        add(() -> run(arguments));
    }

    @Override
    public void close() {
        super.close();
        plan.free();
    }

    /** The columns are known when it has run. */
    public ResultSetMetaData getMetaData() throws SQLException {
        ResultSet rows = getResultSet();
        return rows == null ? null : rows.getMetaData();
    }

    // ---- parameters ----

    public void clearParameters() {
        java.util.Arrays.fill(values, null);
        java.util.Arrays.fill(set, false);
    }

    public void setObject(int parameter, Object value) throws SQLException {
        if (parameter < 1 || parameter > values.length) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "there is no parameter " + parameter + " of " + values.length);
        }
        values[parameter - 1] = SqlTypes.taken(value, plan.argumentType(parameter - 1));
        set[parameter - 1] = true;
    }

    public void setObject(int parameter, Object value, int type) throws SQLException {
        setObject(parameter, value);
    }

    public void setObject(int parameter, Object value, int type, int scale) throws SQLException {
        setObject(parameter, value);
    }

    public void setObject(int parameter, Object value, SQLType type) throws SQLException {
        setObject(parameter, value);
    }

    public void setNull(int parameter, int type) throws SQLException {
        setObject(parameter, null);
    }

    public void setNull(int parameter, int type, String name) throws SQLException {
        setObject(parameter, null);
    }

    public void setBoolean(int parameter, boolean value) throws SQLException {
        setObject(parameter, value);
    }

    public void setByte(int parameter, byte value) throws SQLException {
        setObject(parameter, value);
    }

    public void setShort(int parameter, short value) throws SQLException {
        setObject(parameter, value);
    }

    public void setInt(int parameter, int value) throws SQLException {
        setObject(parameter, value);
    }

    public void setLong(int parameter, long value) throws SQLException {
        setObject(parameter, value);
    }

    public void setFloat(int parameter, float value) throws SQLException {
        setObject(parameter, value);
    }

    public void setDouble(int parameter, double value) throws SQLException {
        setObject(parameter, value);
    }

    public void setBigDecimal(int parameter, BigDecimal value) throws SQLException {
        setObject(parameter, value);
    }

    public void setString(int parameter, String value) throws SQLException {
        setObject(parameter, value);
    }

    public void setBytes(int parameter, byte[] value) throws SQLException {
        setObject(parameter, value);
    }

    public void setDate(int parameter, Date value) throws SQLException {
        setObject(parameter, value);
    }

    public void setTime(int parameter, Time value) throws SQLException {
        setObject(parameter, value);
    }

    public void setTimestamp(int parameter, Timestamp value) throws SQLException {
        setObject(parameter, value);
    }

    public void setArray(int parameter, Array value) throws SQLException {
        setObject(parameter, value);
    }
}
