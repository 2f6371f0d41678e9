package org.gajah.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real machine's files and programs. */
final class SystemHostFiles implements HostFiles {
    private final Path directory;

    /** @param directory where relative paths start */
    SystemHostFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public InputStream read(String path) throws IOException {
        Path file = directory.resolve(path);
        if (Files.isDirectory(file)) {
            throw new FileSystemException(path, null, "Is a directory");
        }
        return Files.newInputStream(file);
    }

    @Override
    public long size(String path) {
        return directory.resolve(path).toFile().length();
    }

    @Override
    public OutputStream write(String path) throws IOException {
        return Files.newOutputStream(directory.resolve(path));
    }

    @Override
    public Program start(String command) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", command).directory(directory.toAbsolutePath().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new Program() {
            @Override
            public InputStream output() {
                return process.getInputStream();
            }

            @Override
            public OutputStream input() {
                return process.getOutputStream();
            }

            @Override
            public int await() {
                while (process.isAlive()) {
                    try {
                        process.waitFor();
                    } catch (InterruptedException e) {
                        Thread.interrupted();
                    }
                }
                return process.exitValue();
            }

            @Override
            public void kill() {
                process.destroyForcibly();
            }
        };
    }
}
