package org.gajah.tests.oracle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes the engine's character tables: {@code ExtractEncodings DIRECTORY}. Asks a PostgreSQL about each character and each sequence of bytes of the
 * encodings whose conversions Java lacks or does in another way. The format is explained at {@code org.gajah.type.CharacterTable}.
 */
public final class ExtractEncodings {
    private static final List<String> ENCODINGS = List.of("EUC_JP", "EUC_TW", "EUC_JIS_2004", "SJIS", "SHIFT_JIS_2004", "BIG5", "GBK", "UHC", "JOHAB",
            "LATIN6", "LATIN8");

    private static final String FUNCTIONS = """
            CREATE FUNCTION pg_temp.written(text, name) RETURNS bytea LANGUAGE plpgsql AS $$
                BEGIN RETURN convert_to($1, $2); EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;
            CREATE FUNCTION pg_temp.read(bytea, name) RETURNS text LANGUAGE plpgsql AS $$
                BEGIN RETURN convert_from($1, $2); EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$""";

    private static final String CHARACTERS = """
            SELECT chr(c), pg_temp.written(chr(c), ?) FROM generate_series(1, 196607) c WHERE c NOT BETWEEN 55296 AND 57343""";

    /** Every sequence of up to two bytes, and of three and four after the bytes that begin such. */
    private static final String CODES = """
            WITH high(b) AS (SELECT decode(to_hex(i), 'hex') FROM generate_series(160, 255) i),
                 any_byte(b) AS (SELECT decode(lpad(to_hex(i), 2, '0'), 'hex') FROM generate_series(1, 255) i),
                 code(b) AS (SELECT b FROM any_byte UNION ALL SELECT l.b || t.b FROM any_byte l, any_byte t WHERE l.b >= '\\x80'
                     UNION ALL SELECT '\\x8f'::bytea || l.b || t.b FROM high l, high t
                     UNION ALL SELECT '\\x8e'::bytea || p.b || l.b || t.b FROM high p, high l, high t WHERE p.b <= '\\xb0')
            SELECT read, b FROM code, pg_temp.read(b, ?) read
            WHERE length(read) = 1 OR length(read) = 2
                AND pg_temp.written(left(read, 1), ?) || pg_temp.written(right(read, 1), ?) IS DISTINCT FROM b""";

    private ExtractEncodings() {}

    /** Entry point of {@code ./extract-catalogs}. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path directory = Path.of(arguments[0]);
        Files.createDirectories(directory);
        try (PostgresOracle oracle = PostgresOracle.start(); Connection connection = oracle.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(FUNCTIONS);
            for (String encoding : ENCODINGS) {
                Map<String, Integer> written = codesByText(connection, CHARACTERS, encoding);
                Map<Integer, String> read = textsByCode(connection, encoding);
                Files.write(directory.resolve(encoding + ".table"), deflated(table(written, read)));
            }
        }
    }

    private static Map<String, Integer> codesByText(Connection connection, String query, String encoding) throws SQLException {
        Map<String, Integer> codes = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, encoding);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBytes(2) != null) {
                        codes.put(rows.getString(1), code(rows.getBytes(2)));
                    }
                }
            }
        }
        return codes;
    }

    private static Map<Integer, String> textsByCode(Connection connection, String encoding) throws SQLException {
        Map<Integer, String> texts = new TreeMap<>(Integer::compareUnsigned);
        try (PreparedStatement statement = connection.prepareStatement(CODES)) {
            for (int parameter = 1; parameter <= 3; parameter++) {
                statement.setString(parameter, encoding);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.put(code(rows.getBytes(2)), rows.getString(1));
                }
            }
        }
        return texts;
    }

    private static int code(byte[] bytes) {
        int code = 0;
        for (byte b : bytes) {
            code = code << 8 | b & 0xff;
        }
        return code;
    }

    /** What PostgreSQL writes but does not read, as it is with JOHAB, is read too: otherwise nobody could load what they unloaded. */
    private static byte[] table(Map<String, Integer> written, Map<Integer, String> read) throws IOException {
        Map<Integer, String> both = new TreeMap<>(Integer::compareUnsigned);
        Map<Integer, String> onlyWritten = new TreeMap<>(Integer::compareUnsigned);
        written.forEach((text, code) -> (read.getOrDefault(code, text).equals(text) ? both : onlyWritten).put(code, text));
        Map<Integer, String> onlyRead = new TreeMap<>(Integer::compareUnsigned);
        Map<Integer, String> pairs = new TreeMap<>(Integer::compareUnsigned);
        read.forEach((code, text) -> (text.codePointCount(0, text.length()) > 1 ? pairs : onlyRead).put(code, text));
        onlyRead.keySet().removeAll(both.keySet());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map<Integer, String> part : List.of(both, onlyRead, onlyWritten, pairs)) {
            putPart(out, part);
        }
        return out.toByteArray();
    }

    private static void putPart(ByteArrayOutputStream out, Map<Integer, String> part) {
        putNumber(out, part.size());
        int lastCode = 0;
        int lastCharacter = 0;
        for (Map.Entry<Integer, String> entry : part.entrySet()) {
            int character = entry.getValue().codePointAt(0);
            putNumber(out, entry.getKey() - lastCode);
            int distance = character - lastCharacter;
            putNumber(out, distance << 1 ^ distance >> 31);
            entry.getValue().codePoints().skip(1).forEach(second -> putNumber(out, second));
            lastCode = entry.getKey();
            lastCharacter = character;
        }
    }

    private static void putNumber(ByteArrayOutputStream out, int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] deflated(byte[] table) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
            deflater.write(table);
        }
        return out.toByteArray();
    }
}
