package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.gajah.api.Gajah;
import org.postgresql.util.PSQLException;

/** A cluster in memory with a connection, and routines whose bodies a test says. */
final class RoutineFixture implements AutoCloseable {
    final Gajah gajah = Gajah.inMemory();
    final Connection connection;
    final Statement statement;

    RoutineFixture() throws SQLException {
        connection = gajah.dataSource().getConnection();
        statement = connection.createStatement();
        for (String volatility : List.of("volatile", "stable")) {
            run("CREATE FUNCTION run_" + volatility + "() RETURNS text " + volatility + " LANGUAGE java AS 'org.gajah.tests.routine.Scripted.function'");
        }
        run("CREATE PROCEDURE run_procedure() LANGUAGE java AS 'org.gajah.tests.routine.Scripted.procedure'");
    }

    void run(String... sql) throws SQLException {
        for (String each : sql) {
            statement.execute(each);
        }
    }

    /** The rows, fields joined by "|". */
    List<String> rows(String sql) throws SQLException {
        return rows(statement, sql);
    }

    static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet r = statement.executeQuery(sql)) {
            while (r.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(r.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    String value(String sql) throws SQLException {
        return rows(sql).getFirst();
    }

    /** SQLSTATE and message. */
    String error(String sql) {
        PSQLException e = assertThrows(PSQLException.class, () -> statement.execute(sql));
        return e.getSQLState() + " " + e.getServerErrorMessage().getMessage();
    }

    /** What a volatile function with this body gives. */
    String inside(Scripted.Body body) throws SQLException {
        Scripted.does(body);
        return value("SELECT run_volatile()");
    }

    /** What is wrong with a volatile function with this body. */
    String failing(Scripted.Body body) {
        Scripted.does(body);
        return error("SELECT run_volatile()");
    }

    /** Runs a procedure with this body. */
    void calling(Scripted.Body body) throws SQLException {
        Scripted.does(body);
        run("CALL run_procedure()");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        gajah.close();
    }
}
