package org.gajah.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.gajah.server.FileTrouble;

/**
 * A data directory that this process owns: as long as it is open no other process can open it. What decides is a lock that the
 * operating system gives up when the process ends, however it ends; the number in {@code postmaster.pid} is for people.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "postmaster.pid";
    private static final String VERSION = "18";
    private static final String VERSION_FILE = "PG_VERSION";

    private final Path path;
    private final boolean fresh;
    private final FileChannel lockFile;

    private DataDirectory(Path path, boolean fresh, FileChannel lockFile) {
        this.path = path;
        this.fresh = fresh;
        this.lockFile = lockFile;
    }

    /** Opens the directory, making it with PostgreSQL's usual files if it is not there. */
    public static DataDirectory open(Path path) throws ConfigError {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(absolute)) {
                create(absolute);
            }
            boolean fresh = !Files.exists(absolute.resolve(VERSION_FILE));
            if (fresh && holdsSomethingElse(absolute)) {
                throw new ConfigError("directory \"" + absolute + "\" exists but is not empty and is no data directory");
            }
            if (!fresh) {
                requireOurs(absolute);
            }
            FileChannel lockFile = lock(absolute);
            DataDirectory directory = new DataDirectory(absolute, fresh, lockFile);
            if (fresh) {
                directory.writeDefaults();
            }
            return directory;
        } catch (IOException e) {
            throw new ConfigError("could not use directory \"" + absolute + "\": " + FileTrouble.text(e), e);
        }
    }

    private static void create(Path path) throws IOException, ConfigError {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new ConfigError("could not create directory \"" + path + "\": " + FileTrouble.text(e), e);
        }
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void requireOurs(Path path) throws IOException, ConfigError {
        String version = Files.readString(path.resolve(VERSION_FILE)).strip();
        if (!version.equals(VERSION)) {
            throw new ConfigError("database files are incompatible with server: the data directory \"" + path
                    + "\" was initialized by version " + version + ", this server is version " + VERSION);
        }
        if (Files.exists(path.resolve("global/pg_control"))) {
            throw new ConfigError("the data directory \"" + path + "\" belongs to a PostgreSQL server, whose files cannot be used here");
        }
    }

    private static boolean holdsSomethingElse(Path path) throws IOException {
        try (var files = Files.list(path)) {
            return files.anyMatch(file -> !file.getFileName().toString().equals(LOCK_FILE)
                    && !file.getFileName().toString().equals("lost+found"));
        }
    }

    private static FileChannel lock(Path path) throws IOException, ConfigError {
        FileChannel channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!takeLock(channel)) {
            ConfigError inUse = inUse(path, channel);
            channel.close();
            throw inUse;
        }
        channel.truncate(0);
        String contents = ProcessHandle.current().pid() + "\n" + path + "\n" + Instant.now().getEpochSecond() + "\n";
        channel.write(ByteBuffer.wrap(contents.getBytes(StandardCharsets.UTF_8)), 0);
        return channel;
    }

    /** Takes the lock unless another process, or another part of this one, has it. */
    private static boolean takeLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static ConfigError inUse(Path path, FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).lines().findFirst().orElse("?");
        return new ConfigError("lock file \"" + LOCK_FILE + "\" already exists: is another server (PID " + pid
                + ") running in data directory \"" + path + "\"?");
    }

    private void writeDefaults() throws IOException {
        write("postgresql.conf", DefaultFiles.POSTGRESQL_CONF);
        write("pg_hba.conf", DefaultFiles.PG_HBA_CONF);
        write("postgresql.auto.conf", DefaultFiles.POSTGRESQL_AUTO_CONF);
        write(VERSION_FILE, VERSION + "\n");
    }

    private void write(String name, String text) throws IOException {
        if (!Files.exists(path.resolve(name))) {
            Files.writeString(path.resolve(name), text);
        }
    }

    public Path path() {
        return path;
    }

    /** Whether it was made just now. */
    public boolean isFresh() {
        return fresh;
    }

    /** A file in it, or the file itself if the name is absolute. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Gives the directory back. The lock file stays: who deleted it could delete the one that another process holds. */
    @Override
    public void close() {
        try {
            lockFile.truncate(0);
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("could not release \"" + path.resolve(LOCK_FILE) + "\"", e);
        }
    }
}
