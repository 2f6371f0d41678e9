package org.gajah.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A real file. An ordinary file channel closes when a thread that uses it is interrupted; an asynchronous one does not, and when its
 * executor is the calling thread itself it reads and writes as directly.
 */
record SystemFile(String name, AsynchronousFileChannel channel) implements DiskFile {
    private static final ExecutorService CALLER = new CallingThread();

    static SystemFile open(String name, Path path, OpenOption... options) throws IOException {
        return new SystemFile(name, AsynchronousFileChannel.open(path, Set.of(options), CALLER));
    }

    @Override
    public long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw SystemDisk.failure("could not get the size of file \"" + name + "\"", e);
        }
    }

    @Override
    public int read(long position, ByteBuffer target) {
        int total = 0;
        try {
            while (target.hasRemaining()) {
                int n = result(channel.read(target, position + total));
                if (n < 0) {
                    break;
                }
                total += n;
            }
        } catch (IOException e) {
            throw SystemDisk.failure("could not read file \"" + name + "\"", e);
        }
        return total;
    }

    @Override
    public void write(long position, ByteBuffer source) {
        long at = position;
        try {
            while (source.hasRemaining()) {
                at += result(channel.write(source, at));
            }
        } catch (IOException e) {
            throw SystemDisk.failure("could not write to file \"" + name + "\"", e);
        }
    }

    /** What was done: the calling thread has done it already. */
    private static int result(Future<Integer> done) throws IOException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the calling thread cannot have waited", e);
        }
    }

    @Override
    public void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw SystemDisk.failure("could not fsync file \"" + name + "\"", e);
        }
    }

    @Override
    public void truncate(long size) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            throw SystemDisk.failure("could not truncate file \"" + name + "\"", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw SystemDisk.failure("could not close file \"" + name + "\"", e);
        }
    }

    /** Runs at once what it is given. */
    private static final class CallingThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {
            // Nothing of it runs.
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
