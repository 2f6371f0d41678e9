package org.gajah.base;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The real world. */
public final class SystemEnv implements Env {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Disk disk;
    private final HostFiles hostFiles;

    private SystemEnv(Disk disk, Path directory) {
        this.disk = disk;
        this.hostFiles = new SystemHostFiles(directory);
    }

    /** With the files of this directory, which is made if it is not there. */
    public static SystemEnv of(Path directory) {
        return new SystemEnv(new SystemDisk(directory), directory);
    }

    /** With files that live in memory and vanish with this object. */
    public static SystemEnv inMemory() {
        return new SystemEnv(new MemoryDisk(), Path.of(""));
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public HostFiles hostFiles() {
        return hostFiles;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long currentTimeMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    @Override
    public void randomBytes(byte[] target) {
        RANDOM.nextBytes(target);
    }

    @Override
    public Thread start(String name, Runnable body) {
        return Thread.ofPlatform().daemon(true).name(name).start(body);
    }

    @Override
    public void park(Object blocker, long nanos) {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(blocker, nanos);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }
}
