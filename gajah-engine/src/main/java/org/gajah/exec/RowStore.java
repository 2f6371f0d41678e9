package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * Rows kept in columns, numbered from 0 in the order they came, in chunks of a power of two. A store that was given
 * {@link WorkMemory} writes its older chunks to a temporary file when memory becomes short, and reads them back when they are
 * asked for; the vectors that it has handed out stay valid.
 */
final class RowStore {
    private static final int CHUNK_BITS = 10;
    private static final int LEAST_CHUNK_BITS = 6;
    private static final int FIRST_CHUNK_ROWS = 1 << LEAST_CHUNK_BITS;
    private static final int READ_CHUNKS = 4;

    private final List<Carrier> carriers;
    private final Optional<WorkMemory> memory;
    /** In memory, or null if written. */
    private Vector[][] chunks = new Vector[1][];
    private int chunkCount;
    private int bits = CHUNK_BITS;
    private int size;
    /** Bytes of all rows, and of those that are written. */
    private long appendedBytes;
    private long writtenBytes;
    /** By chunk: {@link #appendedBytes} when it was begun; where it stands in the file. */
    private long[] begunAtBytes = new long[1];
    private long[] positions = new long[0];
    private int[] lengths = new int[0];
    private int written;
    private final int[] readIndex = new int[READ_CHUNKS];
    private final Vector[][] readChunks = new Vector[READ_CHUNKS][];
    private int nextRead;
    private long checkAt = Long.MAX_VALUE;

    /** A store that stays in memory; whoever owns it accounts for its {@link #bytes}. */
    RowStore(List<Carrier> carriers) {
        this.carriers = carriers;
        this.memory = Optional.empty();
    }

    /** A store that accounts for itself and may write rows to the memory's file. */
    RowStore(List<Carrier> carriers, WorkMemory memory) {
        this.carriers = carriers;
        this.memory = Optional.of(memory);
    }

    int size() {
        return size;
    }

    /** Memory taken by the rows, roughly. */
    long bytes() {
        return appendedBytes - writtenBytes;
    }

    List<Carrier> carriers() {
        return carriers;
    }

    /** Forgets all rows; one with a memory of its own has to be told to {@link #begin} too. */
    void clear() {
        size = 0;
        appendedBytes = 0;
        writtenBytes = 0;
        written = 0;
        bits = CHUNK_BITS;
        Arrays.fill(readChunks, null);
        boolean keeps = chunkCount > 0 && chunks[0] != null;
        Vector[] first = keeps ? chunks[0] : null;
        chunks = new Vector[1][];
        chunkCount = 0;
        if (keeps) {
            for (Vector vector : first) {
                vector.reset();
            }
            chunks[0] = first;
            chunkCount = 1;
        }
    }

    /** Forgets all rows and begins a run. */
    void begin() {
        clear();
        memory.orElseThrow().begin();
        checkAt = Math.min(memory.get().limitBytes(), 1 << 20);
    }

    /** Forgets all rows and gives everything back. */
    void close() {
        clear();
        memory.ifPresent(WorkMemory::close);
    }

    /** Appends the selected rows of a batch: its first columns, as many as the store has. */
    void append(Batch batch) {
        Selection rows = batch.selection();
        for (int i = 0; i < rows.count(); i++) {
            append(batch, rows.rows[i]);
        }
    }

    /** Appends one row. */
    void append(Batch batch, int row) {
        Vector[] chunk = room();
        int at = place(size);
        for (int c = 0; c < chunk.length; c++) {
            Vector source = batch.column(c);
            chunk[c].copyFrom(source, row, at);
            appendedBytes += Vectors.weight(source, row);
        }
        size++;
    }

    /** Appends one row of given vectors. */
    void append(Vector[] columns, int row) {
        Vector[] chunk = room();
        int at = place(size);
        for (int c = 0; c < chunk.length; c++) {
            chunk[c].copyFrom(columns[c], row, at);
            appendedBytes += Vectors.weight(columns[c], row);
        }
        size++;
    }

    private Vector[] room() {
        if (appendedBytes > checkAt) {
            shrink();
        }
        int chunk = size >>> bits;
        if (chunk == chunkCount) {
            return newChunk(chunk);
        }
        if (chunk == 0 && size == FIRST_CHUNK_ROWS && chunks[0].length > 0 && chunks[0][0].capacity() == FIRST_CHUNK_ROWS) {
            return afterFirstRows();
        }
        return chunks[chunk];
    }

    private Vector[] newChunk(int chunk) {
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk * 2);
        }
        if (memory.isPresent() && chunk > 0) {
            if (chunk >= begunAtBytes.length) {
                begunAtBytes = Arrays.copyOf(begunAtBytes, chunks.length);
            }
            begunAtBytes[chunk] = appendedBytes;
        }
        chunks[chunk] = fresh(size == 0 ? FIRST_CHUNK_ROWS : 1 << bits);
        chunkCount++;
        return chunks[chunk];
    }

    /** The first rows show how wide rows are: wide ones make small chunks, so that a few of them fit into the memory. */
    private Vector[] afterFirstRows() {
        if (memory.isPresent()) {
            long most = Math.max(1, memory.get().limitBytes() / 8 / Math.max(1, appendedBytes / size));
            bits = Math.clamp(63 - Long.numberOfLeadingZeros(most), LEAST_CHUNK_BITS, CHUNK_BITS);
            if (bits == LEAST_CHUNK_BITS) {
                return newChunk(1);
            }
        }
        Vector[] larger = fresh(1 << bits);
        for (int c = 0; c < larger.length; c++) {
            for (int row = 0; row < size; row++) {
                Vectors.share(chunks[0][c], row, larger[c], row);
            }
        }
        chunks[0] = larger;
        return larger;
    }

    private Vector[] fresh(int capacity) {
        Vector[] made = new Vector[carriers.size()];
        for (int c = 0; c < made.length; c++) {
            made[c] = Vector.of(carriers.get(c), capacity);
        }
        return made;
    }

    /** Writes the oldest chunks, but not the last, until no more than half of the memory is held. */
    private void shrink() {
        WorkMemory held = memory.orElseThrow();
        if (!held.holds(bytes())) {
            while (written < chunkCount - 1 && bytes() > held.limitBytes() / 2) {
                write(held);
            }
            held.require(bytes());
        }
        checkAt = appendedBytes + Math.clamp(held.limitBytes() - bytes(), 64 << 10, 1 << 20);
    }

    private void write(WorkMemory held) {
        ByteSink block = new ByteSink(1 << 16);
        Vector[] chunk = chunks[written];
        for (int row = 0; row < 1 << bits; row++) {
            RowForm.write(chunk, row, block);
        }
        if (written >= positions.length) {
            positions = Arrays.copyOf(positions, chunks.length);
            lengths = Arrays.copyOf(lengths, chunks.length);
        }
        positions[written] = held.file().append(block.array(), block.size());
        lengths[written] = block.size();
        chunks[written] = null;
        writtenBytes += begunAtBytes[written + 1] - begunAtBytes[written];
        written++;
    }

    private Vector[] chunk(int index) {
        Vector[] chunk = chunks[index];
        return chunk != null ? chunk : read(index);
    }

    private Vector[] read(int index) {
        for (int i = 0; i < READ_CHUNKS; i++) {
            if (readChunks[i] != null && readIndex[i] == index) {
                return readChunks[i];
            }
        }
        ByteSource source = new ByteSource(memory.orElseThrow().file().read(positions[index], lengths[index]));
        Vector[] chunk = fresh(1 << bits);
        for (int row = 0; row < 1 << bits; row++) {
            RowForm.read(source, chunk, row);
        }
        readChunks[nextRead] = chunk;
        readIndex[nextRead] = index;
        nextRead = (nextRead + 1) % READ_CHUNKS;
        return chunk;
    }

    /** The vector that holds a row's column; the row's place in it is {@link #place}. */
    Vector vector(int row, int column) {
        return chunk(row >>> bits)[column];
    }

    /** The row's index within the vectors that hold it. */
    int place(int row) {
        return row & (1 << bits) - 1;
    }

    /** The boxed value, which does not share bytes, or null. */
    Object get(int row, int column) {
        return vector(row, column).get(place(row));
    }

    /** Makes row {@code target} of some vectors, from {@code firstColumn} on, point at a stored row. */
    void share(int row, Batch out, int firstColumn, int target) {
        Vector[] chunk = chunk(row >>> bits);
        int at = place(row);
        for (int c = 0; c < chunk.length; c++) {
            Vectors.share(chunk[c], at, out.column(firstColumn + c), target);
        }
    }

    /** {@link #share} for {@code count} rows, whose numbers begin at {@code from} in a list, to the rows 0 and on of a batch. */
    void gather(int[] list, int from, int count, Batch out, int firstColumn) {
        if (written > 0) {
            for (int i = 0; i < count; i++) {
                share(list[from + i], out, firstColumn, i);
            }
            return;
        }
        for (int c = 0; c < carriers.size(); c++) {
            gather(list, from, count, c, out.column(firstColumn + c));
        }
    }

    private void gather(int[] list, int from, int count, int column, Vector target) {
        int mask = (1 << bits) - 1;
        switch (target) {
            case IntVector to -> {
                for (int i = 0; i < count; i++) {
                    int row = list[from + i];
                    IntVector source = (IntVector) chunks[row >>> bits][column];
                    if (source.isNull(row & mask)) {
                        to.setNull(i);
                    } else {
                        to.put(i, source.values[row & mask]);
                    }
                }
            }
            case LongVector to -> {
                for (int i = 0; i < count; i++) {
                    int row = list[from + i];
                    LongVector source = (LongVector) chunks[row >>> bits][column];
                    if (source.isNull(row & mask)) {
                        to.setNull(i);
                    } else {
                        to.put(i, source.values[row & mask]);
                    }
                }
            }
            case DoubleVector to -> {
                for (int i = 0; i < count; i++) {
                    int row = list[from + i];
                    to.copyFrom(chunks[row >>> bits][column], row & mask, i);
                }
            }
            case BytesVector to -> {
                for (int i = 0; i < count; i++) {
                    int row = list[from + i];
                    BytesVector source = (BytesVector) chunks[row >>> bits][column];
                    int at = row & mask;
                    if (source.isNull(at)) {
                        to.setNull(i);
                    } else {
                        to.point(i, source.arrays[at], source.offsets[at], source.lengths[at]);
                    }
                }
            }
            case ObjectVector to -> {
                for (int i = 0; i < count; i++) {
                    int row = list[from + i];
                    to.copyFrom(chunks[row >>> bits][column], row & mask, i);
                }
            }
            case org.gajah.vector.BoolVector to -> {
                for (int i = 0; i < count; i++) {
                    int row = list[from + i];
                    to.copyFrom(chunks[row >>> bits][column], row & mask, i);
                }
            }
        }
    }

    /** Gives rows from {@code from} on, at most {@code max}, as a batch whose columns are the store's own first ones; returns how many. */
    int view(int from, int max, Batch out) {
        int at = place(from);
        int count = Math.min(Math.min(max, size - from), Math.min((1 << bits) - at, out.selection().rows.length));
        Selection rows = out.selection();
        if (count <= 0) {
            rows.clear();
            return 0;
        }
        Vector[] chunk = chunk(from >>> bits);
        for (int c = 0; c < out.columnCount(); c++) {
            out.setColumn(c, chunk[c]);
        }
        for (int i = 0; i < count; i++) {
            rows.rows[i] = at + i;
        }
        rows.setCount(count);
        return count;
    }
}
