package org.gajah.tests.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checked-in list of records that Gajah does not answer as expected yet, by name, one a line; it may only shrink.
 *
 * <p>A name alone stands for all ways to run the corpus, one with a variant in brackets for that way only.
 */
public record KnownFailures(Set<String> names) {
    static final String FILE = "known-failures.txt";

    /** The system property that sets how many rows a batch has, and the variants that it makes. */
    static final String BATCH = "gajah.batchRows";

    /** Reads the list beside the corpus. */
    public static KnownFailures read(Path root) throws IOException {
        Path file = root.resolve(FILE);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return new KnownFailures(new TreeSet<>(lines));
    }

    /** Whether this record is known to fail by this protocol and with the batch size that this process has. */
    public boolean contains(String name, Protocol protocol) {
        return names.contains(name) || names.contains(name + bracket(protocol.word())) || names.contains(name + batchVariant());
    }

    /** The list with these failures in place of all that were found in the same way. */
    KnownFailures replacing(Map<Protocol, Set<String>> failures) {
        Set<String> plain = new TreeSet<>(System.getProperty(BATCH) == null ? failures.get(Protocol.SIMPLE) : names);
        Set<String> all = new TreeSet<>(plain);
        if (System.getProperty(BATCH) == null) {
            names.stream().filter(name -> name.contains(BATCH) && !plain.contains(name.replaceAll(" \\[[^\\[]*$", "")))
                    .forEach(all::add);
        } else {
            all.removeIf(name -> name.endsWith(batchVariant()));
        }
        failures.forEach((protocol, failed) -> failed.stream().filter(name -> !plain.contains(name))
                .forEach(name -> all.add(name + (System.getProperty(BATCH) == null ? bracket(protocol.word()) : batchVariant()))));
        return new KnownFailures(all);
    }

    void write(Path root) throws IOException {
        Files.write(root.resolve(FILE), new TreeSet<>(names));
    }

    private static String batchVariant() {
        return bracket(BATCH + "=" + System.getProperty(BATCH));
    }

    private static String bracket(String variant) {
        return " [" + variant + "]";
    }
}
