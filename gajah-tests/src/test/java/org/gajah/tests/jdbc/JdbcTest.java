package org.gajah.tests.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gajah.tests.corpus.KnownFailures;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/** pgjdbc does the same with Gajah as with a real PostgreSQL: every question is put to both. */
class JdbcTest {
    private static final String DATABASE = "jdbc";
    private static final String SIMPLE = "?preferQueryMode=simple";

    /** What pgjdbc itself refuses to do by the simple protocol. */
    private static final Set<String> NOT_SIMPLE = Set.of("shapes", "calls");

    private static Set<String> known = Set.of();
    private static Optional<Target> gajah = Optional.empty();
    private static Optional<PostgresOracle> oracle = Optional.empty();

    @BeforeAll
    static void start() throws IOException {
        known = KnownFailures.read(Path.of("src/test/resources/jdbc")).names();
        gajah = Optional.of(Targets.gajah());
        oracle = Optional.of(PostgresOracle.start());
    }

    @AfterAll
    static void stop() {
        gajah.ifPresent(Target::close);
        oracle.ifPresent(PostgresOracle::close);
    }

    @TestFactory
    Stream<DynamicTest> pgjdbc() {
        return questions().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            try {
                compare(entry.getKey(), entry.getValue());
            } catch (SQLException | AssertionFailedError e) {
                if (known.contains("pgjdbc: " + entry.getKey())) {
                    abort("known failure: " + e.getMessage());
                }
                throw e;
            }
        }));
    }

    private static void compare(String name, JdbcQuestions.Question question) throws SQLException {
        for (String options : List.of("", "?prepareThreshold=-1", SIMPLE, "?reWriteBatchedInserts=true")) {
            if (!options.equals(SIMPLE) || !NOT_SIMPLE.contains(name)) {
                List<String> expected = ask(oracle.orElseThrow().port(), options, question);
                assertEquals(expected, ask(gajah.orElseThrow().port(), options, question), "options " + options);
            }
        }
    }

    private static List<String> ask(int port, String options, JdbcQuestions.Question question) throws SQLException {
        try (Connection admin = connect(port, "postgres", ""); Statement statement = admin.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        try (Connection connection = connect(port, DATABASE, options)) {
            JdbcQuestions.createTables(connection);
            return question.ask(connection);
        }
    }

    private static Connection connect(int port, String database, String options) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database + options, "postgres", "");
    }

    private static Map<String, JdbcQuestions.Question> questions() {
        Map<String, JdbcQuestions.Question> all = new LinkedHashMap<>();
        all.put("product", c -> List.of(c.getMetaData().getDatabaseProductVersion(), c.getMetaData().getUserName(), c.getCatalog(), c.getSchema()));
        metadata(all, "tables", m -> JdbcQuestions.lines(m.getTables(null, "public", "%", null)));
        metadata(all, "system tables", m -> JdbcQuestions.lines(m.getTables(null, "pg_catalog", "pg_am%", new String[] {"SYSTEM TABLE"})));
        metadata(all, "columns", m -> JdbcQuestions.lines(m.getColumns(null, "public", "%", "%")));
        metadata(all, "primary keys", m -> JdbcQuestions.lines(m.getPrimaryKeys(null, "public", "customer")));
        metadata(all, "indexes", m -> JdbcQuestions.lines(m.getIndexInfo(null, "public", "purchase", false, true)));
        metadata(all, "types", m -> JdbcQuestions.lines(m.getTypeInfo()).stream().sorted().toList());
        metadata(all, "imported keys", m -> JdbcQuestions.lines(m.getImportedKeys(null, null, "purchase")));
        metadata(all, "exported keys", m -> JdbcQuestions.lines(m.getExportedKeys(null, "public", "customer")));
        metadata(all, "cross references", m -> JdbcQuestions.lines(m.getCrossReference(null, null, "customer", null, null, "purchase")));
        metadata(all, "schemas", m -> JdbcQuestions.lines(m.getSchemas()));
        metadata(all, "table types", m -> JdbcQuestions.lines(m.getTableTypes()));
        metadata(all, "row identifier", m -> JdbcQuestions.lines(m.getBestRowIdentifier(null, null, "customer", 0, false)));
        metadata(all, "version columns", m -> JdbcQuestions.lines(m.getVersionColumns(null, null, "customer")));
        metadata(all, "privileges", m -> JdbcQuestions.lines(m.getTablePrivileges(null, "public", "customer")));
        metadata(all, "functions", m -> JdbcQuestions.lines(m.getFunctions(null, "pg_catalog", "abs")));
        metadata(all, "function columns", m -> JdbcQuestions.lines(m.getFunctionColumns(null, "pg_catalog", "left", null)));
        metadata(all, "procedures", m -> JdbcQuestions.lines(m.getProcedures(null, "public", "%")));
        metadata(all, "words", m -> List.of(m.getSQLKeywords(), m.getIdentifierQuoteString(), "" + m.getMaxColumnNameLength()));
        metadata(all, "client info", m -> JdbcQuestions.lines(m.getClientInfoProperties()));
        all.put("round trips", JdbcQuestions::roundTrips);
        all.put("arrays", JdbcQuestions::arrays);
        all.put("batches", JdbcQuestions::batches);
        all.put("generated keys", JdbcQuestions::generatedKeys);
        all.put("fetch size", JdbcQuestions::fetchSize);
        all.put("scrolling and updating", c -> {
            try (Statement s = c.createStatement()) {
                s.execute("INSERT INTO customer (email) VALUES ('a'), ('b'), ('c')");
            }
            return JdbcQuestions.scrolling(c);
        });
        all.put("shapes", JdbcQuestions::shapes);
        all.put("transactions", JdbcQuestions::transactions);
        all.put("errors", JdbcQuestions::errors);
        all.put("calls", JdbcQuestions::calls);
        all.put("replanning", JdbcQuestions::replanning);
        return all;
    }

    /** A question to the metadata. */
    @FunctionalInterface
    private interface MetadataQuestion {
        List<String> ask(DatabaseMetaData metadata) throws SQLException;
    }

    private static void metadata(Map<String, JdbcQuestions.Question> all, String name, MetadataQuestion question) {
        all.put("metadata: " + name, c -> question.ask(c.getMetaData()));
    }
}
