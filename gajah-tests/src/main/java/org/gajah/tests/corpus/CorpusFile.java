package org.gajah.tests.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A file of the corpus, called {@code name} relative to the corpus' root without its ending. */
public record CorpusFile(Path path, String name, List<CorpusRecord> records) {
    static final String ENDING = ".test";

    /** Reads one file. */
    public static CorpusFile read(Path root, Path path) throws IOException {
        List<CorpusRecord> records = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int number = 0;
        int start = 1;
        for (String line : Stream.concat(Files.readAllLines(path).stream(), Stream.of("")).toList()) {
            number++;
            if (!line.isEmpty()) {
                lines.add(line);
            } else if (!lines.isEmpty()) {
                records.add(CorpusRecord.parse(start, List.copyOf(lines)));
                lines.clear();
            }
            if (lines.isEmpty()) {
                start = number + 1;
            }
        }
        String relative = root.relativize(path).toString();
        return new CorpusFile(path, relative.substring(0, relative.length() - ENDING.length()), records);
    }

    /** Reads all files below {@code root}, in name order. */
    public static List<CorpusFile> readAll(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            List<CorpusFile> files = new ArrayList<>();
            for (Path path : paths.filter(p -> p.toString().endsWith(ENDING)).sorted().toList()) {
                files.add(read(root, path));
            }
            return files;
        }
    }

    /** Rewrites the file with new answers, one list for every record. */
    void write(List<List<String>> answers) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (i > 0) {
                lines.add("");
            }
            lines.addAll(records.get(i).linesWith(answers.get(i)));
        }
        Files.write(path, lines);
    }

    /** A name for every record that outlives insertions: file, statement, and a number if that is there already. */
    public List<String> names() {
        Map<String, Integer> seen = new HashMap<>();
        return records.stream().map(record -> {
            String base = name + ": " + record.title();
            int count = seen.merge(base, 1, Integer::sum);
            return count == 1 ? base : base + " #" + count;
        }).toList();
    }
}
