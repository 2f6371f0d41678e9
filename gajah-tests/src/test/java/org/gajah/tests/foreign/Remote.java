package org.gajah.tests.foreign;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.gajah.tests.oracle.FreePort;

import org.gajah.tests.oracle.PostgresOracle;

/**
 * A database behind foreign tables.
 *
 * @param name    what its server is called
 * @param connecting how its tables are made and filled
 * @param wrapper statements that make a server of this name
 * @param table   the options of a foreign table on the remote table {@code sample}
 * @param types   what int4, int8, numeric(12,2), float8, varchar(40), date, timestamp, bool and char(8) are called there
 * @param least   how many of the suite's conditions go there at least
 * @param stop    ends it
 */
record Remote(String name, Connecting connecting, List<String> wrapper, String table, List<String> types, int least, Runnable stop) implements AutoCloseable {
    /** How its tables are made and filled. */
    @FunctionalInterface
    interface Connecting {
        Connection connect() throws SQLException;
    }

    Remote(String name, String url, String user, List<String> wrapper, String table, List<String> types, int least, Runnable stop) {
        this(name, () -> DriverManager.getConnection(url, user, ""), wrapper, table, types, least, stop);
    }

    private static final List<String> TYPES = List.of("INTEGER", "BIGINT", "DECIMAL(12,2)", "DOUBLE PRECISION", "VARCHAR(40)", "DATE", "TIMESTAMP(6)", "BOOLEAN", "CHAR(8)");
    private static final int START_SECONDS = 60;

    Connection connect() throws SQLException {
        return connecting.connect();
    }

    @Override
    public void close() {
        stop.run();
    }

    private static List<String> server(String name, String profile, String options, String user) {
        return List.of("ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD " + name + " '" + profile + "')",
                "CREATE SERVER " + name + " FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver '" + name + "'" + options + ")",
                "CREATE USER MAPPING FOR PUBLIC SERVER " + name + (user.isEmpty() ? "" : " OPTIONS (user '" + user + "', password '')"));
    }

    private static List<String> oracleServer(String name, String profile, String place) {
        return List.of("ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD " + name + " '" + profile + "')",
                "CREATE SERVER " + name + " FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver '" + name + "/" + place + "', isolation_level 'read_committed')",
                "CREATE USER MAPPING FOR PUBLIC SERVER " + name + " OPTIONS (user 'sa', password '')");
    }

    /** Those that need nothing but their driver, in memory or in a directory. */
    static List<Remote> embedded(Path directory) {
        Runnable nothing = () -> { };
        String lite = directory.resolve("suite.sqlite").toString();
        String duck = directory.resolve("suite.duck").toString();
        List<String> ora = List.of("NUMBER(9)", "NUMBER(18)", "NUMBER(12,2)", "DOUBLE PRECISION", "VARCHAR2(40)", "DATE", "TIMESTAMP(6)", "NUMBER(1)", "CHAR(8)");
        return List.of(new Remote("h2", "jdbc:h2:mem:suite;DB_CLOSE_DELAY=-1", "sa", server("h2", "url=jdbc:h2:mem:{dbname} dialect=h2", ", dbname 'suite'", "sa"), "", TYPES, 55, nothing),
                new Remote("h2_oracle", "jdbc:h2:mem:suiteora;MODE=Oracle;DB_CLOSE_DELAY=-1", "sa", oracleServer("h2_oracle", "url=jdbc:h2:mem:{dbname}", "suiteora"),
                        "OPTIONS (\"table\" 'SAMPLE')", ora, 47, nothing),
                new Remote("hsqldb", "jdbc:hsqldb:mem:suite", "sa", server("hsqldb", "url=jdbc:hsqldb:mem:{dbname} dialect=hsqldb", ", dbname 'suite'", "sa"), "", TYPES, 53, nothing),
                new Remote("hsqldb_oracle", "jdbc:hsqldb:mem:suiteora;sql.syntax_ora=true", "sa", oracleServer("hsqldb_oracle", "url=jdbc:hsqldb:mem:{dbname}", "suiteora"),
                        "OPTIONS (\"table\" 'SAMPLE')", ora, 47, nothing),
                new Remote("derby", "jdbc:derby:memory:suite;create=true", "sa", server("derby", "url=jdbc:derby:memory:{dbname} dialect=derby", ", dbname 'suite'", "sa"), "",
                        List.of("INTEGER", "BIGINT", "DECIMAL(12,2)", "DOUBLE PRECISION", "VARCHAR(40)", "DATE", "TIMESTAMP", "BOOLEAN", "CHAR(8)"), 41, nothing),
                new Remote("sqlite", "jdbc:sqlite:" + lite, "", server("sqlite", "url=jdbc:sqlite:{dbname} dialect=sqlite", ", dbname '" + lite + "', isolation_level 'default'", ""), "",
                        List.of("INTEGER", "BIGINT", "NUMERIC", "DOUBLE PRECISION", "TEXT", "TEXT", "TEXT", "INTEGER", "TEXT"), 43, nothing),
                new Remote("duckdb", "jdbc:duckdb:" + duck, "", server("duckdb", "url=jdbc:duckdb:{dbname} dialect=duckdb", ", dbname '" + duck + "', isolation_level 'default'", ""), "",
                        List.of("INTEGER", "BIGINT", "DECIMAL(12,2)", "DOUBLE", "VARCHAR", "DATE", "TIMESTAMP", "BOOLEAN", "VARCHAR"), 60, nothing));
    }

    /** A PostgreSQL behind postgres_fdw. */
    static Remote postgres(PostgresOracle server) {
        return new Remote("postgres", "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres",
                List.of("CREATE SERVER postgres FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + server.port() + "', dbname 'postgres')",
                        "CREATE USER MAPPING FOR PUBLIC SERVER postgres OPTIONS (user 'postgres', password_required 'false')"),
                "", List.of("INTEGER", "BIGINT", "DECIMAL(12,2)", "DOUBLE PRECISION", "VARCHAR(40)", "DATE", "TIMESTAMP", "BOOLEAN", "CHAR(8)"), 72, () -> { });
    }

    /** A MariaDB of its own, if its programs are installed. */
    static Optional<Remote> mariadb(Path directory) throws IOException {
        Optional<Path> daemon = program("mariadbd");
        Optional<Path> install = program("mariadb-install-db");
        if (daemon.isEmpty() || install.isEmpty() || program("my_print_defaults").isEmpty()) {
            return Optional.empty();
        }
        Path data = directory.resolve("maria");
        Files.createDirectories(data);
        String user = "--user=" + System.getProperty("user.name");
        run(List.of(install.get().toString(), "--no-defaults", user, "--datadir=" + data, "--auth-root-authentication-method=normal", "--skip-test-db"), directory.resolve("maria-install.log"));
        int port = FreePort.find();
        Process process = new ProcessBuilder(daemon.get().toString(), "--no-defaults", user, "--datadir=" + data, "--port=" + port, "--bind-address=127.0.0.1",
                "--socket=" + directory.resolve("maria.sock"), "--pid-file=" + directory.resolve("maria.pid"), "--character-set-server=utf8mb4", "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=16M").redirectErrorStream(true).redirectOutput(directory.resolve("maria.log").toFile()).start();
        Runnable stop = () -> {
            process.destroy();
            process.onExit().orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/suite?createDatabaseIfNotExist=true";
        awaitConnection(url, process, directory.resolve("maria.log"));
        return Optional.of(new Remote("maria", url, "root", server("maria", "url=jdbc:mariadb://{host}:{port}/{dbname} dialect=mariadb",
                ", host '127.0.0.1', port '" + port + "', dbname 'suite'", "root"), "",
                List.of("INTEGER", "BIGINT", "DECIMAL(12,2)", "DOUBLE", "VARCHAR(40)", "DATE", "DATETIME(6)", "BOOLEAN", "CHAR(8)"), 48, stop));
    }

    /** A real Oracle, if one was given: {@code user/password@//host:port/service}, and where its driver is. */
    static Optional<Remote> oracle(String place, String jar) {
        if (place.isEmpty() || jar.isEmpty()) {
            return Optional.empty();
        }
        String user = place.substring(0, place.indexOf('/'));
        String password = place.substring(place.indexOf('/') + 1, place.indexOf('@'));
        String url = "jdbc:oracle:thin:" + place.substring(place.indexOf('@'));
        List<String> statements = List.of("ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD ora 'url=" + url + " jar=" + jar + " class=oracle.jdbc.OracleDriver')",
                "CREATE SERVER ora FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'ora', isolation_level 'read_committed')",
                "CREATE USER MAPPING FOR PUBLIC SERVER ora OPTIONS (user '" + user + "', password '" + password + "')");
        return Optional.of(new Remote("ora", () -> oracleConnection(url, jar, user, password), statements, "OPTIONS (\"table\" 'SAMPLE')",
                List.of("NUMBER(9)", "NUMBER(18)", "NUMBER(12,2)", "BINARY_DOUBLE", "VARCHAR2(40)", "DATE", "TIMESTAMP(6)", "NUMBER(1)", "CHAR(8)"), 40, () -> { }));
    }

    private static Connection oracleConnection(String url, String jar, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        try {
            ClassLoader loader = new URLClassLoader(new URL[] {Path.of(jar).toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return ((Driver) Class.forName("oracle.jdbc.OracleDriver", true, loader).getDeclaredConstructor().newInstance()).connect(url, properties);
        } catch (ReflectiveOperationException | IOException e) {
            throw new SQLException("Oracle's driver cannot be loaded from " + jar, e);
        }
    }

    private static Optional<Path> program(String name) {
        return List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin").stream().map(d -> Path.of(d, name)).filter(Files::isExecutable).findFirst();
    }

    private static void run(List<String> command, Path log) throws IOException {
        Process p = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        int code = p.onExit().orTimeout(START_SECONDS, TimeUnit.SECONDS).join().exitValue();
        if (code != 0) {
            throw new IOException(command.getFirst() + " failed: " + Files.readString(log));
        }
    }

    private static void awaitConnection(String url, Process process, Path log) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Connection c = DriverManager.getConnection(url, "root", "")) {
                c.isValid(1);
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException("MariaDB did not start: " + Files.readString(log), e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }
}
