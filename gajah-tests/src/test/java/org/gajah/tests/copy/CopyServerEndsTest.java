package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** COPY with files and programs of the server, with Gajah and with PostgreSQL. */
class CopyServerEndsTest {
    @RegisterExtension
    static final BothServers SERVERS = new BothServers(Map.of("gajah.copy_program", "on"));

    @TempDir
    private Path directory;

    /** What is asked in a directory of its own; gives what was said. */
    @FunctionalInterface
    private interface Questions {
        List<String> with(CopyClient client, Path directory) throws IOException;
    }

    @BeforeEach
    void letOtherUsersIn() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private void both(Questions questions) throws IOException {
        List<List<String>> said = new ArrayList<>();
        for (int port : List.of(SERVERS.postgresPort(), SERVERS.gajahPort())) {
            Path own = Files.createDirectory(directory.resolve(said.isEmpty() ? "postgres" : "gajah"));
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
            try (CopyClient client = new CopyClient(port, "postgres")) {
                client.query("DROP TABLE IF EXISTS t; CREATE TABLE t (a int, b text)").ask();
                said.add(questions.with(client, own).stream().map(s -> s.replace(own.toString(), "DIRECTORY")).toList());
            }
        }
        assertEquals(String.join("\n", said.getFirst()), String.join("\n", said.getLast()));
    }

    @Test
    void filesOfEachFormatAreWrittenAlikeAndReadAgain() throws IOException {
        both((client, own) -> {
            List<String> said = new ArrayList<>();
            for (String options : List.of("FORMAT text", "FORMAT csv, HEADER", "FORMAT binary", "FORMAT csv, ENCODING 'latin1'")) {
                client.query("TRUNCATE t; INSERT INTO t SELECT i, repeat(E'\u00e9\\t\\\\\"\\n', i % 40) FROM generate_series(1, 3000) i; INSERT INTO t VALUES (0, NULL)").ask();
                String file = "'" + own.resolve("file") + "' (" + options + ")";
                said.add(client.query("COPY (SELECT * FROM t ORDER BY a) TO " + file).ask());
                said.add(Files.size(own.resolve("file")) + " bytes, hash " + Arrays.hashCode(Files.readAllBytes(own.resolve("file"))));
                said.add(client.query("TRUNCATE t; COPY t FROM " + file).ask());
                said.add(client.query("SELECT count(*), count(b), sum(a), md5(string_agg(b, ',' ORDER BY a)) FROM t").ask());
            }
            return said;
        });
    }

    @Test
    void programsTakeAndGiveDataAndMustSucceed() throws IOException {
        both((client, own) -> List.of(client.query("COPY t FROM PROGRAM 'printf \"1\\tx\\n2\\ty\\n\"'").ask(),
                client.query("COPY t TO PROGRAM 'cat > " + own.resolve("out") + "'").ask(),
                client.query("TRUNCATE t; COPY t FROM '" + own.resolve("out") + "'").ask(), client.query("TABLE t").ask(),
                client.query("COPY t FROM PROGRAM 'printf \"3\\tz\\n\"; exit 3'").ask(), client.query("COPY t TO PROGRAM 'cat > /dev/null; exit 4'").ask(),
                client.query("TABLE t").ask()));
    }

    @Test
    void o18ProgramsAreOffUnlessTheOperatorSwitchesThemOn() throws IOException {
        try (Target gajah = Targets.gajah(); CopyClient client = new CopyClient(gajah.port(), "postgres")) {
            client.query("CREATE TABLE t (a int)").ask();
            // a session's own setting of that name does not count
            client.query("SET gajah.copy_program = on").ask();
            for (String direction : List.of("FROM", "TO")) {
                String answer = client.query("COPY t " + direction + " PROGRAM 'touch " + directory.resolve("ran") + "'").ask();
                assertTrue(answer.startsWith("E 42501 COPY with a program is switched off"), answer);
            }
            assertTrue(Files.notExists(directory.resolve("ran")));
        }
    }
}
