package org.gajah.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import org.gajah.base.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines and delimiters of data cut at random places are those that a look at one character after the other finds. */
class CopyLinesTest {
    private static final int ROUNDS = 300;
    private static final int MOST_CHARACTERS = 30_000;

    /** A line, its delimiters, and whether it has marks: then the delimiters do not count. */
    private record Line(String text, List<Integer> cuts, boolean marked) {}

    @ParameterizedTest
    @CsvSource({"TEXT, LF", "TEXT, CRLF", "CSV, LF", "CSV, CRLF"})
    void piecesDoNotMatter(CopyOptions.Format format, String end) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String lineEnd = end.equals("LF") ? "\n" : "\r\n";
            String data = data(random, format, lineEnd, random.nextInt(1, MOST_CHARACTERS));
            int longestPiece = random.nextInt(1, 12_000);
            assertEquals(expected(data, format, lineEnd), found(data, format, random, longestPiece), "seed " + seed + ", round " + round);
        }
    }

    private static String data(Random random, CopyOptions.Format format, String lineEnd, int characters) {
        boolean csv = format == CopyOptions.Format.CSV;
        int rare = random.nextInt(1, 100);
        StringBuilder data = new StringBuilder();
        boolean quoted = false;
        while (data.length() < characters || quoted) {
            if (random.nextInt(rare) > 0) {
                data.append(random.nextInt(20) == 0 ? 'é' : (char) ('a' + random.nextInt(26)));
            } else if (csv) {
                String some = random.nextInt(4) == 0 ? "\"" : random.nextInt(3) == 0 ? lineEnd : random.nextBoolean() ? "," : "\u0001";
                quoted ^= some.equals("\"");
                data.append(some);
            } else {
                data.append(random.nextInt(4) == 0 ? "\\" + "\\\tn".charAt(random.nextInt(3)) : random.nextInt(3) == 0 ? lineEnd : "\t");
            }
        }
        return data.append(lineEnd).toString();
    }

    private static List<Line> expected(String data, CopyOptions.Format format, String lineEnd) {
        List<Line> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        List<Integer> cuts = new ArrayList<>();
        boolean marked = false;
        boolean quoted = false;
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (!quoted && data.startsWith(lineEnd, i)) {
                lines.add(new Line(line.toString(), marked ? List.of() : cuts, marked));
                line.setLength(0);
                cuts = new ArrayList<>();
                marked = false;
                i += lineEnd.length() - 1;
                continue;
            }
            if (c == (format == CopyOptions.Format.CSV ? ',' : '\t')) {
                cuts.add(line.toString().getBytes(StandardCharsets.UTF_8).length);
            }
            line.append(c);
            if (c == '"' && format == CopyOptions.Format.CSV) {
                marked = true;
                quoted ^= true;
            } else if (c == '\\' && format == CopyOptions.Format.TEXT) {
                marked = true;
                line.append(data.charAt(++i));
            }
        }
        return lines;
    }

    private static List<Line> found(String data, CopyOptions.Format format, Random random, int longestPiece) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        int[] at = {0};
        CopyLines lines = new CopyLines(() -> {
            int length = Math.min(bytes.length - at[0], random.nextInt(1, longestPiece + 1));
            Slice piece = new Slice(bytes, at[0], length);
            at[0] += length;
            return piece;
        }, options(format));
        List<Line> found = new ArrayList<>();
        while (lines.next()) {
            List<Integer> cuts = new ArrayList<>();
            for (int i = 0; !lines.hasMarks() && i < lines.cutCount(); i++) {
                cuts.add(lines.cuts()[i]);
            }
            found.add(new Line(lines.text().toString(), cuts, lines.hasMarks()));
        }
        return found;
    }

    private static CopyOptions options(CopyOptions.Format format) {
        boolean csv = format == CopyOptions.Format.CSV;
        return new CopyOptions(format, (byte) (csv ? ',' : '\t'), Slice.EMPTY, Optional.empty(), CopyOptions.Header.NONE, (byte) '"', (byte) '"',
                CopyOptions.Columns.NONE, CopyOptions.Columns.NONE, CopyOptions.Columns.NONE, false, Optional.empty(), OptionalLong.empty(),
                CopyOptions.Verbosity.DEFAULT, false, CopyOptions.Conflict.ERROR);
    }
}
