package org.gajah.analyze;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import org.gajah.api.SqlError;
import org.gajah.parse.Parser;
import org.junit.jupiter.api.Test;

/** The analyzer and a real PostgreSQL 18 agree on thousands of statements: on types and names, or on the error and its place. */
class VerdictTest {
    static final BuiltInCatalog CATALOG = new BuiltInCatalog();

    static {
        new TestSchema(CATALOG).create(resource("setup.sql").stream().collect(Collectors.joining("\n")));
    }

    private static List<String> resource(String name) {
        try (InputStream raw = VerdictTest.class.getResourceAsStream(name);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The statements written by hand. */
    static List<String> statements() {
        return resource("statements.tsv").stream().map(l -> l.substring(0, l.indexOf('\t'))).toList();
    }

    private static String verdict(String sql) {
        try {
            ParameterTypes parameters = ParameterTypes.inferred(List.of());
            AnalyzeContext context = TestSchema.context(CATALOG, parameters);
            Analyzed analyzed = Analyzer.analyzeForExecution(Parser.parse(sql).getFirst().statement(), context);
            TestTypes types = new TestTypes(CATALOG);
            StringBuilder made = new StringBuilder("OK (");
            made.append(analyzed.parameters().stream().map(t -> types.typeName(t, -1)).collect(Collectors.joining(", "))).append(")");
            for (ResultColumn c : analyzed.columns()) {
                made.append(" | ").append(c.name()).append(" ").append(types.typeName(c.type(), -1));
                if (c.typmod() >= 0) {
                    made.append(" ").append(c.typmod());
                }
            }
            return made.toString();
        } catch (SqlError e) {
            return "ERR " + e.state().code() + " " + e.position() + " " + e.getMessage() + e.detail().map(d -> " DETAIL " + d).orElse("")
                    + e.hint().map(h -> " HINT " + h).orElse("");
        } catch (RuntimeException e) {
            StackTraceElement at = e.getStackTrace().length > 0 ? e.getStackTrace()[0] : null;
            return "EXCEPTION " + e + " " + at;
        }
    }

    private static void compare(String name, int knownDifferences) {
        List<String> wrong = new ArrayList<>();
        List<String> lines = resource(name);
        for (String line : lines) {
            int tab = line.indexOf('\t');
            String expected = line.substring(tab + 1);
            String got = verdict(line.substring(0, tab)).replace("\n", "\\n");
            if (!got.equals(expected)) {
                wrong.add(line.substring(0, tab) + "\n    expected " + expected + "\n    got      " + got);
            }
        }
        System.out.println(name + ": " + (lines.size() - wrong.size()) + " of " + lines.size() + " verdicts agree");
        String out = System.getProperty("verdicts.out");
        if (out != null) {
            try {
                java.nio.file.Files.write(java.nio.file.Path.of(out, name + ".wrong"), wrong);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        assertTrue(wrong.size() <= knownDifferences, wrong.size() + " differ, " + knownDifferences + " are known:\n"
                + String.join("\n", wrong.subList(0, Math.min(20, wrong.size()))));
    }

    @Test
    void agreesOnStatementsWrittenByHand() {
        compare("statements.tsv", 8);
    }

    @Test
    void agreesOnMoreStatementsWrittenByHand() {
        compare("more_statements.tsv", 3);
    }

    @Test
    void agreesOnOperatorsCastsAndFunctionsOverAllTypes() {
        compare("generated.tsv.gz", 2);
    }
}
