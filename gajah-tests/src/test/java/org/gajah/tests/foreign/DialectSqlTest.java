package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;

/** The SQL for databases that cannot be had here: planned with an H2 that has the table, not run, but parsed by a parser that is not ours. */
class DialectSqlTest {
    private static final List<String> QUERIES = List.of("SELECT id FROM x WHERE n > 1.5 AND s = 'it''s' AND day >= '2024-02-29' AND at < '2024-02-29 12:00:00.5'", "SELECT id FROM x ORDER BY n DESC LIMIT 3",
            "SELECT id FROM x LIMIT 5", "SELECT id FROM x ORDER BY n NULLS FIRST LIMIT 3 OFFSET 2", "SELECT id FROM x WHERE id IN (1, 2) OR n IS NULL", "SELECT id FROM x WHERE s LIKE 'a%'",
            "SELECT count(*), min(n) FROM x", "SELECT n, count(*) FROM x GROUP BY n HAVING count(*) > 1", "SELECT a.id FROM x a LEFT JOIN x b ON a.id = b.n WHERE b.id IS NULL",
            "SELECT a.id FROM x a FULL JOIN x b ON a.id = b.n", "SELECT id FROM x a WHERE EXISTS (SELECT 1 FROM x b WHERE b.n = a.id)", "SELECT id FROM x UNION SELECT n FROM x", "SELECT id FROM x WHERE floor(n) = 1",
            "SELECT id FROM x WHERE n IS DISTINCT FROM 2", "SELECT id FROM x WHERE CASE WHEN id < 3 THEN n ELSE 0 END = 2");

    private static void each(String dialect, int least, List<String> sql) throws SQLException {
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:" + dialect + ";DB_CLOSE_DELAY=-1", "sa", ""); Gajah gajah = Gajah.inMemory(); Connection c = gajah.dataSource().getConnection()) {
            Lines.run(h2, "CREATE TABLE \"x\" (\"id\" INT, \"n\" DECIMAL(12,2), \"s\" VARCHAR(20), \"day\" DATE, \"at\" TIMESTAMP(6))");
            Lines.run(c, "CREATE EXTENSION jdbc_fdw", "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD d 'url=jdbc:h2:mem:{dbname} dialect=" + dialect + "')",
                    "CREATE SERVER d FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'd', dbname '" + dialect + "')", "CREATE USER MAPPING FOR PUBLIC SERVER d OPTIONS (user 'sa', password '')",
                    "CREATE FOREIGN TABLE x (id int, n numeric(12,2), s text, day date, at timestamp) SERVER d");
            int whole = 0;
            for (String query : QUERIES) {
                String sent = Lines.remote(c, query);
                for (String part : sent.split(" ; ")) {
                    Lines.requireSql(part);
                }
                whole += sent.contains(" ; ") || sent.equals("SELECT \"id\" FROM \"x\"") ? 0 : 1;
            }
            assertTrue(whole >= least, dialect + ": " + whole);
            for (int i = 0; i < sql.size(); i++) {
                assertEquals(sql.get(i), Lines.remote(c, QUERIES.get(i)), QUERIES.get(i));
            }
        }
    }

    @Test
    void sqlServersOwnForms() throws SQLException {
        each("sqlserver", 11, List.of("SELECT \"id\" FROM \"x\" WHERE ((\"n\" > 1.5)) AND ((\"s\" = N'it''s')) AND ((\"day\" >= CAST('2024-02-29' AS date))) AND ((\"at\" < CAST('2024-02-29 12:00:00.5' AS datetime2)))"
                .replace("SELECT \"id\"", "SELECT \"id\", \"s\""),
                "SELECT \"id\", \"n\" FROM \"x\" ORDER BY (CASE WHEN \"n\" IS NULL THEN 0 ELSE 1 END), \"n\" DESC OFFSET 0 ROWS FETCH NEXT 3 ROWS ONLY",
                "SELECT \"id\" FROM \"x\" ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT 5 ROWS ONLY",
                "SELECT \"id\", \"n\" FROM \"x\" ORDER BY (CASE WHEN \"n\" IS NULL THEN 0 ELSE 1 END), \"n\" ASC OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY"));
    }

    @Test
    void trinosOwnForms() throws SQLException {
        each("trino", 11, List.of("SELECT \"id\" FROM \"x\" WHERE ((\"n\" > DECIMAL '1.5')) AND ((\"s\" = 'it''s')) AND ((\"day\" >= DATE '2024-02-29')) AND ((\"at\" < TIMESTAMP '2024-02-29 12:00:00.5'))",
                "SELECT \"id\", \"n\" FROM \"x\" ORDER BY \"n\" DESC NULLS FIRST FETCH FIRST 3 ROWS ONLY", "SELECT \"id\" FROM \"x\" FETCH FIRST 5 ROWS ONLY",
                "SELECT \"id\", \"n\" FROM \"x\" ORDER BY \"n\" ASC NULLS FIRST OFFSET 2 ROWS FETCH FIRST 3 ROWS ONLY"));
    }
}
