package org.gajah.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gajah.server.FileTrouble;

/**
 * Reads {@code postgresql.conf} (manual, section 19.1.2): {@code name = value} a line, the equals sign optional, values in single
 * quotes unless they are simple, # for comments, and the directives include, include_if_exists and include_dir. Of several lines
 * for one name the last one counts, so the entries come in order.
 */
public final class ConfigFile {
    private static final int MOST_DEEP = 10;

    /** A line's setting and where it stands. */
    public record Entry(String name, String value, String file, int line) {
    }

    private final List<Entry> entries = new ArrayList<>();

    private ConfigFile() {
    }

    /** Reads a file and all that it includes. */
    public static List<Entry> read(Path file) throws ConfigError {
        ConfigFile config = new ConfigFile();
        config.file(file, 0);
        return List.copyOf(config.entries);
    }

    private void file(Path file, int depth) throws ConfigError {
        if (depth > MOST_DEEP) {
            throw new ConfigError("could not open configuration file \"" + file + "\": maximum nesting depth exceeded");
        }
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigError("could not open configuration file \"" + file + "\": " + FileTrouble.text(e), e);
        }
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            line(lines[i], file, i + 1, depth);
        }
    }

    private void line(String line, Path file, int number, int depth) throws ConfigError {
        ConfigLine tokens = new ConfigLine(line, file.toString(), number);
        String name = tokens.name();
        if (name.isEmpty()) {
            return;
        }
        String value = tokens.value();
        switch (name) {
            case "include" -> file(resolve(file, value), depth + 1);
            case "include_if_exists" -> {
                if (Files.exists(resolve(file, value))) {
                    file(resolve(file, value), depth + 1);
                }
            }
            case "include_dir" -> directory(resolve(file, value), depth + 1);
            default -> entries.add(new Entry(name, value, file.toString(), number));
        }
    }

    private static Path resolve(Path file, String name) {
        return file.toAbsolutePath().getParent().resolve(name);
    }

    private void directory(Path directory, int depth) throws ConfigError {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(".conf")
                    && !file.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new ConfigError("could not open configuration directory \"" + directory + "\": " + FileTrouble.text(e), e);
        }
        for (Path file : files) {
            file(file, depth);
        }
    }
}
