package org.gajah.tests.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The command line of the corpus: {@code --write} asks PostgreSQL and writes the answers; {@code --check} asks PostgreSQL
 * and shows where the written answers differ; {@code --run} does so with Gajah
 * ({@link Targets} says which); {@code --failures} rewrites the list of known failures from what it fails now.
 */
public final class CorpusTool {
    private static final Path ROOT = Path.of("gajah-tests/src/test/resources/corpus");

    private CorpusTool() {}

    /** Entry point of {@code ./corpus}. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(arguments));
        Protocol protocol = Protocol.valueOf(option(words, "--protocol", "simple").toUpperCase(Locale.ROOT));
        boolean list = words.remove("--failures");
        boolean run = words.remove("--run") || list;
        boolean write = words.remove("--write");
        boolean check = words.remove("--check");
        if (!write && !check && !run) {
            System.err.println("usage: ./corpus --write | --check | --run | --failures [--protocol simple|extended|binary] [FILE...]");
            System.exit(2);
        }
        List<CorpusFile> files = new ArrayList<>();
        for (String word : words) {
            Path path = Path.of(word);
            files.addAll(Files.isDirectory(path) ? CorpusFile.readAll(path) : List.of(CorpusFile.read(ROOT, path)));
        }
        if (words.isEmpty()) {
            files.addAll(CorpusFile.readAll(ROOT));
        }
        Map<Protocol, Set<String>> differences = new EnumMap<>(Protocol.class);
        long records = 0;
        try (Target target = run ? Targets.gajah() : new OracleTarget()) {
            for (Protocol each : list ? Protocol.values() : new Protocol[] {protocol}) {
                Set<String> different = differences.computeIfAbsent(each, _ -> new TreeSet<>());
                for (CorpusFile file : files) {
                    List<List<String>> answers = run(target, each, file);
                    if (write) {
                        file.write(answers);
                    } else {
                        different.addAll(show(file, answers, run));
                    }
                    records += file.records().stream().filter(CorpusRecord::runs).count();
                }
            }
        }
        if (list) {
            KnownFailures.read(ROOT).replacing(differences).write(ROOT);
        }
        System.out.println(files.size() + " files, " + records + " records" + (write ? " written"
                : ", " + differences.values().stream().mapToInt(Set::size).sum() + " differences"));
    }

    private static List<List<String>> run(Target target, Protocol protocol, CorpusFile file) throws IOException {
        List<List<String>> answers = new ArrayList<>();
        try (CorpusRun run = new CorpusRun(target, protocol, Integer.getInteger("corpus.restart", 0))) {
            for (CorpusRecord record : file.records()) {
                answers.add(record.runs() ? run.run(record) : List.of());
            }
            if (run.restarts() > 0) {
                System.out.println(file.path() + ": " + run.restarts() + " restarts");
            }
        }
        return answers;
    }

    private static List<String> show(CorpusFile file, List<List<String>> answers, boolean own) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            CorpusRecord record = file.records().get(i);
            List<String> expected = own ? record.expected() : record.answer();
            if (record.runs() && !Comparison.same(expected, answers.get(i))) {
                differences.add(file.names().get(i));
                System.out.println(file.path() + ":" + record.line() + ": " + record.title());
                expected.forEach(line -> System.out.println("  - " + line));
                answers.get(i).forEach(line -> System.out.println("  + " + line));
            }
        }
        return differences;
    }

    private static String option(List<String> words, String name, String otherwise) {
        int at = words.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        words.remove(at);
        return words.remove(at);
    }
}
