package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gajah.api.SqlError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code jdbc:default:connection}: the running session as JDBC (S27). */
class DefaultConnectionTest {
    private static RoutineFixture f;

    @BeforeAll
    static void open() throws SQLException {
        f = new RoutineFixture();
        f.run("CREATE TABLE item (id int PRIMARY KEY, name text, price numeric(8, 2), made date, at timestamptz, tags text[], flag bool)");
    }

    @AfterAll
    static void close() throws SQLException {
        f.close();
    }

    @BeforeEach
    void rows() throws SQLException {
        f.run("ROLLBACK", "TRUNCATE item", "INSERT INTO item VALUES (1, 'one', 1.50, '2024-02-29', '2024-02-29 12:00+00', '{a,b}', true), (2, NULL, NULL, NULL, NULL, NULL, NULL)");
    }

    private static Connection here() throws SQLException {
        return DriverManager.getConnection("jdbc:default:connection");
    }

    @Test
    void s27ItIsTheRoutinesOwnTransaction() throws SQLException {
        f.run("BEGIN", "INSERT INTO item VALUES (3, 'uncommitted')");
        assertEquals("3", f.inside(_ -> {
            Connection c = here();
            try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT count(*) FROM item")) {
                assertFalse(c.getAutoCommit());
                c.close();
                assertFalse(c.isClosed());
                assertTrue(r.next());
                return r.getInt(1);
            }
        }));
        f.run("ROLLBACK");
        assertThrows(SQLException.class, DefaultConnectionTest::here, "no routine runs");
    }

    @Test
    void s27CommitIsForProceduresThatMay() throws SQLException {
        assertEquals("2D000 invalid transaction termination", f.failing(_ -> {
            here().commit();
            return null;
        }));
        f.calling(_ -> {
            Connection c = here();
            c.setSavepoint();
            assertEquals(1, c.createStatement().executeUpdate("INSERT INTO item VALUES (10)"));
            c.commit();
            c.createStatement().executeUpdate("INSERT INTO item VALUES (11)");
            c.rollback();
            return null;
        });
        assertEquals(List.of("10"), f.rows("SELECT id FROM item WHERE id >= 10"));
    }

    @Test
    void savepointsTakeBackErrorsToo() throws SQLException {
        f.inside(_ -> {
            Connection c = here();
            Statement s = c.createStatement();
            Savepoint first = c.setSavepoint("first");
            assertEquals("first", first.getSavepointName());
            s.executeUpdate("INSERT INTO item VALUES (20)");
            Savepoint second = c.setSavepoint();
            assertThrows(SQLIntegrityConstraintViolationException.class, () -> s.executeUpdate("INSERT INTO item VALUES (20)"));
            assertEquals("23505", assertThrows(SQLException.class, () -> s.executeUpdate("INSERT INTO item VALUES (21)"), "until it is taken back").getSQLState());
            c.rollback(second);
            s.executeUpdate("INSERT INTO item VALUES (22)");
            c.rollback(second);
            s.executeUpdate("INSERT INTO item VALUES (23)");
            c.releaseSavepoint(second);
            assertEquals("3B001", assertThrows(SQLException.class, () -> c.rollback(second)).getSQLState());
            c.setSavepoint();
            s.executeUpdate("INSERT INTO item VALUES (24)");
            return null;
        });
        assertEquals(List.of("20", "23", "24"), f.rows("SELECT id FROM item WHERE id >= 20 ORDER BY 1"), "what is left open goes on");
        assertEquals("22012 division by zero", f.failing(_ -> {
            here().setSavepoint();
            here().createStatement().executeUpdate("INSERT INTO item VALUES (30)");
            return here().createStatement().executeQuery("SELECT 1 / 0");
        }), "an SQLException that leaves the routine is the error it was");
        assertEquals(List.of(), f.rows("SELECT id FROM item WHERE id = 30"));
        assertEquals("28333 my own", f.failing(_ -> {
            throw new SQLException("my own", "28333");
        }));
    }

    @Test
    void preparedStatementsTakeEveryKindOfValue() throws SQLException {
        f.inside(_ -> {
            try (PreparedStatement p = here().prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?) -- ?")) {
                p.setInt(1, 40);
                p.setString(2, "what's '?' for");
                p.setBigDecimal(3, new BigDecimal("4.25"));
                p.setDate(4, Date.valueOf("2023-03-04"));
                p.setTimestamp(5, Timestamp.from(java.time.Instant.parse("2023-03-04T05:06:07.089Z")));
                p.setArray(6, here().createArrayOf("text", new Object[] {"x", null}));
                p.setNull(7, Types.BOOLEAN);
                assertEquals(1, p.executeUpdate());
                p.setInt(1, 41);
                p.setInt(2, 17);
                p.setString(3, "9.99");
                p.setObject(4, LocalDate.of(2022, 1, 1));
                p.addBatch();
                p.setInt(1, 42);
                p.addBatch();
                assertEquals("[1, 1]", Arrays.toString(p.executeBatch()));
                p.clearParameters();
                assertEquals("22023", assertThrows(SQLException.class, p::execute).getSQLState());
            }
            return null;
        });
        f.run("SET timezone = 'UTC'");
        assertEquals(List.of("40|what's '?' for|4.25|2023-03-04|2023-03-04 05:06:07.089+00|{x,NULL}|null",
                "41|17|9.99|2022-01-01|2023-03-04 05:06:07.089+00|{x,NULL}|null"), f.rows("SELECT * FROM item WHERE id IN (40, 41) ORDER BY id"));
    }

    @Test
    void rowsAreReadInAllWaysJdbcKnows() throws SQLException {
        f.inside(_ -> {
            ResultSet r = here().prepareStatement("SELECT * FROM item ORDER BY id").executeQuery();
            ResultSetMetaData columns = r.getMetaData();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                types.add(columns.getColumnLabel(i) + " " + columns.getColumnType(i) + " " + columns.getColumnClassName(i));
            }
            assertEquals(List.of("id 4 java.lang.Integer", "name 12 java.lang.String", "price 2 java.math.BigDecimal", "made 91 java.sql.Date",
                    "at 93 java.sql.Timestamp", "tags 2003 java.sql.Array", "flag -7 java.lang.Boolean"), types);
            assertTrue(r.next() && r.isFirst());
            assertEquals(1, r.getInt("ID"));
            assertEquals("1", r.getString(1));
            assertEquals(1.5, r.getDouble("price"));
            assertEquals(1, r.getLong(3));
            assertEquals(Date.valueOf("2024-02-29"), r.getObject("made"));
            assertEquals(LocalDate.of(2024, 2, 29), r.getObject("made", LocalDate.class));
            assertEquals(java.time.Instant.parse("2024-02-29T12:00:00Z"), r.getTimestamp(5).toInstant());
            assertEquals("[a, b]", Arrays.toString((Object[]) r.getArray("tags").getArray()));
            assertEquals(Types.VARCHAR, r.getArray("tags").getBaseType());
            assertTrue(r.getBoolean("flag"));
            assertTrue(r.next() && r.isLast());
            assertEquals(0, r.getInt("price"));
            assertTrue(r.wasNull());
            assertNull(r.getObject("tags"));
            assertFalse(r.next());
            assertTrue(r.isAfterLast() && r.absolute(-2));
            assertEquals(1, r.getRow());
            assertEquals("42703", assertThrows(SQLException.class, () -> r.getInt("nothing")).getSQLState());
            assertThrows(SQLFeatureNotSupportedException.class, () -> r.updateInt(1, 5));
            assertEquals("22P02", assertThrows(SQLException.class, () -> r.getInt("name")).getSQLState());
            return null;
        });
    }

    @Test
    void updatesCountAndGiveKeys() throws SQLException {
        f.inside(_ -> {
            Statement s = here().createStatement();
            assertFalse(s.execute("UPDATE item SET name = 'x'"));
            assertEquals(2, s.getUpdateCount());
            assertFalse(s.getMoreResults());
            assertEquals(-1, s.getUpdateCount());
            assertTrue(s.execute("SELECT 1"));
            assertThrows(SQLException.class, () -> s.executeQuery("UPDATE item SET name = 'y'"));
            assertThrows(SQLException.class, () -> s.executeUpdate("SELECT 1"));
            PreparedStatement p = here().prepareStatement("INSERT INTO item (id, name) VALUES (?, upper(?))", new String[] {"name"});
            p.setInt(1, 50);
            p.setString(2, "key");
            assertEquals(1, p.executeUpdate());
            ResultSet keys = p.getGeneratedKeys();
            assertTrue(keys.next());
            assertEquals("KEY", keys.getString("name"));
            s.setMaxRows(1);
            assertTrue(s.executeQuery("SELECT * FROM item").last());
            return null;
        });
    }

    @Test
    void callsGiveBackWhatGoesOut() throws SQLException {
        f.run("CREATE OR REPLACE PROCEDURE two_out(a int, OUT b int, INOUT c text) LANGUAGE plpgsql AS $$ BEGIN b := a * 2; c := c || '!'; END $$");
        f.inside(_ -> {
            try (CallableStatement call = here().prepareCall("{call two_out(?, ?, ?)}")) {
                call.setInt(1, 21);
                call.registerOutParameter(2, Types.INTEGER);
                call.setString(3, "hey");
                call.registerOutParameter(3, Types.VARCHAR);
                call.execute();
                assertEquals(42, call.getInt(2));
                assertEquals("hey!", call.getString(3));
            }
            try (CallableStatement call = here().prepareCall("{? = call upper(?)}")) {
                call.registerOutParameter(1, Types.VARCHAR);
                call.setString(2, "abc");
                call.execute();
                assertEquals("ABC", call.getObject(1));
            }
            return null;
        });
    }

    @Test
    void metadataComesFromTheCatalogs() throws SQLException {
        f.inside(_ -> {
            var facts = here().getMetaData();
            assertEquals(18, facts.getDatabaseMajorVersion());
            ResultSet tables = facts.getTables(null, "public", "item", new String[] {"TABLE"});
            assertTrue(tables.next());
            assertEquals("item", tables.getString("TABLE_NAME"));
            ResultSet keys = facts.getPrimaryKeys(null, null, "item");
            assertTrue(keys.next());
            assertEquals("id", keys.getString("COLUMN_NAME"));
            ResultSet columns = facts.getColumns(null, null, "item", "%");
            assertTrue(columns.last());
            assertEquals(7, columns.getInt("ORDINAL_POSITION"));
            assertEquals(Connection.TRANSACTION_READ_COMMITTED, here().getTransactionIsolation());
            assertThrows(SQLFeatureNotSupportedException.class, () -> here().createBlob());
            return null;
        });
    }

    @Test
    void s25ItIsTheThreadsAlone() throws SQLException {
        List<SQLException> failures = new ArrayList<>();
        f.inside(_ -> {
            Connection mine = here();
            Thread other = Thread.ofVirtual().start(() -> {
                try {
                    mine.createStatement().executeQuery("SELECT 1");
                } catch (SQLException e) {
                    failures.add(e);
                }
            });
            other.join();
            return null;
        });
        assertEquals("55000", failures.getFirst().getSQLState());
        assertSame(SqlError.class, failures.getFirst().getCause().getClass());
    }

    @Test
    void aFunctionThatOnlyReadsStaysSo() throws SQLException {
        Scripted.does(_ -> here().createStatement().executeUpdate("DELETE FROM item"));
        assertEquals("0A000 DELETE is not allowed in a non-volatile function", f.error("SELECT run_stable()"));
    }
}
