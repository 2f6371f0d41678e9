package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.util.PSQLException;

/** A function in PL/pgSQL does what PostgreSQL's does, be it interpreted, made code of at once, or in mid-loop. */
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("plpgsql.programs", 60);
    private static final long SEED = Long.getLong("plpgsql.seed", 20_261_121);
    private static final String OFTEN = "gajah.plpgsql.often";
    /** After how many rounds there is code. */
    private static final List<String> TIMES = List.of("1000000", "1", "4");

    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    @Test
    void codeDoesWhatPostgresDoes() throws SQLException {
        System.out.println("random programs from seed " + SEED);
        List<String> failures = new ArrayList<>();
        int returned = 0;
        try (Connection postgres = connect(SERVERS.postgresPort()); Connection gajah = connect(SERVERS.gajahPort())) {
            for (int i = 0; i < PROGRAMS; i++) {
                String program = new ProgramMaker(SEED + i).function("program");
                String right = answers(postgres, program);
                returned += right.startsWith("error") ? 0 : 1;
                for (String often : TIMES) {
                    System.setProperty(OFTEN, often);
                    String got = answers(gajah, program);
                    if (!right.equals(got)) {
                        failures.add("seed " + (SEED + i) + ", code after " + often + " rounds\n" + program + "\n  expected " + right + "\n  got      " + got);
                    }
                }
            }
        } finally {
            System.clearProperty(OFTEN);
        }
        System.out.println(returned + " of " + PROGRAMS + " programs returned, the others failed");
        assertTrue(returned > PROGRAMS / 4, "only " + returned + " returned");
        assertEquals("", String.join("\n", failures));
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "");
    }

    /** What the function returns when it is called twice, or how it fails. */
    private static String answers(Connection connection, String program) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP FUNCTION IF EXISTS program()");
            statement.execute(program);
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                answers.add(answer(statement));
            }
            return String.join("\n", answers);
        }
    }

    private static String answer(Statement statement) {
        try (ResultSet result = statement.executeQuery("SELECT program()")) {
            result.next();
            return result.getString(1);
        } catch (PSQLException e) {
            return "error " + e.getSQLState() + " " + e.getServerErrorMessage().getMessage() + " " + lines(e.getServerErrorMessage().getWhere());
        } catch (SQLException e) {
            return "error " + e;
        }
    }

    /** CONTEXT without what PostgreSQL tells of an expression's text, which depends on whether the expression has run before. */
    private static List<String> lines(String where) {
        return where == null ? List.of() : where.lines().filter(line -> !line.startsWith("PL/pgSQL assignment") && !line.startsWith("PL/pgSQL expression")).toList();
    }
}
