package org.gajah.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A real directory. Callers' threads come here, which their programs may interrupt: see {@link SystemFile}. */
final class SystemDisk implements Disk {
    private static final String LOCK_NAME = "gajah.lock";

    /**
     * The directories that this process has locked, and lock files that it must not close: closing any channel of a file ends all locks that the
     * process has on it.
     */
    private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();
    private static final Queue<FileChannel> KEPT_OPEN = new ConcurrentLinkedQueue<>();

    private final Path directory;
    private Optional<FileLock> lock = Optional.empty();
    /** The real path of the directory, as long as it is locked. */
    private Path locked;

    SystemDisk(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw failure("could not create directory \"" + directory + "\"", e);
        }
    }

    static DiskException failure(String what, IOException e) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        boolean full = lower.contains("no space left") || lower.contains("quota exceeded");
        return new DiskException(what + ": " + message, full, e);
    }

    @Override
    public List<String> list() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).map(p -> p.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw failure("could not read directory \"" + directory + "\"", e);
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(directory.resolve(name));
    }

    @Override
    public DiskFile open(String name) {
        return openWith(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public DiskFile create(String name) {
        return openWith(name, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    private DiskFile openWith(String name, StandardOpenOption... options) {
        try {
            return SystemFile.open(name, directory.resolve(name), options);
        } catch (IOException e) {
            throw failure("could not open file \"" + name + "\"", e);
        }
    }

    @Override
    public void delete(String name) {
        try {
            Files.delete(directory.resolve(name));
        } catch (IOException e) {
            throw failure("could not remove file \"" + name + "\"", e);
        }
    }

    @Override
    public void rename(String from, String to) {
        try {
            Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure("could not rename file \"" + from + "\" to \"" + to + "\"", e);
        }
    }

    @Override
    public void syncDirectory() {
        try (SystemFile file = SystemFile.open(directory.toString(), directory, StandardOpenOption.READ)) {
            file.force();
        } catch (IOException e) {
            throw failure("could not open directory \"" + directory + "\"", e);
        }
    }

    @Override
    public synchronized void lock() {
        Path real = realDirectory();
        if (!LOCKED.add(real)) {
            throw inUse();
        }
        try {
            lockFile();
            locked = real;
        } finally {
            if (lock.isEmpty()) {
                LOCKED.remove(real);
            }
        }
    }

    private Path realDirectory() {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw failure("could not find data directory \"" + directory + "\"", e);
        }
    }

    private void lockFile() {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(directory.resolve(LOCK_NAME), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            FileLock taken = channel.tryLock();
            if (taken != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes()));
                lock = Optional.of(taken);
                return;
            }
        } catch (OverlappingFileLockException e) {
            KEPT_OPEN.add(channel);
            throw inUse();
        } catch (IOException e) {
            closeAfter(channel);
            throw failure("could not lock data directory \"" + directory + "\"", e);
        }
        closeAfter(channel);
        throw inUse();
    }

    private DiskException inUse() {
        return new DiskException("data directory \"" + directory + "\" is in use by another process");
    }

    private static void closeAfter(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw failure("could not close the lock file", e);
        }
    }

    @Override
    public synchronized void close() {
        if (lock.isPresent()) {
            closeAfter((FileChannel) lock.get().acquiredBy());
            lock = Optional.empty();
            LOCKED.remove(locked);
        }
    }
}
