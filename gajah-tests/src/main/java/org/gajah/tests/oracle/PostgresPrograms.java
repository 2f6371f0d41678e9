package org.gajah.tests.oracle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL 18.6, unpacked from their Maven artifact into a cache below the temporary directory.
 *
 * <p>PostgreSQL refuses to run as root, so root runs it as {@code nobody}.
 */
public final class PostgresPrograms {
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";
    private static final String VERSION = "18.6.0";

    private PostgresPrograms() {}

    /** The directory with {@code bin}, {@code lib} and {@code share}. */
    public static Path home() throws IOException {
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "gajah-oracle-" + System.getProperty("user.name"));
        try {
            Files.createDirectory(cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.getOwner(cache).getName().equals(System.getProperty("user.name"))) {
                throw new IOException(cache + " belongs to somebody else", e);
            }
        }
        Path home = cache.resolve(VERSION);
        if (Files.exists(home)) {
            return home;
        }
        Path fresh = Files.createTempDirectory(cache, "unpack-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (InputStream archive = ClassLoader.getSystemResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IOException(ARCHIVE + " is not on the class path");
            }
            untar(new XZInputStream(new BufferedInputStream(archive)), fresh);
        }
        if (!fresh.toFile().renameTo(home.toFile())) {
            deleteTree(fresh);
        }
        return home;
    }

    private static void untar(InputStream tar, Path target) throws IOException {
        Process process = new ProcessBuilder("tar", "-x", "-C", target.toString(), "--no-same-owner")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream in = process.getOutputStream()) {
            tar.transferTo(in);
        }
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException("tar ended with status " + status);
        }
    }

    /** The command as the user that servers run as. */
    public static List<String> asServerUser(List<String> command) throws IOException {
        if (!isRoot()) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }

    /** Lets servers write into a directory. */
    public static void giveToServerUser(Path directory) throws IOException {
        if (isRoot()) {
            run(List.of("chown", "nobody", directory.toString()));
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
    }

    /** Runs a command to its end; a status other than 0 is an error with its output. */
    public static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(command.getFirst() + " ended with status " + status + ": " + output);
        }
    }

    /** Removes a directory and all that is in it. */
    public static void deleteTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
