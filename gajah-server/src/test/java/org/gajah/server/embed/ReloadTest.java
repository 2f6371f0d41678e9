package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration files say, what becomes of it, and where settings say that they come from. */
class ReloadTest {
    @TempDir
    Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(data().resolve(file), text, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static List<String> rows(Statement s, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(r.getString(i)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    /** A piece of work with a session. */
    @FunctionalInterface
    private interface Work {
        void with(Statement s) throws SQLException, IOException;
    }

    private void run(Work work) throws SQLException, IOException {
        try (Gajah gajah = Gajah.open(data()); Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            work.with(s);
        }
    }

    private static final String FILE_SETTINGS =
            "SELECT replace(sourcefile, current_setting('data_directory') || '/', ''), sourceline, seqno, name, setting, applied, error FROM pg_file_settings";

    @Test
    void theFilesAreShownWithWhatAReloadWouldDo() throws Exception {
        run(s -> {
            write("postgresql.conf", "work_mem = '7MB'\nmax_connections = 33\ninclude 'more.conf'\na.b = c\nstatement_timeout = many\n");
            Files.writeString(data().resolve("more.conf"), "\nwork_mem = 8MB\n");
            assertEquals(List.of("postgresql.conf 1 1 work_mem 7MB f null",
                    "postgresql.conf 2 2 max_connections 33 f setting could not be applied",
                    "more.conf 2 3 work_mem 8MB t null",
                    "postgresql.conf 4 4 a.b c t null",
                    "postgresql.conf 5 5 statement_timeout many f setting could not be applied"), rows(s, FILE_SETTINGS));
            s.execute("SELECT pg_reload_conf()");
            assertEquals(List.of("8MB c 100 0"), rows(s, "SELECT current_setting('work_mem'), current_setting('a.b'), "
                    + "current_setting('max_connections'), current_setting('statement_timeout')"));
            write("postgresql.conf", "nope = 3\nwork_mem = 9MB\nport = '\n");
            assertEquals(List.of("postgresql.conf 1 1 nope 3 f unrecognized configuration parameter",
                    "postgresql.conf 2 2 work_mem 9MB f null", "postgresql.conf 3 3 null null f syntax error"), rows(s, FILE_SETTINGS));
            s.execute("SELECT pg_reload_conf()");
            assertEquals(List.of("8MB"), rows(s, "SHOW work_mem"), "nothing of a file with an error counts");
            write("postgresql.conf", "");
            s.execute("SELECT pg_reload_conf()");
            assertEquals(List.of("4MB"), rows(s, "SHOW work_mem"));
            assertEquals(List.of("null"), rows(s, "SELECT current_setting('a.b', true)"));
        });
    }

    private static String source(Statement s, String name) throws SQLException {
        return rows(s, "SELECT setting, source, sourceline, pending_restart FROM pg_settings WHERE name = '" + name + "'").getFirst();
    }

    @Test
    void settingsSayWhereTheyComeFrom() throws Exception {
        run(s -> {
            write("postgresql.conf", "\nwork_mem = 2MB\nmax_connections = 33\n");
            assertEquals("4096 default null f", source(s, "work_mem"));
            s.execute("SELECT pg_reload_conf()");
            assertEquals("2048 configuration file 2 f", source(s, "work_mem"));
            assertEquals("100 default null t", source(s, "max_connections"));
            assertEquals(" command line null f", source(s, "listen_addresses"));
            assertEquals("read committed override null f", source(s, "transaction_isolation"));
            s.execute("SET work_mem = '2MB'");
            assertEquals("2048 session null f", source(s, "work_mem"));
            assertEquals(List.of(data().toAbsolutePath() + " " + data().toAbsolutePath().resolve("pg_hba.conf")),
                    rows(s, "SELECT current_setting('data_directory'), current_setting('hba_file')"));
        });
    }

    @Test
    void theMoreSpecificSettingCounts() throws Exception {
        try (Gajah gajah = Gajah.inMemory()) {
            String[] statements = {"ALTER ROLE ALL SET work_mem = '1MB'", "ALTER DATABASE postgres SET work_mem = '2MB'",
                "ALTER ROLE postgres SET work_mem = '3MB'", "ALTER ROLE postgres IN DATABASE postgres SET work_mem = '5MB'"};
            String[] sources = {"1024 global null f", "2048 database null f", "3072 user null f", "5120 database user null f"};
            for (int i = 0; i < statements.length; i++) {
                try (Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
                    s.execute(statements[i]);
                }
                try (Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
                    assertEquals(sources[i], source(s, "work_mem"), statements[i]);
                    assertTrue(source(s, "DateStyle").contains(" client "), "pgjdbc sends it");
                }
            }
        }
    }

    private static final String RULES = "SELECT rule_number, line_number, type, database, user_name, address, netmask, auth_method, error "
            + "FROM pg_hba_file_rules";

    @Test
    void theRulesAreShownWithTheirErrors() throws Exception {
        run(s -> {
            write("pg_hba.conf", "# no\nlocal all all trust\nhost a,\"all\" +g,/^x 10.0.0.0/8 md5\nhost all all fe80:: ffff:: reject\n"
                    + "host all all samenet trust\nhost all all .example.org password\nhostx all all trust\nlocal all all\ninclude more\nlocal @list all trust\n");
            Files.writeString(data().resolve("more"), "\nhostssl all all all scram-sha-256\n");
            Files.writeString(data().resolve("list"), "one, two\nthree\n");
            assertEquals(List.of("1 2 local {all} {all} null null trust null",
                    "2 3 host {a,all} {+g,/^x} 10.0.0.0 255.0.0.0 md5 null",
                    "3 4 host {all} {all} fe80:: ffff:: reject null",
                    "4 5 host {all} {all} samenet null trust null",
                    "5 6 host {all} {all} .example.org null password null",
                    "null 7 null null null null null null invalid connection type \"hostx\"",
                    "null 8 null null null null null null end-of-line before authentication method",
                    "6 2 hostssl {all} {all} all null scram-sha-256 null",
                    "7 10 local {one,two,three} {all} null null trust null"), rows(s, RULES));
        });
    }

    @Test
    void newRulesCountForThoseWhoComeLater() throws Exception {
        try (Gajah gajah = Gajah.open(data()); Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            write("pg_hba.conf", "local all nobody reject\n");
            gajah.dataSource().getConnection().close();
            s.execute("SELECT pg_reload_conf()");
            assertEquals("28000", assertThrows(SQLException.class, () -> gajah.dataSource().getConnection().close()).getSQLState());
            assertEquals(List.of("1"), rows(s, "SELECT 1"), "who is in stays in");
            write("pg_hba.conf", "local all all thrust\n");
            s.execute("SELECT pg_reload_conf()");
            assertEquals("28000", assertThrows(SQLException.class, () -> gajah.dataSource().getConnection().close()).getSQLState(),
                    "wrong rules leave the old ones");
            write("pg_hba.conf", "local all all trust\n");
            s.execute("SELECT pg_reload_conf()");
            gajah.dataSource().getConnection().close();
        }
    }

    @Test
    void onlyTheTrustedSeeWhereFilesAre() throws Exception {
        run(s -> {
            s.execute("CREATE ROLE somebody");
            s.execute("SET ROLE somebody");
            for (String sql : List.of("SHOW data_directory", "SELECT current_setting('hba_file')", "SELECT * FROM pg_file_settings",
                    "SELECT * FROM pg_hba_file_rules")) {
                assertEquals("42501", assertThrows(SQLException.class, () -> s.execute(sql)).getSQLState(), sql);
            }
            assertEquals(List.of("0"), rows(s, "SELECT count(*) FROM pg_settings WHERE name = 'data_directory'"));
            s.execute("RESET ROLE");
            s.execute("GRANT pg_read_all_settings TO somebody");
            s.execute("SET ROLE somebody");
            s.execute("SHOW data_directory");
            assertEquals(List.of("1"), rows(s, "SELECT count(*) FROM pg_settings WHERE name = 'data_directory'"));
        });
    }
}
