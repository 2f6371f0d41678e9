package org.gajah.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gajah.server.FileTrouble;
import org.gajah.settings.FileLine;

/**
 * Reads {@code postgresql.conf} (manual, section 19.1.2): {@code name = value} a line, the equals sign optional, values in single
 * quotes unless they are simple, # for comments, and the directives include, include_if_exists and include_dir. Of several lines
 * for one name the last one counts, so the entries come in order.
 */
public final class ConfigFile {
    private static final int MOST_DEEP = 10;

    private final List<FileLine> lines = new ArrayList<>();

    private ConfigFile() {
    }

    /** Reads a file and all that it includes; the first line with an error is thrown. */
    public static List<FileLine> read(Path file) throws ConfigError {
        List<FileLine> lines = lines(file);
        for (FileLine line : lines) {
            if (line.error().isPresent()) {
                throw new ConfigError(line.error().get());
            }
        }
        return lines;
    }

    /** Reads a file and all that it includes, with what is wrong where it stands. */
    public static List<FileLine> lines(Path file) {
        ConfigFile config = new ConfigFile();
        try {
            config.file(file, 0);
        } catch (ConfigError e) {
            config.lines.add(FileLine.wrong(file.toString(), 0, e.getMessage()));
        }
        return List.copyOf(config.lines);
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
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            try {
                line(all[i], file, i + 1, depth);
            } catch (ConfigError e) {
                lines.add(FileLine.wrong(file.toString(), i + 1, e.getMessage()));
            }
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
            default -> lines.add(new FileLine(file.toString(), number, name, value));
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
