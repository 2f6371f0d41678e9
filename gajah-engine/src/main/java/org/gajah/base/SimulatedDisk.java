package org.gajah.base;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A model of a disk with a volatile cache, for tests: what was not forced may be lost, in any selection of 512-byte sectors, when the power is
 * cut; names not synced may be lost from some point on. It counts operations, and can cut the power, fail a force or be full.
 *
 * <p>For use by one thread. After a cut every operation throws {@link PowerCut}; {@link #afterPowerCut} is the disk that the next start finds.
 */
public final class SimulatedDisk implements Disk {
    private static final int SECTOR = 512;

    /** The power went. */
    public static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PowerCut() {
            super("power cut", null, false, false);
        }
    }

    private static final class Inode {
        byte[] now = new byte[0];
        int size;
        byte[] durable = new byte[0];
        int durableSize;
        final List<Write> pending = new ArrayList<>();
    }

    private record Write(int position, byte[] bytes) {
    }

    private final TreeMap<String, Inode> names = new TreeMap<>();
    private final TreeMap<String, Inode> durableNames = new TreeMap<>();
    private final List<Consumer<TreeMap<String, Inode>>> pendingNames = new ArrayList<>();
    private long operations;
    private long writes;
    private long cutAt = Long.MAX_VALUE;
    private long failForceAt = Long.MAX_VALUE;
    private long capacity = Long.MAX_VALUE;
    private long fullAtWrite = Long.MAX_VALUE;
    private long roomAgainAtWrite = Long.MAX_VALUE;
    private boolean forgetDirectorySyncs;
    private Optional<String> forgottenForces = Optional.empty();
    private String forcedName = "";
    private Optional<Runnable> whileForced = Optional.empty();
    private boolean off;

    public SimulatedDisk() {
        operations = 0;
    }

    /** Operations so far: reads, writes, forces, changes of names. */
    public long operations() {
        return operations;
    }

    /** Cuts the power at this operation, which still happens in part if it is a write. */
    public void cutPowerAt(long operation) {
        cutAt = operation;
    }

    /** Fails the first force at or after this operation, losing what it should have made durable. */
    public void failForceAt(long operation) {
        failForceAt = operation;
    }

    /** Has something happen while the next force of a file whose name begins so is under way; without effect on a later one. */
    public void whileForcing(String prefix, Runnable action) {
        forcedName = prefix;
        whileForced = Optional.of(action);
    }

    /** Nothing happens in forces any more. */
    public void forceAlone() {
        whileForced = Optional.empty();
    }

    /** Lets files grow to so many bytes in all. */
    public void setCapacity(long bytes) {
        capacity = bytes;
    }

    /** Has no room for the writes from one number on up to another. */
    public void failWrites(long from, long to) {
        fullAtWrite = from;
        roomAgainAtWrite = to;
    }

    /** A disk that lies about directory syncs: to see that tests would notice. */
    public void forgetDirectorySyncs() {
        forgetDirectorySyncs = true;
    }

    /** A disk that lies about forces of files whose names begin so: to see that tests would notice. */
    public void forgetForces(String prefix) {
        forgottenForces = Optional.of(prefix);
    }

    public boolean isOff() {
        return off;
    }

    /** Bytes of all files. */
    public long totalBytes() {
        return names.values().stream().mapToLong(inode -> inode.size).sum();
    }

    /** Writes so far. */
    public long writes() {
        return writes;
    }

    /** Changes one bit of a file, as decay would. */
    public void flip(String name, long position, int bit) {
        Inode inode = names.get(name);
        inode.now[(int) position] ^= (byte) (1 << bit);
        inode.durable = inode.now.clone();
    }

    /** The bytes of a file from a position on. */
    public byte[] bytes(String name, long position, int length) {
        return Arrays.copyOfRange(names.get(name).now, (int) position, (int) position + length);
    }

    /** Replaces bytes of a file, as a write to the wrong place would. */
    public void damage(String name, long position, byte[] bytes) {
        Inode inode = names.get(name);
        System.arraycopy(bytes, 0, inode.now, (int) position, (int) Math.min(bytes.length, inode.size - position));
        inode.durable = inode.now.clone();
    }

    private boolean step() {
        if (off) {
            throw new PowerCut();
        }
        if (++operations >= cutAt) {
            off = true;
            return true;
        }
        return false;
    }

    private void plainStep() {
        if (step()) {
            throw new PowerCut();
        }
    }

    /** What is on the disk when the power comes back; {@code random} decides what of the unforced has survived. */
    public SimulatedDisk afterPowerCut(Random random) {
        SimulatedDisk next = new SimulatedDisk();
        next.forgetDirectorySyncs = forgetDirectorySyncs;
        next.forgottenForces = forgottenForces;
        TreeMap<String, Inode> kept = new TreeMap<>(durableNames);
        int prefix = pendingNames.isEmpty() ? 0 : random.nextInt(pendingNames.size() + 1);
        for (int i = 0; i < prefix; i++) {
            pendingNames.get(i).accept(kept);
        }
        int mode = random.nextInt(4);
        kept.forEach((name, inode) -> {
            Inode copy = new Inode();
            copy.durable = survive(inode, mode, random);
            copy.durableSize = copy.durable.length;
            copy.now = copy.durable.clone();
            copy.size = copy.durableSize;
            next.names.put(name, copy);
            next.durableNames.put(name, copy);
        });
        return next;
    }

    private static byte[] survive(Inode inode, int mode, Random random) {
        byte[] bytes = Arrays.copyOf(inode.durable, inode.durableSize);
        if (mode == 0) {
            return bytes;
        }
        int keepPercent = mode == 1 ? 100 : mode == 2 ? 50 : random.nextInt(101);
        for (Write write : inode.pending) {
            int end = write.position + write.bytes.length;
            for (int at = write.position; at < end;) {
                int next = Math.min(end, (at / SECTOR + 1) * SECTOR);
                if (random.nextInt(100) < keepPercent) {
                    if (next > bytes.length) {
                        bytes = Arrays.copyOf(bytes, next);
                    }
                    System.arraycopy(write.bytes, at - write.position, bytes, at, next - at);
                }
                at = next;
            }
        }
        return bytes;
    }

    private void rename(Consumer<TreeMap<String, Inode>> change) {
        plainStep();
        change.accept(names);
        pendingNames.add(change);
    }

    @Override
    public List<String> list() {
        plainStep();
        return List.copyOf(names.keySet());
    }

    @Override
    public boolean exists(String name) {
        plainStep();
        return names.containsKey(name);
    }

    private Inode find(String name) {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new DiskException("could not open file \"" + name + "\": No such file or directory");
        }
        return inode;
    }

    @Override
    public DiskFile open(String name) {
        plainStep();
        return new SimulatedFile(name, find(name));
    }

    @Override
    public DiskFile create(String name) {
        if (names.containsKey(name)) {
            throw new DiskException("could not create file \"" + name + "\": File exists");
        }
        Inode inode = new Inode();
        rename(all -> all.put(name, inode));
        return new SimulatedFile(name, inode);
    }

    @Override
    public void delete(String name) {
        find(name);
        rename(all -> all.remove(name));
    }

    @Override
    public void rename(String from, String to) {
        Inode inode = find(from);
        rename(all -> {
            all.remove(from);
            all.put(to, inode);
        });
    }

    @Override
    public void syncDirectory() {
        plainStep();
        if (!forgetDirectorySyncs) {
            durableNames.clear();
            durableNames.putAll(names);
            pendingNames.clear();
        }
    }

    @Override
    public void lock() {
        plainStep();
    }

    @Override
    public void close() {
        // the next start gets afterPowerCut
    }

    private final class SimulatedFile implements DiskFile {
        private final String name;
        private final Inode inode;

        private SimulatedFile(String name, Inode inode) {
            this.name = name;
            this.inode = inode;
        }

        @Override
        public long size() {
            plainStep();
            return inode.size;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            plainStep();
            int n = (int) Math.max(0, Math.min(target.remaining(), inode.size - position));
            if (n > 0) {
                target.put(inode.now, (int) position, n);
            }
            return n;
        }

        @Override
        public void write(long position, ByteBuffer source) {
            boolean cut = step();
            writes++;
            long end = position + source.remaining();
            boolean refused = writes >= fullAtWrite && writes < roomAgainAtWrite;
            if (end > inode.size && (refused || totalBytes() + end - inode.size > capacity)) {
                throw new DiskException("could not write to file \"" + name + "\": No space left on device", true, null);
            }
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            if (end > inode.now.length) {
                inode.now = Arrays.copyOf(inode.now, (int) Math.max(end, Math.min(inode.now.length * 2L, 1 << 28)));
            }
            System.arraycopy(bytes, 0, inode.now, (int) position, bytes.length);
            inode.size = (int) Math.max(inode.size, end);
            inode.pending.add(new Write((int) position, bytes));
            if (cut) {
                throw new PowerCut();
            }
        }

        @Override
        public void force() {
            if (whileForced.isPresent() && name.startsWith(forcedName)) {
                Runnable action = whileForced.get();
                whileForced = Optional.empty();
                action.run();
            }
            plainStep();
            if (operations >= failForceAt) {
                failForceAt = Long.MAX_VALUE;
                inode.now = Arrays.copyOf(inode.durable, inode.now.length);
                inode.size = Math.max(inode.durableSize, inode.size);
                inode.pending.clear();
                throw new DiskException("could not fsync file \"" + name + "\": Input/output error");
            }
            if (forgottenForces.isPresent() && name.startsWith(forgottenForces.get())) {
                return;
            }
            for (Write write : inode.pending) {
                int end = write.position + write.bytes.length;
                if (end > inode.durable.length) {
                    inode.durable = Arrays.copyOf(inode.durable, Math.max(end, inode.durable.length * 2));
                }
                System.arraycopy(write.bytes, 0, inode.durable, write.position, write.bytes.length);
            }
            inode.pending.clear();
            inode.durableSize = inode.size;
        }

        @Override
        public void truncate(long size) {
            plainStep();
            inode.size = (int) Math.min(inode.size, size);
            Arrays.fill(inode.now, inode.size, inode.now.length, (byte) 0);
            inode.pending.clear();
            inode.durable = Arrays.copyOf(inode.durable, Math.min(inode.durable.length, inode.size));
            inode.durableSize = Math.min(inode.durableSize, inode.size);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
