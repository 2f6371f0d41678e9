package org.gajah.vector;

import java.util.Arrays;

import org.gajah.base.Slice;

/**
 * A column of byte runs. Each row points into some array: usually the vector's own heap, which is written front to back and
 * forgotten by {@link #reset}; or an array that belongs to someone else and outlives the batch (a constant, an input message).
 */
public final class BytesVector extends Vector {
    /** By row: the array that holds the bytes, where they start, how many there are. For inner loops. */
    public final byte[][] arrays;
    public final int[] offsets;
    public final int[] lengths;
    private byte[] heap = new byte[0];
    private int heapSize;
    private long fullHeapBytes;

    public BytesVector(int capacity) {
        super(capacity);
        arrays = new byte[capacity][];
        offsets = new int[capacity];
        lengths = new int[capacity];
    }

    @Override
    public Carrier carrier() {
        return Carrier.BYTES;
    }

    /** Points a row at bytes that outlive this batch, without copying. */
    public void point(int row, byte[] array, int offset, int length) {
        setNotNull(row);
        arrays[row] = array;
        offsets[row] = offset;
        lengths[row] = length;
    }

    /** Points a row at bytes that outlive this batch, without copying. */
    public void point(int row, Slice slice) {
        point(row, slice.array(), slice.offset(), slice.length());
    }

    /** Copies bytes into the vector's heap and points the row at them. */
    public void put(int row, byte[] source, int offset, int length) {
        int at = allocate(row, length);
        System.arraycopy(source, offset, heap, at, length);
    }

    /** Copies bytes into the vector's heap and points the row at them. */
    public void put(int row, Slice slice) {
        put(row, slice.array(), slice.offset(), slice.length());
    }

    /**
     * Points the row at {@code length} fresh bytes of the heap and returns where they start in {@code arrays[row]}; the caller
     * fills them. When the heap is full a new one is begun: rows written before keep the old array.
     */
    public int allocate(int row, int length) {
        if (length > heap.length - heapSize) {
            fullHeapBytes += heap.length;
            heap = new byte[Math.max(length, Math.max(256, Math.min(1 << 20, heap.length * 2)))];
            heapSize = 0;
        }
        int at = heapSize;
        heapSize += length;
        point(row, heap, at, length);
        return at;
    }

    /** Bytes of memory taken by the vector's own heap. */
    public long heapBytes() {
        return fullHeapBytes + heap.length;
    }

    /** The row's bytes, which must not be null; valid as long as the batch. */
    public Slice slice(int row) {
        return new Slice(arrays[row], offsets[row], lengths[row]);
    }

    @Override
    public void reset() {
        super.reset();
        heapSize = 0;
        fullHeapBytes = 0;
    }

    /** A slice of its own bytes, fit for keeping, or null. */
    @Override
    public Object get(int row) {
        return isNull(row) ? null
                : Slice.of(Arrays.copyOfRange(arrays[row], offsets[row], offsets[row] + lengths[row]));
    }

    @Override
    public void set(int row, Object value) {
        if (value == null) {
            setNull(row);
        } else {
            put(row, (Slice) value);
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int row) {
        if (source.isNull(sourceRow)) {
            setNull(row);
        } else {
            BytesVector from = (BytesVector) source;
            put(row, from.arrays[sourceRow], from.offsets[sourceRow], from.lengths[sourceRow]);
        }
    }
}
