package org.gajah.ignite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.ignite.lang.CancelHandle;
import org.apache.ignite.lang.IgniteException;
import org.apache.ignite.sql.BatchedArguments;
import org.apache.ignite.sql.ResultSet;
import org.apache.ignite.sql.SqlRow;
import org.apache.ignite.tx.Transaction;

/** A statement with its parameters. */
final class ThinStatement implements InvocationHandler {
    private final ThinConnection connection;
    private final String sql;
    private final List<Object> parameters = new ArrayList<>();
    private BatchedArguments batch = BatchedArguments.create();
    private final CancelHandle cancel = CancelHandle.create();
    private int pageSize = 1024;

    ThinStatement(ThinConnection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws SQLException {
        String name = method.getName();
        try {
            if (name.equals("setFetchSize")) {
                pageSize = Math.max(1, (int) arguments[0]);
                return null;
            }
            if (name.equals("setEscapeProcessing")) {
                return null;
            }
            if (name.startsWith("set") && arguments.length > 1) {
                set((int) arguments[0], name.equals("setNull") ? null : arguments[1]);
                return null;
            }
            return switch (name) {
                case "executeQuery" -> ThinRows.of(run(arguments == null ? sql : (String) arguments[0]));
                case "execute" -> run(arguments == null ? sql : (String) arguments[0]).hasRowSet();
                case "executeUpdate" -> (int) run(sql).affectedRows();
                case "executeLargeUpdate" -> run(sql).affectedRows();
                case "addBatch" -> batch.add(parameters.toArray());
                case "executeBatch" -> executeBatch();
                case "cancel" -> cancel.cancelAsync();
                case "close" -> null;
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == arguments[0];
                case "toString" -> sql;
                default -> throw ThinConnection.notThere(method);
            };
        } catch (IgniteException e) {
            throw ThinConnection.failure(e);
        }
    }

    private void set(int index, Object value) {
        while (parameters.size() < index) {
            parameters.add(null);
        }
        parameters.set(index - 1, value);
    }

    private ResultSet<SqlRow> run(String text) {
        Transaction transaction = connection.transactionFor(text);
        return connection.client().sql().execute(transaction, cancel.token(), connection.client().sql().statementBuilder().query(text).pageSize(pageSize).build(),
                parameters.toArray());
    }

    private int[] executeBatch() {
        long[] counts = connection.client().sql().executeBatch(connection.transactionFor(sql), sql, batch);
        batch = BatchedArguments.create();
        return Arrays.stream(counts).mapToInt(n -> n < 0 ? Statement.SUCCESS_NO_INFO : (int) n).toArray();
    }
}
