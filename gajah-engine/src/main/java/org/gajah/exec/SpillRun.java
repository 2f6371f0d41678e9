package org.gajah.exec;

import java.util.Arrays;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** Rows in a temporary file, read in the order in which they were written: first all are written, then they are read. */
final class SpillRun {
    private final WorkMemory memory;
    private final int blockBytes;
    private final boolean keyed;
    private ByteSink block = new ByteSink(0);
    private long[] positions = new long[4];
    private int[] lengths = new int[4];
    private int blocks;
    private long rows;

    /** With {@code keyed} rows each has a key before it. */
    SpillRun(WorkMemory memory, int blockBytes, boolean keyed) {
        this.memory = memory;
        this.blockBytes = blockBytes;
        this.keyed = keyed;
    }

    /** Bytes in the file. */
    long bytes() {
        long sum = 0;
        for (int i = 0; i < blocks; i++) {
            sum += lengths[i];
        }
        return sum;
    }

    long rows() {
        return rows;
    }

    void add(Vector[] columns, int row) {
        RowForm.write(columns, row, block);
        added();
    }

    void add(byte[] key, int from, int length, Vector[] columns, int row) {
        block.putInt(length).put(key, from, length);
        RowForm.write(columns, row, block);
        added();
    }

    private void added() {
        rows++;
        if (block.size() >= blockBytes) {
            flush();
        }
    }

    private void flush() {
        if (blocks == positions.length) {
            positions = Arrays.copyOf(positions, blocks * 2);
            lengths = Arrays.copyOf(lengths, blocks * 2);
        }
        positions[blocks] = memory.file().append(block.array(), block.size());
        lengths[blocks++] = block.size();
        block.clear();
    }

    /** No more rows come: what is left goes to the file, and the buffer goes. */
    void finish() {
        if (block.size() > 0) {
            flush();
        }
        block = new ByteSink(0);
    }

    Reader reader() {
        return new Reader();
    }

    /** Goes through the rows once. */
    final class Reader {
        private ByteSource source = new ByteSource(new byte[0]);
        private int nextBlock;
        private Slice key = Slice.of(new byte[0]);

        /** Whether there is a further row; its key, if the rows have keys, is then {@link #key}. */
        boolean advance() {
            if (source.remaining() == 0) {
                if (nextBlock == blocks) {
                    return false;
                }
                source = new ByteSource(memory.file().read(positions[nextBlock], lengths[nextBlock]));
                nextBlock++;
            }
            if (keyed) {
                key = source.getSlice(source.getInt());
            }
            return true;
        }

        Slice key() {
            return key;
        }

        /** The row that {@link #advance} has found. */
        void read(Vector[] columns, int row) {
            RowForm.read(source, columns, row);
        }

        /** Fills a batch with the next rows, at most {@code max}. */
        void read(Batch out, Vector[] columns, int max) {
            out.reset();
            int count = 0;
            int room = Math.min(max, out.selection().rows.length);
            while (count < room && advance()) {
                read(columns, count++);
            }
            out.selection().all(count);
        }
    }
}
