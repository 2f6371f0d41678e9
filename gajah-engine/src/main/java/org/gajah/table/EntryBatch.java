package org.gajah.table;

import java.util.Arrays;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Index entries in memory, to be added together: gathered in any order, then sorted by key and tid. */
public final class EntryBatch {
    /** Entries that a batch can take: their numbers must fit beside a piece of the key. */
    public static final int MAX_ENTRIES = 1 << 16;
    private static final int PIECE_BYTES = 6;

    private final ByteSink keys = new ByteSink(1 << 12);
    private int[] ends = new int[256];
    private long[] tids = new long[256];
    private int[] order = new int[256];
    private int size;

    /** An empty batch. */
    public EntryBatch() {
        keys.clear();
    }

    /** Where the key of the next entry is to be written, before {@link #add}. */
    public ByteSink key() {
        return keys;
    }

    /** Adds an entry whose key was written to {@link #key}. */
    public void add(long tid) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            tids = Arrays.copyOf(tids, size * 2);
        }
        ends[size] = keys.size();
        tids[size++] = tid;
    }

    public int size() {
        return size;
    }

    /** Bytes of all keys. */
    public int bytes() {
        return keys.size();
    }

    public void clear() {
        keys.clear();
        size = 0;
    }

    /** The array that all keys are in. */
    public byte[] array() {
        return keys.array();
    }

    /** Where the key of entry {@code index} begins; in key order once {@link #sort} was called. */
    public int offset(int index) {
        return start(order[index]);
    }

    public int length(int index) {
        return ends[order[index]] - start(order[index]);
    }

    public long tid(int index) {
        return tids[order[index]];
    }

    public Slice key(int index) {
        return new Slice(keys.array(), offset(index), length(index));
    }

    /** Whether the entry has the key of the one before it in the order. */
    public boolean hasKeyOfPrevious(int index) {
        int a = order[index];
        int b = order[index - 1];
        return Arrays.equals(keys.array(), start(a), ends[a], keys.array(), start(b), ends[b]);
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    /** Puts the entries in order: by six bytes of their keys behind what all have in common, and where these are equal by everything. */
    public void sort() {
        if (order.length < size) {
            order = new int[ends.length];
        }
        int common = commonPrefix();
        long[] pieces = new long[size];
        for (int i = 0; i < size; i++) {
            pieces[i] = (piece(i, common) << 16 | i) ^ Long.MIN_VALUE;
        }
        Arrays.sort(pieces);
        int from = 0;
        for (int i = 0; i < size; i++) {
            order[i] = (int) pieces[i] & MAX_ENTRIES - 1;
            if (i > 0 && pieces[i] >>> 16 != pieces[i - 1] >>> 16) {
                sortEqualPieces(from, i);
                from = i;
            }
        }
        sortEqualPieces(from, size);
    }

    private int commonPrefix() {
        int common = size == 0 ? 0 : ends[0];
        for (int i = 1; i < size && common > 0; i++) {
            int mismatch = Arrays.mismatch(keys.array(), 0, common, keys.array(), start(i), ends[i]);
            common = mismatch < 0 ? common : mismatch;
        }
        return common;
    }

    private long piece(int entry, int common) {
        int from = start(entry) + common;
        int to = Math.min(from + PIECE_BYTES, ends[entry]);
        long piece = 0;
        for (int i = from; i < to; i++) {
            piece = piece << 8 | keys.array()[i] & 0xff;
        }
        return piece << 8 * (PIECE_BYTES - (to - from));
    }

    private int compare(int a, int b) {
        int order = Arrays.compareUnsigned(keys.array(), start(a), ends[a], keys.array(), start(b), ends[b]);
        return order != 0 ? order : Long.compare(tids[a], tids[b]);
    }

    private void sortEqualPieces(int from, int to) {
        if (to - from < 2) {
            return;
        }
        Integer[] entries = new Integer[to - from];
        for (int i = from; i < to; i++) {
            entries[i - from] = order[i];
        }
        Arrays.sort(entries, this::compare);
        for (int i = from; i < to; i++) {
            order[i] = entries[i - from];
        }
    }
}
