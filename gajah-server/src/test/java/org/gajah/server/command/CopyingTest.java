package org.gajah.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gajah copy} with a server of its own; with -Dgajah.server=PORT with another, whose database postgres may be written to. */
class CopyingTest {
    @TempDir
    private Path directory;
    private Gajah gajah;
    private Connection connection;
    private String port;
    private String said = "";

    @BeforeEach
    void start() throws SQLException {
        port = System.getProperty("gajah.server", "");
        if (port.isEmpty()) {
            gajah = Gajah.open(directory.resolve("data"), 0);
            port = Integer.toString(gajah.port().orElseThrow());
        }
        connection = DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
        run("DROP TABLE IF EXISTS copied, gajah_copy_progress");
        run("CREATE TABLE copied (n int PRIMARY KEY, t text DEFAULT 'none', CHECK (n < 1000000))");
    }

    @AfterEach
    void stop() throws SQLException {
        run("DROP TABLE IF EXISTS copied, gajah_copy_progress");
        connection.close();
        if (gajah != null) {
            gajah.close();
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet all = statement.executeQuery("SELECT n, t FROM copied ORDER BY n")) {
            while (all.next()) {
                rows.add(all.getInt(1) + " " + all.getString(2));
            }
        }
        return rows;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private String copy(InputStream in, Object... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("-h", "localhost", "-p", port, "-U", "postgres", "-d", "postgres"));
        for (Object word : words) {
            all.add(word.toString());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            new Copying(CopyArguments.parse(all, Map.of()), in, out, new PrintStream(err, true, StandardCharsets.UTF_8), false).copy();
        } finally {
            said = err.toString(StandardCharsets.UTF_8);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String copy(Object... words) throws Exception {
        return copy(InputStream.nullInputStream(), words);
    }

    @Test
    void aFileIsLoadedAsItsNameSays() throws Exception {
        copy("load", "copied", file("a.csv", "t,n\n\"a, \"\"b\"\"\nc\",1\n,2\n"), "--header", "--columns", "t, n");
        copy("load", "copied", file("a.txt", "3\tx\\ty\n4\t\\N\n"));
        copy("load", "copied", file("a.jsonl", "{\"n\": 5, \"t\": \"j\\\"q\"}\n{\"t\": \"k\", \"n\": 6}\n"));
        assertEquals(List.of("1 a, \"b\"\nc", "2 null", "3 x\ty", "4 null", "5 j\"q", "6 k"), rows());
        assertTrue(said.startsWith("gajah: copied 2 rows, "), said);
    }

    @Test
    void whatIsUnloadedCanBeLoadedAgainInEveryFormat() throws Exception {
        run("INSERT INTO copied SELECT n, chr(n) || E'\\\\\"\\n\\t,€' FROM generate_series(1, 300) n");
        run("INSERT INTO copied VALUES (301, NULL), (302, '')");
        List<String> before = rows();
        for (String name : List.of("a.csv", "a.txt", "a.bin", "a.json")) {
            copy("unload", "copied", directory.resolve(name));
            assertTrue(said.startsWith("gajah: copied 302 rows, "), name + ": " + said);
            run("TRUNCATE copied");
            copy("load", "copied", directory.resolve(name));
            assertEquals(before, rows(), name);
        }
    }

    @Test
    void aQueryGoesToStandardOutputAndATableComesFromStandardInput() throws Exception {
        copy(new ByteArrayInputStream("1;one\n2;two\n".getBytes(StandardCharsets.UTF_8)), "load", "copied", "-", "--options", "delimiter ';'");
        assertEquals("n,t\n2,two\n", copy("unload", "--query", "SELECT * FROM copied WHERE n > 1", "-", "--format", "csv", "--header"));
        assertEquals("{\"n\":1,\"t\":\"one\"}\n{\"n\":2,\"t\":\"two\"}\n", copy("unload", "copied", "-", "--format", "json"));
    }

    @Test
    void badRowsAreRejectedAndTheOthersLoaded() throws Exception {
        StringBuilder text = new StringBuilder("n,t\n");
        for (int i = 1; i <= 1000; i++) {
            text.append(i == 17 ? "x" : i == 500 ? "499" : i == 501 ? "2000000" : "" + i).append(",\"line\n").append(i).append("\"\n");
        }
        Path rejects = directory.resolve("bad.csv");
        copy("load", "copied", file("a.csv", text.toString()), "--header", "--batch", "300", "--rejects", rejects);
        assertEquals(997, rows().size());
        assertEquals("n,t\nx,\"line\n17\"\n499,\"line\n500\"\n2000000,\"line\n501\"\n", Files.readString(rejects));
        assertTrue(said.contains("gajah: row 17: ERROR: invalid input syntax for type integer: \"x\""), said);
        assertTrue(said.contains("gajah: row 500: ERROR: duplicate key value"), said);
        assertTrue(said.contains("copied 997 rows") && said.contains("3 rows were rejected"), said);
    }

    @Test
    void badObjectsAreRejectedToo() throws Exception {
        Path rejects = directory.resolve("bad.json");
        copy("load", "copied", file("a.json", "{\"n\": 1}\n{\"n\": \"x\"}\nno json\n{\"n\": 2}\n"), "--rejects", rejects);
        assertEquals(List.of("1 none", "2 none"), rows());
        assertEquals("{\"n\": \"x\"}\nno json\n", Files.readString(rejects));
    }

    @Test
    void aBinaryFileIsLoadedInBatchesToo() throws Exception {
        run("INSERT INTO copied SELECT n, repeat('x', n) FROM generate_series(1, 50) n");
        Path file = directory.resolve("a.bin");
        copy("unload", "--query", "SELECT n, CASE WHEN n = 7 THEN NULL ELSE t END FROM copied UNION ALL SELECT 20, 'again' UNION ALL SELECT n + 100, t FROM copied", file);
        run("TRUNCATE copied");
        Path rejects = directory.resolve("bad.bin");
        copy("load", "copied", file, "--batch", "8", "--rejects", rejects, "--resume");
        assertEquals(100, rows().size());
        assertEquals("7 null", rows().get(6));
        assertTrue(said.contains("gajah: row 51: ERROR: duplicate key value") && said.contains("1 rows were rejected"), said);
        run("TRUNCATE copied");
        copy("load", "copied", rejects);
        assertEquals(List.of("20 again"), rows());
        byte[] cut = Files.readAllBytes(file);
        Path broken = Files.write(directory.resolve("cut.bin"), java.util.Arrays.copyOf(cut, cut.length - 10));
        assertThrows(IOException.class, () -> copy("load", "copied", broken, "--batch", "8", "--rejects", rejects));
        assertThrows(IOException.class, () -> copy("load", "copied", file("no.bin", "this is not binary, is it?"), "--batch", "8"));
    }

    @Test
    void withoutRejectsABadRowEndsItAndItsBatchIsGone() throws Exception {
        Path file = file("a.txt", "1\ta\n2\tb\n3\tc\nx\td\n");
        SQLException refused = assertThrows(SQLException.class, () -> copy("load", "copied", file, "--batch", "2"));
        assertTrue(refused.getMessage().startsWith("in rows 3 to 4: ERROR: invalid input syntax"), refused.getMessage());
        assertEquals(List.of("1 a", "2 b"), rows());
        assertThrows(SQLException.class, () -> copy("load", "copied", file));
        assertEquals(2, rows().size());
    }

    @Test
    void aLoadGoesOnWhereItWasCutOff() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 100; i++) {
            text.append(i % 40 == 0 ? "bad" : "" + i).append("\tt").append(i).append('\n');
        }
        Path file = file("a.txt", text.toString());
        Path rejects = directory.resolve("bad.txt");
        run("CREATE OR REPLACE FUNCTION copied_stops() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.n = 63 THEN RAISE 'stopped' USING ERRCODE = '57P01'; "
                + "END IF; RETURN NEW; END $$");
        run("CREATE TRIGGER stops BEFORE INSERT ON copied FOR EACH ROW EXECUTE FUNCTION copied_stops()");
        Object[] words = {"load", "copied", file, "--batch", "10", "--rejects", rejects, "--resume"};
        assertThrows(SQLException.class, () -> copy(words));
        assertEquals(59, rows().size());
        Files.writeString(rejects, Files.readString(rejects) + "written, but not committed\n");
        run("DROP TRIGGER stops ON copied");
        copy(words);
        assertEquals(98, rows().size());
        assertEquals("bad\tt40\nbad\tt80\n", Files.readString(rejects));
        assertTrue(said.contains("copied 98 rows") && said.contains("2 rows were rejected"), said);
        copy("load", "copied", file("none.txt", ""), "--resume");
        assertTrue(said.contains("copied 0 rows"), said);
    }

    @Test
    void rowsAreCutWhereTheFormatSaysWhateverTheBuffers() throws IOException {
        String filler = "y".repeat(100_000);
        List<String> csv = List.of("1,\"a\n\"\"\n\"\n", "2," + filler + "\n", "3,\"\"\r\n", "4,end");
        List<String> text = List.of("1\ta\\\nb\\\\\n", filler + "\n", "\\N\n");
        for (var given : Map.of(CopyArguments.Format.CSV, csv, CopyArguments.Format.TEXT, text).entrySet()) {
            String all = String.join("", given.getValue()) + (given.getKey() == CopyArguments.Format.TEXT ? "\\.\nnot this" : "");
            RecordCutter cutter = new RecordCutter(new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)), given.getKey(), 0);
            long position = 0;
            for (String row : given.getValue()) {
                assertEquals(position, cutter.position());
                assertEquals(row, new String(cutter.next().orElseThrow(), StandardCharsets.UTF_8));
                position += row.length();
            }
            assertTrue(cutter.next().isEmpty());
            assertTrue(cutter.next().isEmpty());
        }
    }

    @Test
    void theLineShowsHowFarItIs() {
        long[] nanos = {0};
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CopyProgressLine line = new CopyProgressLine(new PrintStream(err, true, StandardCharsets.UTF_8), true, OptionalLong.of(4_000_000), 0, () -> nanos[0]);
        line.show(1, 1);
        assertEquals(0, err.size());
        nanos[0] = 2_000_000_000L;
        line.show(10_000, 1_000_000);
        assertEquals("\r[######                  ]  25%  10,000 rows, 5,000 rows/s, 1000.0 kB of 4000.0 kB, 0:06 left\u001b[K",
                err.toString(StandardCharsets.UTF_8));
        CopyProgressLine unknown = new CopyProgressLine(System.err, true, OptionalLong.empty(), 0, () -> nanos[0]);
        nanos[0] += 1_000_000_000L;
        assertEquals("7 rows, 7 rows/s, 99 B", unknown.line(7, 99));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (String wrong : List.of("", "load t", "loud t f", "load --query q f", "load t f --format x", "unload t f --batch 5",
                "load t - --resume", "load t f --batch 0", "load t f --batch x", "load t f --bogus", "load t f --format", "load t f.csv --rejects r --options quote'x'")) {
            assertThrows(Arguments.Misunderstood.class, () -> CopyArguments.parse(wrong.isEmpty() ? List.of() : List.of(wrong.split(" ")), Map.of()), wrong);
        }
    }
}
