package org.gajah.base;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Files in memory, for databases that need not outlive their process. Forces are free. */
public final class MemoryDisk implements Disk {
    private final TreeMap<String, MemoryFile> files = new TreeMap<>();

    public MemoryDisk() {
        files.clear();
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized boolean exists(String name) {
        return files.containsKey(name);
    }

    @Override
    public synchronized DiskFile open(String name) {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new DiskException("could not open file \"" + name + "\": No such file or directory");
        }
        return file;
    }

    @Override
    public synchronized DiskFile create(String name) {
        MemoryFile file = new MemoryFile();
        if (files.putIfAbsent(name, file) != null) {
            throw new DiskException("could not create file \"" + name + "\": File exists");
        }
        return file;
    }

    @Override
    public synchronized void delete(String name) {
        if (files.remove(name) == null) {
            throw new DiskException("could not remove file \"" + name + "\": No such file or directory");
        }
    }

    @Override
    public synchronized void rename(String from, String to) {
        MemoryFile file = files.remove(from);
        if (file == null) {
            throw new DiskException("could not rename file \"" + from + "\": No such file or directory");
        }
        files.put(to, file);
    }

    @Override
    public void syncDirectory() {
        // nothing outlives the process anyway
    }

    @Override
    public void lock() {
        // nobody else can reach this
    }

    @Override
    public void close() {
        // the files stay for whoever opens this object again
    }

    private static final class MemoryFile implements DiskFile {
        private static final int CHUNK = 1 << 16;

        private final List<byte[]> chunks = new ArrayList<>();
        private long size;

        @Override
        public synchronized long size() {
            return size;
        }

        @Override
        public synchronized int read(long position, ByteBuffer target) {
            int total = (int) Math.max(0, Math.min(target.remaining(), size - position));
            int left = total;
            long at = position;
            while (left > 0) {
                int offset = (int) (at % CHUNK);
                int n = Math.min(left, CHUNK - offset);
                target.put(chunks.get((int) (at / CHUNK)), offset, n);
                at += n;
                left -= n;
            }
            return total;
        }

        @Override
        public synchronized void write(long position, ByteBuffer source) {
            long end = position + source.remaining();
            while ((long) chunks.size() * CHUNK < end) {
                chunks.add(new byte[CHUNK]);
            }
            long at = position;
            while (source.hasRemaining()) {
                int offset = (int) (at % CHUNK);
                int n = Math.min(source.remaining(), CHUNK - offset);
                source.get(chunks.get((int) (at / CHUNK)), offset, n);
                at += n;
            }
            size = Math.max(size, end);
        }

        @Override
        public void force() {
            // memory is as durable as it gets
        }

        @Override
        public synchronized void truncate(long newSize) {
            while ((long) (chunks.size() - 1) * CHUNK >= newSize && !chunks.isEmpty()) {
                chunks.removeLast();
            }
            if (newSize < size && newSize % CHUNK != 0) {
                java.util.Arrays.fill(chunks.getLast(), (int) (newSize % CHUNK), CHUNK, (byte) 0);
            }
            size = Math.min(size, newSize);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
