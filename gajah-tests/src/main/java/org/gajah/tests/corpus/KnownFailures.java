package org.gajah.tests.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checked-in list of records that Gajah does not answer as expected yet, by name, one a line; it may only shrink.
 *
 * <p>A name alone stands for all protocols, one with a protocol in brackets for that one.
 */
public record KnownFailures(Set<String> names) {
    static final String FILE = "known-failures.txt";

    /** Reads the list beside the corpus. */
    public static KnownFailures read(Path root) throws IOException {
        Path file = root.resolve(FILE);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return new KnownFailures(new TreeSet<>(lines));
    }

    /** Whether this record is known to fail by this protocol. */
    public boolean contains(String name, Protocol protocol) {
        return names.contains(name) || names.contains(with(name, protocol));
    }

    static String with(String name, Protocol protocol) {
        return name + " [" + protocol.word() + "]";
    }

    static void write(Path root, Collection<String> names) throws IOException {
        Files.write(root.resolve(FILE), new TreeSet<>(names));
    }
}
