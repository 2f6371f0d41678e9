package org.gajah.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Style that a machine can see: sizes, banned words and interfaces.
 *
 * <p>What is wrong is named {@code FILE: rule}; the lines of {@code tidy-exceptions.txt} are forgiven. The list may only
 * shrink: a line without its fault fails the test too.
 */
class TidyTest {
    private static final Path ROOT = Path.of("..");
    private static final int FILE_LINES = 800;
    private static final int METHOD_LINES = 60;
    private static final String SELF = "TidyTest.java";

    private static final List<Rule> RULES = List.of(
            new Rule("has an open end", Pattern.compile("\\b(TODO|FIXME|XXX:|HACK)\\b"), ".*"),
            new Rule("interrupts threads", Pattern.compile("(?<!currentThread\\(\\))\\.interrupt\\(\\)"), ".*"),
            new Rule("reads serialised objects", Pattern.compile("\\bObjectInputStream\\b"), ".*"),
            new Rule("uses Unsafe", Pattern.compile("sun\\.misc\\.Unsafe|jdk\\.internal"), ".*"),
            new Rule("maps files into memory", Pattern.compile("FileChannel\\.MapMode|\\bMapMode\\."), ".*"),
            new Rule("prints a stack trace", Pattern.compile("\\.printStackTrace\\(\\)"), ".*"),
            new Rule("sleeps", Pattern.compile("Thread\\.sleep\\("), ".*"),
            new Rule("swallows an exception", Pattern.compile("catch \\([^)]*\\) \\{\\s*\\}"), ".*/main/.*"),
            new Rule("has a name that says nothing", Pattern.compile("\\b(class|record|interface|enum) \\w+(Manager|Helper|Util|Utils|Impl)\\b"), ".*"),
            new Rule("imports everything", Pattern.compile("^import (static )?[a-z.]+\\.\\*;", Pattern.MULTILINE), ".*/main/.*"),
            new Rule("reads the clock past Env", Pattern.compile("System\\.(nanoTime|currentTimeMillis)\\(|Instant\\.now\\("),
                    ".*/gajah-engine/src/main/java/org/gajah/(?!base/|page/SystemEnv).*"),
            new Rule("uses files past Env", Pattern.compile("^import java\\.nio\\.file\\.Files;", Pattern.MULTILINE),
                    ".*/gajah-engine/src/main/java/org/gajah/(?!base/).*"));

    private record Rule(String name, Pattern banned, String where) {}

    @Test
    void sourcesAreTidy() throws IOException {
        Set<String> faults = new TreeSet<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            String name = ROOT.relativize(file).toString();
            for (Rule rule : RULES) {
                if (("/" + name).matches(rule.where()) && !name.endsWith(SELF) && rule.banned().matcher(text).find()) {
                    faults.add(name + ": " + rule.name());
                }
            }
            faults.addAll(sizes(name, text.lines().toList()));
        }
        Set<String> forgiven = new TreeSet<>(Files.readAllLines(Path.of("src/test/resources/tidy-exceptions.txt")));
        Set<String> fresh = new TreeSet<>(faults);
        fresh.removeAll(forgiven);
        assertEquals(Set.of(), fresh);
        forgiven.removeAll(faults);
        assertEquals(Set.of(), forgiven, "forgiven, and not there any more: remove these lines");
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        Set<String> silent = new TreeSet<>();
        for (Path file : sources()) {
            Path directory = file.getParent();
            if (file.toString().contains("/main/") && !file.endsWith("module-info.java")
                    && !Files.exists(directory.resolve("package-info.java"))) {
                silent.add(ROOT.relativize(directory).toString());
            }
        }
        assertEquals(Set.of(), silent);
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(m -> Files.exists(m.resolve("pom.xml"))).sorted().toList()) {
                Path directory = module.resolve("src");
                if (Files.exists(directory)) {
                    try (Stream<Path> files = Files.walk(directory)) {
                        files.filter(f -> f.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        assertTrue(sources.size() > 10, "only " + sources.size() + " sources found");
        return sources;
    }

    /** A method starts at a line indented by one level that ends with a brace, and ends at the brace below it. */
    private static Set<String> sizes(String name, List<String> lines) {
        Set<String> faults = new TreeSet<>();
        if (lines.size() > FILE_LINES) {
            faults.add(name + ": more than " + FILE_LINES + " lines");
        }
        for (int i = 0; i < lines.size(); i++) {
            String indent = " ".repeat(lines.get(i).length() - lines.get(i).stripLeading().length());
            if ((indent.length() == 4 || indent.length() == 8) && isMethodEnd(lines, i, indent)) {
                int start = i;
                while (start > 0 && !lines.get(start - 1).matches(indent + "\\S.*")) {
                    start--;
                }
                String head = lines.get(Math.max(0, start - 1));
                if (i - start >= METHOD_LINES && head.matches("\\s*(@?[\\w<>\\[\\], ?.]+ )?\\w+\\(.*")
                        && !head.matches(".*\\b(class|record|enum|interface) .*")) {
                    faults.add(name + ": " + head.strip().replaceAll("\\(.*", "").replaceAll(".* ", "")
                            + " has more than " + METHOD_LINES + " lines");
                }
            }
        }
        return faults;
    }

    private static boolean isMethodEnd(List<String> lines, int i, String indent) {
        return lines.get(i).equals(indent + "}");
    }
}
