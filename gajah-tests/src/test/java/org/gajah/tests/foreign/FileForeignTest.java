package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.gajah.api.Gajah;
import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** file_fdw with programs, which the corpus cannot run: with Gajah, where the operator lets them, and with PostgreSQL. */
class FileForeignTest {
    @RegisterExtension
    static final BothServers SERVERS = new BothServers(Map.of("gajah.copy_program", "on"));

    private static void both(String program, List<String> queries) throws SQLException {
        List<List<String>> said = new ArrayList<>();
        for (int port : List.of(SERVERS.postgresPort(), SERVERS.gajahPort())) {
            try (Connection c = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "")) {
                Lines.run(c, "DROP EXTENSION IF EXISTS file_fdw CASCADE", "CREATE EXTENSION file_fdw", "CREATE SERVER s FOREIGN DATA WRAPPER file_fdw",
                        "CREATE FOREIGN TABLE p (a int, b text) SERVER s OPTIONS (program '" + program.replace("'", "''") + "', format 'csv')");
                List<String> lines = new ArrayList<>();
                for (String query : queries) {
                    lines.addAll(asked(c, query));
                }
                said.add(lines);
            }
        }
        assertEquals(String.join("\n", said.getFirst()), String.join("\n", said.getLast()));
    }

    private static List<String> asked(Connection c, String query) {
        try {
            return Lines.of(c, query);
        } catch (SQLException e) {
            return List.of(e.getSQLState() + " " + e.getMessage());
        }
    }

    @Test
    void whatAProgramWritesIsATable() throws SQLException {
        both("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo \"$i,row $i\"; done", List.of("SELECT count(*), sum(a), max(b) FROM p", "SELECT * FROM p WHERE a > 2998 ORDER BY a",
                "SELECT x.a FROM p x JOIN p y ON x.a = y.a * 2 WHERE y.a < 3 ORDER BY 1", "EXPLAIN (COSTS OFF) SELECT * FROM p"));
    }

    @Test
    void aProgramThatFailsFailsTheQuery() throws SQLException {
        both("echo 1,x; exit 3", List.of("SELECT * FROM p", "SELECT 1"));
        both("echo x,x", List.of("SELECT * FROM p", "SELECT 1"));
    }

    @Test
    void programsRunOnlyWhereTheOperatorLetsThem() throws SQLException {
        try (Gajah gajah = Gajah.inMemory(); Connection c = gajah.dataSource().getConnection()) {
            Lines.run(c, "CREATE EXTENSION file_fdw", "CREATE SERVER s FOREIGN DATA WRAPPER file_fdw", "CREATE FOREIGN TABLE p (a int) SERVER s OPTIONS (program 'echo 1')");
            SQLException e = assertThrows(SQLException.class, () -> Lines.of(c, "SELECT * FROM p"));
            assertEquals("42501", e.getSQLState());
        }
    }
}
