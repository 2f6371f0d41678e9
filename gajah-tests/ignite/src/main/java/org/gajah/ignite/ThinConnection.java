package org.gajah.ignite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;

import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.client.IgniteClientConnectionException;
import org.apache.ignite.lang.IgniteException;
import org.apache.ignite.tx.Transaction;
import org.apache.ignite.tx.TransactionOptions;

/** A connection: statements of one transaction, which begins with the first of them, only reads until one writes, and ends by commit or rollback. */
final class ThinConnection implements InvocationHandler {
    private final IgniteClient client;
    private boolean automatic = true;
    private boolean reading;
    private Optional<Transaction> transaction = Optional.empty();

    private ThinConnection(IgniteClient client) {
        this.client = client;
    }

    static Connection of(IgniteClient client) {
        return proxy(Connection.class, new ThinConnection(client));
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(ThinConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static SQLException failure(IgniteException e) {
        String state = e instanceof IgniteClientConnectionException ? "08006" : "HY000";
        return new SQLException(e.getMessage(), state, e);
    }

    static SQLException notThere(Method method) {
        return new SQLFeatureNotSupportedException(method.getName(), "0A000");
    }

    IgniteClient client() {
        return client;
    }

    /** The transaction in which a statement runs; none if each is its own, as those are that define something. */
    Transaction transactionFor(String sql) {
        String word = sql.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
        boolean reads = word.equals("SELECT");
        if (automatic || word.equals("CREATE") || word.equals("DROP") || word.equals("ALTER")) {
            return null;
        }
        if (transaction.isPresent() && reading && !reads) {
            end(true);
        }
        if (transaction.isEmpty()) {
            transaction = Optional.of(client.transactions().begin(new TransactionOptions().readOnly(reads)));
            reading = reads;
        }
        return transaction.get();
    }

    private void end(boolean commit) {
        Optional<Transaction> ended = transaction;
        transaction = Optional.empty();
        ended.ifPresent(t -> {
            if (commit) {
                t.commit();
            } else {
                t.rollback();
            }
        });
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws SQLException {
        try {
            return switch (method.getName()) {
                case "prepareStatement" -> proxy(PreparedStatement.class, new ThinStatement(this, (String) arguments[0]));
                case "createStatement" -> proxy(Statement.class, new ThinStatement(this, ""));
                case "setAutoCommit" -> {
                    automatic = (boolean) arguments[0];
                    yield null;
                }
                case "getAutoCommit" -> automatic;
                case "commit", "rollback" -> {
                    if (arguments != null) {
                        throw notThere(method);
                    }
                    end(method.getName().equals("commit"));
                    yield null;
                }
                case "isValid" -> !client.connections().isEmpty();
                case "getTransactionIsolation" -> Connection.TRANSACTION_SERIALIZABLE;
                case "setTransactionIsolation" -> null;
                case "close" -> {
                    client.close();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == arguments[0];
                case "toString" -> "a connection to " + client.configuration().addresses().length + " nodes";
                default -> throw notThere(method);
            };
        } catch (IgniteException e) {
            throw failure(e);
        }
    }
}
