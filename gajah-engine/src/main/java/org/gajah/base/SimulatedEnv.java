package org.gajah.base;

import java.util.Random;

/** A world that is the same for the same seed: simulated disk, a clock that moves when it is looked at, no threads. */
public final class SimulatedEnv implements Env {
    private final SimulatedDisk disk;
    private final Random random;
    private long nanos;

    public SimulatedEnv(SimulatedDisk disk, long seed) {
        this.disk = disk;
        this.random = new Random(seed);
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public HostFiles hostFiles() {
        throw new UnsupportedOperationException("the simulated machine has no other files");
    }

    @Override
    public long nanoTime() {
        nanos += 1000;
        return nanos;
    }

    @Override
    public long currentTimeMicros() {
        return 1_700_000_000_000_000L + nanoTime() / 1000;
    }

    @Override
    public void randomBytes(byte[] target) {
        random.nextBytes(target);
    }

    @Override
    public Thread start(String name, Runnable body) {
        throw new UnsupportedOperationException("no threads in the simulated world: " + name);
    }

    @Override
    public void park(Object blocker, long nanosToWait) {
        throw new IllegalStateException("nobody could unpark");
    }

    @Override
    public void unpark(Thread thread) {
        // nobody parks
    }
}
