package org.gajah.tests.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gajah.tests.oracle.PostgresOracle;
import org.gajah.tests.oracle.PostgresPrograms;
import org.gajah.tests.process.GajahProcess;

/**
 * {@code ./isolation [--equal] [SPEC...]}: specifications by both servers, and whether their outputs are the same.
 *
 * <p>Without names all in scope, with {@code --equal} only those that are not known to differ. The outputs stay in
 * {@code gajah-tests/target/isolation}; PostgreSQL's are kept for the next run. Status 1 if one differs that is not known to.
 */
public final class Isolation {
    private static final Path ROOT = Path.of("gajah-tests/target/isolation");
    private static final Path LISTS = Path.of("gajah-tests/src/test/resources/isolation");

    private final Set<String> excluded = names("excluded.txt");
    private final Set<String> known = names("known-differences.txt");
    private final List<String> equal = new ArrayList<>();
    private final List<String> different = new ArrayList<>();

    private Isolation() throws IOException {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Isolation isolation = new Isolation();
        List<String> specs = new ArrayList<>(List.of(arguments));
        boolean onlyEqual = specs.remove("--equal");
        isolation.run(specs.isEmpty() ? isolation.inScope(onlyEqual) : specs);
        System.exit(isolation.report());
    }

    private List<String> inScope(boolean onlyEqual) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("specs"))) {
            return files.map(f -> f.getFileName().toString().replace(".spec", ""))
                    .filter(name -> !excluded.contains(name) && !(onlyEqual && known.contains(name))).sorted().toList();
        }
    }

    private void run(List<String> specs) throws IOException, SQLException {
        Path data = Files.createTempDirectory("gajah-isolation-");
        try (PostgresOracle oracle = PostgresOracle.start(); GajahProcess gajah = new GajahProcess(data.resolve("data"), "", List.of())) {
            gajah.start();
            SpecRunner theirs = new SpecRunner(ROOT, "postgresql", oracle.port(), oracle::connect);
            SpecRunner ours = new SpecRunner(ROOT, "gajah", gajah.port(), gajah::connect);
            for (String spec : specs) {
                List<String> wanted = theirs.keptOutput(spec);
                long begun = System.nanoTime();
                List<String> got = ours.output(spec);
                tell(spec, firstDifference(wanted, got), (System.nanoTime() - begun) / 1_000_000);
            }
        } finally {
            PostgresPrograms.deleteTree(data);
        }
    }

    private void tell(String spec, String difference, long millis) {
        boolean same = difference.isEmpty();
        (same ? equal : different).add(spec);
        String outcome = same ? "the same" : known.contains(spec) ? "differs (known)" : "DIFFERS";
        System.out.printf("%-36s %6.1f s  %s%s%n", spec, millis / 1000.0, outcome, difference);
    }

    private static String firstDifference(List<String> wanted, List<String> got) {
        int line = 0;
        while (line < wanted.size() && line < got.size() && wanted.get(line).equals(got.get(line))) {
            line++;
        }
        if (line == wanted.size() && line == got.size()) {
            return "";
        }
        return " in line " + (line + 1) + "\n    - " + (line < wanted.size() ? wanted.get(line) : "(the end)")
                + "\n    + " + (line < got.size() ? got.get(line) : "(the end)");
    }

    private int report() {
        equal.stream().filter(known::contains)
                .forEach(spec -> System.out.println("the same now, take it off known-differences.txt: " + spec));
        List<String> fresh = different.stream().filter(spec -> !known.contains(spec)).toList();
        fresh.forEach(spec -> System.out.println("FAILED: " + spec + ": diff " + ROOT + "/{postgresql,gajah}/" + spec + ".out"));
        System.out.println("isolation: " + equal.size() + " of " + (equal.size() + different.size())
                + " specifications print what PostgreSQL 18.6 prints; " + (different.size() - fresh.size())
                + " are known to differ, " + fresh.size() + " differ beside them; " + excluded.size() + " are out of scope");
        return fresh.isEmpty() ? 0 : 1;
    }

    private static Set<String> names(String list) throws IOException {
        return Files.readAllLines(LISTS.resolve(list)).stream().filter(l -> !l.isBlank() && !l.startsWith("#"))
                .map(l -> l.split(" ", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
    }
}
