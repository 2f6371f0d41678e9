package org.gajah.tests.corpus;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every record of the corpus as a test against Gajah.
 *
 * <p>System properties: {@code corpus.protocols} (simple, extended, binary), {@code corpus.restart} (restarts the server
 * behind so many records), {@code corpus.files} (only files whose names start so), and those of {@link Targets}.
 * A known failure that fails is skipped, one that is not on the list fails the test.
 */
class CorpusTest {
    private static final Path ROOT = Path.of("src/test/resources/corpus");

    private static final Map<String, Integer> COUNTS = new TreeMap<>();
    private static Optional<Target> target = Optional.empty();

    @BeforeAll
    static void start() throws IOException {
        target = Optional.of(Targets.gajah());
    }

    @AfterAll
    static void stop() {
        target.ifPresent(Target::close);
        System.out.println("corpus: " + COUNTS);
    }

    @TestFactory
    Stream<DynamicContainer> corpus() throws IOException {
        KnownFailures known = KnownFailures.read(ROOT);
        String prefix = System.getProperty("corpus.files", "");
        List<CorpusFile> files = CorpusFile.readAll(ROOT).stream().filter(f -> f.name().startsWith(prefix)).toList();
        return Stream.of(System.getProperty("corpus.protocols", "simple,extended,binary").split(","))
                .map(word -> Protocol.valueOf(word.toUpperCase(Locale.ROOT)))
                .map(protocol -> DynamicContainer.dynamicContainer(protocol.word(), files.stream().map(file ->
                        DynamicContainer.dynamicContainer(file.name(), tests(file, protocol, known).stream()))));
    }

    private static List<DynamicTest> tests(CorpusFile file, Protocol protocol, KnownFailures known) {
        List<DynamicTest> tests = new ArrayList<>();
        CorpusRun[] run = new CorpusRun[1];
        List<String> names = file.names();
        tests.add(DynamicTest.dynamicTest("opens", () ->
                run[0] = new CorpusRun(target.orElseThrow(), protocol, Integer.getInteger("corpus.restart", 0))));
        for (int i = 0; i < names.size(); i++) {
            CorpusRecord record = file.records().get(i);
            String name = names.get(i);
            if (record.runs()) {
                tests.add(DynamicTest.dynamicTest(record.title(), () -> {
                    if (run[0] == null) {
                        abort("the file's database did not open");
                    }
                    check(file, record, run[0].run(record), known.contains(name, protocol), protocol);
                }));
            }
        }
        tests.add(DynamicTest.dynamicTest("closes", () -> {
            if (run[0] != null) {
                run[0].close();
                COUNTS.merge("restarts", run[0].restarts(), Integer::sum);
            }
        }));
        return tests;
    }

    private static void check(CorpusFile file, CorpusRecord record, List<String> actual, boolean known,
            Protocol protocol) {
        boolean same = Comparison.same(record.expected(), actual);
        COUNTS.merge(protocol.word() + (same ? known ? " known failures that pass now" : " passed"
                : known ? " known failures" : " failed"), 1, Integer::sum);
        if (record.has("differs")) {
            COUNTS.merge("deliberate differences", 1, Integer::sum);
        }
        if (!same) {
            String difference = file.path() + ":" + record.line() + "\nexpected:\n" + String.join("\n", record.expected())
                    + "\nactual:\n" + String.join("\n", actual);
            if (known) {
                abort("known failure: " + difference);
            }
            fail(difference);
        }
    }
}
