package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Data that are mostly, but not all, written as most are: in one message, a byte a message, and to PostgreSQL, the same comes of them. */
class RandomCopyDataTest {
    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    private static final int ROUNDS = 60;
    private static final int LINES = 60;
    private static final List<String> OPTIONS = List.of("", "DELIMITER '|'", "NULL ''", "FORMAT csv", "FORMAT csv, HEADER", "FORMAT csv, NULL 'x'",
            "FORMAT csv, DELIMITER ';', FORCE_NULL *", "FORMAT csv, FORCE_NOT_NULL *", "DEFAULT '\\D'");

    /** A column's type and what its values are: the first are usual. */
    private record Column(String type, String... values) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("int2", "0", "7", "12345", "-5", " 3", "99999", ""),
            new Column("int4", "0", "42", "1234567", "12345678", "2147483647", "-17", " 5 ", "1_000", "0x1f", "2147483648", "12a", "+3", "007"),
            new Column("int8", "1", "12345678", "123456789012345", "1234567890123456", "9223372036854775807", "-1", "9223372036854775808", "1 2"),
            new Column("numeric(8,2)", "1.50", "12345.67", "0.1", "1.005", "-2.5", "3", ".5", "5.", "1e3", "NaN", "1234567.89", "1.2.3", "1.123456789"),
            new Column("numeric", "1.50", "0.12345678", "12345678.9", "123456789.123456789", "Infinity", "1/5", "00.10"),
            new Column("date", "2024-02-29", "1999-12-31", "0001-01-01", "2023-02-29", "2024-1-5", "2024-13-01", "infinity", "2024-02-2", "2024-02-299"),
            new Column("timestamp", "2024-02-29 23:59:59", "1970-01-01 00:00:00.5", "2001-02-03 04:05:06.123456", "2001-02-03T04:05:06",
                    "2001-02-03 04:05:06.1234567", "2001-02-03 24:00:00", "2001-02-03 23:59:60", "2001-02-03 4:05", "-infinity", "2001-02-03 04:05:06 BC",
                    "2001-02-03 04:05:06.", "0000-01-01 00:00:00"),
            new Column("timestamp(3)", "2024-02-29 23:59:59.1239", "2024-02-29 23:59:59"),
            new Column("timestamptz", "2024-02-29 23:59:59+00", "2024-02-29 23:59:59+05:30", "2024-02-29 23:59:59"),
            new Column("bool", "t", "f", "true", "no", "tt", "2"),
            new Column("text", "plain words", "", "a longer run of words than eight bytes", "ä", "日本", "a\\tb", "a\\\\b", "\\x41", "\"quoted\"", "a\"b\"c", "\"a\"\"b\"",
                    "\u0001", "\\.", "x", " "),
            new Column("varchar(4)", "abc", "abcd", "abcde", "abcd  ", "ä"),
            new Column("float8", "1.5", "1e10", "-0", "NaN", "x"),
            new Column("mood", "happy", "sad", "angry"),
            new Column("small", "1", "99", "100", ""));

    @Test
    void theSameComesOfDataHoweverTheyArrive() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (CopyClient whole = new CopyClient(SERVERS.gajahPort(), "postgres"); CopyClient pieces = new CopyClient(SERVERS.gajahPort(), "postgres");
                CopyClient postgres = new CopyClient(SERVERS.postgresPort(), "postgres")) {
            for (CopyClient client : List.of(whole, postgres)) {
                client.query("CREATE TYPE mood AS ENUM ('happy', 'sad'); CREATE DOMAIN small AS int CHECK (VALUE < 100)").ask();
            }
            for (int round = 0; round < ROUNDS; round++) {
                List<Column> columns = random.ints(random.nextInt(1, 8), 0, COLUMNS.size()).mapToObj(COLUMNS::get).toList();
                String options = OPTIONS.get(random.nextInt(OPTIONS.size())) + (random.nextBoolean() ? ", ON_ERROR ignore, LOG_VERBOSITY verbose" : "");
                byte[] data = data(columns, options, random).getBytes(StandardCharsets.UTF_8);
                String shown = "seed " + seed + ", round " + round + ": " + options + "\n" + new String(data, StandardCharsets.UTF_8);
                List<String> expected = loaded(postgres, columns, options, data, data.length);
                assertEquals(expected, loaded(whole, columns, options, data, data.length), shown);
                assertEquals(expected, loaded(pieces, columns, options, data, 1), shown);
            }
        }
    }

    /** What is said, and the rows that are there then. */
    private static List<String> loaded(CopyClient client, List<Column> columns, String options, byte[] data, int piece) throws IOException {
        StringBuilder create = new StringBuilder("CREATE TEMP TABLE loaded (");
        for (int i = 0; i < columns.size(); i++) {
            create.append(i == 0 ? "c" : ", c").append(i).append(' ').append(columns.get(i).type);
        }
        client.query("DROP TABLE IF EXISTS loaded; " + create + ")").ask();
        client.query("COPY loaded FROM STDIN" + (options.isEmpty() ? "" : " (" + options.replaceFirst("^, ", "") + ")"));
        for (int at = 0; at < data.length; at += piece) {
            client.data(Arrays.copyOfRange(data, at, Math.min(data.length, at + piece)));
        }
        // in PostgreSQL the context of a line that is no row still names the column for which the last row was skipped
        String said = client.done().ask().replaceAll("(?s)(E 22P04 .*line \\d+).*, Z I", "$1, Z I");
        return List.of(said, client.query("SELECT * FROM loaded").ask());
    }

    /** Lines whose values are usual in most rounds, and in some are anything. */
    private static String data(List<Column> columns, String options, Random random) {
        boolean csv = options.contains("csv");
        String delimiter = options.contains("'|'") ? "|" : options.contains("';'") ? ";" : csv ? "," : "\t";
        String end = random.nextInt(4) == 0 ? "\r\n" : "\n";
        int odd = random.nextInt(4) == 0 ? 1 : random.nextInt(2, 400);
        StringBuilder data = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            for (int i = 0; i < columns.size(); i++) {
                data.append(i == 0 ? "" : delimiter).append(value(columns.get(i), csv, odd, random));
            }
            data.append(random.nextInt(odd * 8) == 1 ? delimiter : "").append(end);
        }
        return random.nextInt(5) == 0 ? data.substring(0, data.length() - end.length()) : data.toString();
    }

    private static String value(Column column, boolean csv, int odd, Random random) {
        if (random.nextInt(12) == 0) {
            return csv ? "" : "\\N";
        }
        boolean any = random.nextInt(odd) == 0;
        String value = column.values[random.nextInt(any ? column.values.length : Math.min(2, column.values.length))];
        return any && csv && random.nextBoolean() ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
