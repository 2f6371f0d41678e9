package org.gajah.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.gajah.api.SqlError;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.parse.Parser;
import org.junit.jupiter.api.Test;

/** The parser alone against the corpus: it takes what PostgreSQL's takes and refuses the rest in the same words. */
class CorpusSyntaxTest {
    private static final Pattern SETTING = Pattern.compile("SET standard_conforming_strings (?:=|TO) (\\w+)");
    private static final Path ROOT = Path.of("src/test/resources/corpus");

    @Test
    void readsWhatPostgresReads() throws IOException {
        KnownFailures known = KnownFailures.read(ROOT);
        Set<String> failures = new TreeSet<>();
        List<String> report = new ArrayList<>();
        int records = 0;
        for (CorpusFile file : CorpusFile.readAll(ROOT)) {
            List<String> names = file.names();
            boolean standard = true;
            for (int i = 0; i < names.size(); i++) {
                CorpusRecord record = file.records().get(i);
                boolean asStandard = standard;
                standard = readsStandardStrings(record.statement(), standard);
                if (!record.statement().isEmpty() && asStandard) {
                    records++;
                    List<String> parsed = parse(record.statement());
                    if (!agrees(record.expected(), parsed, hasBody(record.statement()))) {
                        failures.add("syntax of " + names.get(i));
                        report.add(file.name() + ":" + record.line() + " " + record.title() + "\n  - "
                                + String.join("\n  - ", record.answer().subList(0, Math.min(4, record.answer().size())))
                                + "\n  + " + String.join("\n  + ", parsed));
                    }
                }
            }
        }
        failures.removeAll(known.names());
        assertTrue(records > 1000, "only " + records + " records");
        assertEquals(Set.of(), failures, () -> String.join("\n", report));
    }

    @Test
    void readsTheDefinitionsOfSystemViews() {
        List<String> failures = new ArrayList<>();
        BootstrapRows.of("system_views").forEach(row -> {
            List<String> parsed = parse(row[4].toString());
            if (!parsed.isEmpty()) {
                failures.add(row[2] + ": " + parsed);
            }
        });
        assertEquals(List.of(), failures);
    }

    /** The error's lines, or none. */
    private static List<String> parse(String statement) {
        try {
            Parser.parse(statement);
            return List.of();
        } catch (SqlError e) {
            List<String> lines = new ArrayList<>();
            lines.add("error " + e.state().code() + ": " + Answer.escape(e.getMessage()));
            e.detail().ifPresent(d -> lines.add("detail " + Answer.escape(d)));
            e.hint().ifPresent(h -> lines.add("hint " + Answer.escape(h)));
            if (e.position() > 0) {
                lines.add("position " + e.position());
            }
            return lines;
        } catch (RuntimeException e) {
            return List.of("broken: " + e);
        }
    }

    /** Whether backslashes are plain characters behind the statement, as they always are for the parser by itself. */
    private static boolean readsStandardStrings(String statement, boolean before) {
        return SETTING.matcher(statement).results().reduce((first, second) -> second).map(last -> !last.group(1).equals("off")).orElse(before);
    }

    /** Whether it has a function's text in it, whose errors the parser does not see. */
    private static boolean hasBody(String statement) {
        return statement.contains("$$");
    }

    private static boolean agrees(List<String> answer, List<String> parsed, boolean hasBody) {
        boolean mustFail = answer.stream().findFirst().filter(l -> l.startsWith("error 42601: syntax error")
                || l.startsWith("error 42601: unterminated") || l.startsWith("error 42601: zero-length")
                || l.startsWith("error 42601: trailing junk")).isPresent();
        if (parsed.isEmpty()) {
            boolean inside = hasBody || answer.stream().anyMatch(l -> l.startsWith("internal query"));
            return !mustFail || inside;
        }
        return answer.size() >= parsed.size() && answer.subList(0, parsed.size()).equals(parsed);
    }
}
