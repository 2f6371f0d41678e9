package org.gajah.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a real cluster cannot be opened with: the start says in one line what is wrong. */
class DamagedFilesTest {
    private static final ServerLog SILENT = new ServerLog(new PrintStream(OutputStream.nullOutputStream()));

    @TempDir
    Path directory;

    @BeforeEach
    void make() throws ConfigError {
        start().close();
    }

    private RunningServer start() throws ConfigError {
        return RunningServer.start(directory.resolve("d"), Map.of("port", "0"), Serving::openEngine, SILENT);
    }

    private String refusal() {
        String message = assertThrows(ConfigError.class, () -> start().close()).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private Path file(String name) {
        return directory.resolve("d").resolve(name);
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> all = Files.list(file("base"))) {
            return all.filter(f -> f.getFileName().toString().startsWith("log-")).toList();
        }
    }

    @Test
    void withoutItsDataFileNothingStarts() throws IOException {
        Files.delete(file("base/data"));
        assertTrue(refusal().endsWith("the data directory has a log but no data file"));
    }

    @Test
    void withoutItsLogNothingStarts() throws IOException {
        for (Path log : logs()) {
            Files.delete(log);
        }
        assertTrue(refusal().contains("the log is damaged at position "), refusal());
    }

    @Test
    void aDataFileWithoutSuperblocksIsRefused() throws IOException {
        try (FileChannel data = FileChannel.open(file("base/data"), StandardOpenOption.WRITE)) {
            data.write(ByteBuffer.allocate(1 << 16), 0);
        }
        assertTrue(refusal().endsWith("the data file has no valid superblock"));
    }

    @Test
    void aDataFileThatWasCutIsRefused() throws IOException {
        try (FileChannel data = FileChannel.open(file("base/data"), StandardOpenOption.WRITE)) {
            data.truncate(100_000);
        }
        assertTrue(refusal().endsWith("damaged"), refusal());
    }

    @Test
    void filesOfAnotherVersionAreRefused() throws IOException {
        Files.writeString(file("PG_VERSION"), "17\n");
        assertTrue(refusal().startsWith("database files are incompatible with server: "));
    }

    @Test
    void postgresqlsOwnFilesAreRefused() throws IOException {
        Files.createDirectory(file("global"));
        Files.writeString(file("global/pg_control"), "x");
        assertTrue(refusal().contains("belongs to a PostgreSQL server"));
    }

    @Test
    void missingRulesAreNamed() throws IOException {
        Files.delete(file("pg_hba.conf"));
        assertEquals("could not open configuration file \"" + file("pg_hba.conf") + "\": No such file or directory", refusal());
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.setPosixFilePermissions(directory.resolve("d"), PosixFilePermissions.fromString("r-x------"));
        Files.setPosixFilePermissions(file("postmaster.pid"), PosixFilePermissions.fromString("r--------"));
        assumeFalse(Files.isWritable(file("postmaster.pid")), "this user may write everywhere");
        assertEquals("could not use directory \"" + directory.resolve("d") + "\": Permission denied", refusal());
    }
}
