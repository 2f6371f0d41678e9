package org.gajah.server.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gajah.server.FileTrouble;

/**
 * The files of a cluster as they are right after it was made and shut down in order. The build keeps them so that a first start
 * copies them instead of filling the catalogs again.
 */
public final class Template {
    private static final String PROPERTY = "gajah.template";

    private Template() {
    }

    /** Copies the template, if this process was given one, into a directory that is not there yet. */
    public static void copyTo(Path directory) throws ConfigError {
        Optional<Path> template = Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).filter(Files::isDirectory);
        if (template.isEmpty() || Files.exists(directory)) {
            return;
        }
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".new");
        try {
            Files.createDirectories(unfinished);
            for (Path file : files(template.get())) {
                Path copy = unfinished.resolve(file.getFileName());
                Files.deleteIfExists(copy);
                Files.copy(file, copy);
                force(copy, StandardOpenOption.WRITE);
            }
            force(unfinished, StandardOpenOption.READ);
            Files.move(unfinished, directory);
            force(directory.toAbsolutePath().getParent(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new ConfigError("could not make \"" + directory + "\": " + FileTrouble.text(e), e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> !file.getFileName().toString().endsWith(".lock")).sorted().toList();
        }
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
