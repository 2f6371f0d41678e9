package org.gajah.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;
import org.junit.jupiter.api.Test;

/** Values of every type are read, written, stored and ordered as a real PostgreSQL 18 recorded it in types.txt. */
class TypeCasesTest {
    private static final TypeContext CONTEXT = FixedTypeContext.DEFAULT;
    private static final Map<String, Integer> NAMES = names();

    private static Map<String, Integer> names() {
        Map<String, Integer> map = new HashMap<>();
        for (var field : Oids.class.getFields()) {
            try {
                String name = field.getName().toLowerCase(java.util.Locale.ROOT);
                map.put(name.endsWith("_array") ? name.substring(0, name.length() - 6) + "[]" : name, field.getInt(null));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        map.put("\"char\"", Oids.CHAR);
        return map;
    }

    private static List<String[]> lines() throws IOException {
        try (InputStream in = TypeCasesTest.class.getResourceAsStream("types.txt")) {
            List<String[]> lines = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                lines.add(line.split("\t", -1));
            }
            return lines;
        }
    }

    private static String unescape(String s) {
        return s.replace("\\\\", "\u0000").replace("\\n", "\n").replace("\\t", "\t").replace('\u0000', '\\');
    }

    private static String escape(String s) {
        return s.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }

    private static int typmod(String type) {
        int open = type.indexOf('(');
        if (open < 0) {
            return -1;
        }
        String[] mods = type.substring(open + 1, type.length() - 1).split(",");
        int first = Integer.parseInt(mods[0]);
        return switch (type.substring(0, open)) {
            case "numeric" -> NumericText.typmod(first, Integer.parseInt(mods[1]));
            case "varchar", "bpchar" -> first + 4;
            default -> first;
        };
    }

    private static TypeCodec codec(String type) {
        int open = type.indexOf('(');
        return Codecs.of(NAMES.get(open < 0 ? type : type.substring(0, open))).orElseThrow();
    }

    private static String answer(TypeCodec codec, int typmod, String input) {
        try {
            Vector v = Vector.of(codec.carrier(), 1);
            codec.parse(Slice.of(input), typmod, CONTEXT, v, 0);
            ByteSink text = new ByteSink();
            codec.format(v, 0, CONTEXT, text);
            ByteSink binary = new ByteSink();
            codec.send(v, 0, CONTEXT, binary);
            return "OK\t" + escape(text.toString()) + "\t" + binary.view().toHex();
        } catch (SqlError e) {
            return "ERROR\t" + e.state().code() + "\t" + escape(e.getMessage()) + "\t" + escape(e.detail().orElse(""));
        }
    }

    @Test
    void textAndBinaryFormsAreThoseOfPostgres() throws IOException {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (String[] line : lines()) {
            if (line[0].equals("order")) {
                continue;
            }
            count++;
            String expected = String.join("\t", List.of(line).subList(2, line.length));
            String actual;
            try {
                actual = answer(codec(line[0]), typmod(line[0]), unescape(line[1]));
            } catch (RuntimeException e) {
                actual = e.toString();
            }
            if (!actual.equals(expected)) {
                wrong.add(line[0] + " '" + line[1] + "'\n    expected " + expected + "\n    but was  " + actual);
            }
        }
        assertTrue(count > 700, "cases: " + count);
        if (!wrong.isEmpty()) {
            fail(wrong.size() + " of " + count + " differ:\n" + String.join("\n", wrong));
        }
    }

    @Test
    void binaryAndStoredFormsReadBack() throws IOException {
        for (String[] line : lines()) {
            if (line[0].equals("order") || !line[2].equals("OK")) {
                continue;
            }
            TypeCodec codec = codec(line[0]);
            Vector v = Vector.of(codec.carrier(), 3);
            codec.parse(Slice.of(unescape(line[1])), typmod(line[0]), CONTEXT, v, 0);
            ByteSink binary = new ByteSink();
            codec.send(v, 0, CONTEXT, binary);
            codec.receive(binary.view(), typmod(line[0]), CONTEXT, v, 1);
            assertEquals(line[3], text(codec, v, 1), line[0] + " " + line[1]);
            if (v instanceof ObjectVector o) {
                ByteSink stored = new ByteSink();
                codec.store(o.values[0], stored);
                o.put(2, codec.load(stored.view()));
                assertEquals(line[3], text(codec, v, 2), line[0] + " stored " + line[1]);
            }
        }
    }

    private static String text(TypeCodec codec, Vector v, int row) {
        ByteSink text = new ByteSink();
        codec.format(v, row, CONTEXT, text);
        return escape(text.toString());
    }

    @Test
    void orderHashAndKeyAgreeWithPostgres() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String[] line : lines()) {
            if (line[0].equals("order")) {
                TypeCodec codec = codec(line[1]);
                int n = line.length - 3;
                Vector v = Vector.of(codec.carrier(), n);
                for (int i = 0; i < n; i++) {
                    codec.parse(Slice.of(unescape(line[i + 3])), -1, CONTEXT, v, i);
                }
                int[] rank = new int[n];
                String[] groups = line[2].split(" ");
                for (int g = 0; g < groups.length; g++) {
                    for (String position : groups[g].split("=")) {
                        rank[Integer.parseInt(position)] = g;
                    }
                }
                checkPairs(line, (Ordered) codec, v, rank, wrong);
            }
        }
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    }

    private static void checkPairs(String[] line, Ordered codec, Vector v, int[] rank, List<String> wrong) {
        for (int i = 0; i < rank.length; i++) {
            for (int j = 0; j < rank.length; j++) {
                int expected = Integer.signum(Integer.compare(rank[i], rank[j]));
                ByteSink a = new ByteSink();
                ByteSink b = new ByteSink();
                codec.key(v, i, a);
                codec.key(v, j, b);
                boolean good = Integer.signum(codec.compare(v, i, v, j)) == expected
                        && Integer.signum(a.view().compareTo(b.view())) == expected
                        && (expected != 0 || codec.hash(v, i) == codec.hash(v, j));
                if (!good) {
                    wrong.add(line[1] + ": " + line[i + 3] + " against " + line[j + 3] + " expected " + expected + ", compare "
                            + codec.compare(v, i, v, j) + ", key " + a.view().compareTo(b.view()));
                }
            }
        }
    }
}
