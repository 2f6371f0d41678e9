package org.gajah.btree;

import java.util.Arrays;
import org.gajah.page.Memory;
import org.gajah.table.EntryTree;

/**
 * The entries of one node, or of two neighbours and the separator between them, copied out of their pages, so that pages can be
 * written anew from them. Made before anything is latched, because it allocates; filling and writing allocate nothing.
 */
final class NodeImage {
    private static final int MOST = capacity() / (Node.SLOT_BYTES + Node.TID_BYTES) + 1;
    private static final int SOURCES = 3;

    /** Copies of the sources' pages, or of a single key. */
    private final byte[][] sources = new byte[SOURCES][];
    private final int[] prefixStarts = new int[SOURCES];
    private final int[] prefixLengths = new int[SOURCES];
    private int sourceCount;

    private final byte[] sourceOf;
    private final int[] starts;
    private final int[] lengths;
    private final long[] tids;
    private final int[] children;
    private int count;
    private int upper;
    private boolean leaf;
    private final byte[] key = new byte[EntryTree.MAX_KEY_LENGTH];
    private final byte[] otherKey = new byte[EntryTree.MAX_KEY_LENGTH];

    /** For the entries of up to {@code nodes} nodes. */
    NodeImage(int nodes) {
        int most = nodes * MOST + 1;
        sourceOf = new byte[most];
        starts = new int[most];
        lengths = new int[most];
        tids = new long[most];
        children = new int[most];
        for (int i = 0; i < SOURCES; i++) {
            sources[i] = new byte[i < nodes ? Memory.PAGE_SIZE : EntryTree.MAX_KEY_LENGTH];
        }
    }

    static int capacity() {
        return Memory.PAGE_SIZE - Node.AT_SLOTS;
    }

    /** Starts over with nothing. */
    void clear() {
        count = 0;
        sourceCount = 0;
    }

    /** Adds all entries of a node; its upper child becomes this one's. */
    void addAll(long node) {
        int source = sourceCount++;
        Memory.get(node, 0, sources[source], 0, Memory.PAGE_SIZE);
        prefixStarts[source] = Node.prefixOffset(node);
        prefixLengths[source] = Node.prefixLength(node);
        int n = Node.count(node);
        leaf = Node.level(node) == 0;
        for (int i = 0; i < n; i++) {
            long slot = Node.slot(node, i);
            int offset = Node.offset(slot);
            int length = Node.length(slot);
            sourceOf[count] = (byte) source;
            starts[count] = offset;
            lengths[count] = length;
            tids[count] = Node.tidAt(node, offset + length);
            children[count] = leaf ? 0 : Memory.getInt(node, offset + length + Node.TID_BYTES);
            count++;
        }
        upper = Node.upper(node);
    }

    /** Adds the separator between two nodes, behind the first, with the first one's upper child below it. */
    void addSeparator(Position p) {
        // The last source is always a key's.
        int source = SOURCES - 1;
        System.arraycopy(p.bytes(), p.offset(), sources[source], 0, p.length());
        prefixLengths[source] = 0;
        sourceOf[count] = (byte) source;
        starts[count] = 0;
        lengths[count] = p.length();
        tids[count] = p.tid();
        children[count] = upper;
        count++;
    }

    int count() {
        return count;
    }

    int upper() {
        return upper;
    }

    int child(int index) {
        return index == count ? upper : children[index];
    }

    boolean isLeaf() {
        return leaf;
    }

    /** The length of an entry's key without its node's prefix. */
    int suffixLength(int index) {
        return lengths[index];
    }

    private int keyLength(int index) {
        return prefixLengths[sourceOf[index]] + lengths[index];
    }

    /** A copy of an entry. */
    Position position(int index) {
        int length = assemble(index);
        return new Position(Arrays.copyOf(key, length), 0, length, tids[index]);
    }

    /** How many bytes {@code p} and the first entry begin with. */
    private int commonPrefix(Position p) {
        if (count == 0) {
            return 0;
        }
        int length = assemble(0);
        int mismatch = Arrays.mismatch(key, 0, length, p.bytes(), p.offset(), p.offset() + p.length());
        return mismatch < 0 ? length : mismatch;
    }

    private int assemble(int index) {
        int source = sourceOf[index];
        int prefix = prefixLengths[source];
        System.arraycopy(sources[source], prefixStarts[source], key, 0, prefix);
        System.arraycopy(sources[source], starts[index], key, prefix, lengths[index]);
        return prefix + lengths[index];
    }

    /** How many bytes all entries {@code from} to {@code to} begin with; nothing for a single one. */
    private int ownPrefix(int from, int to) {
        if (to - from < 2) {
            return 0;
        }
        int otherLength = assemble(to - 1);
        System.arraycopy(key, 0, otherKey, 0, otherLength);
        int length = assemble(from);
        int mismatch = Arrays.mismatch(key, 0, length, otherKey, 0, otherLength);
        return mismatch < 0 ? length : mismatch;
    }

    /** Makes the page a node of entries {@code from} to {@code to}; the prefix shrinks or grows. */
    void write(long node, int level, Position low, Position high, int from, int to, int upperChild) {
        int prefix = Node.choosePrefix(Node.fencePrefix(low, high), ownPrefix(from, to), to - from);
        write(node, level, low, high, from, to, upperChild, prefix);
    }

    /** Writes {@code node}, from which all entries are, anew, so that {@code p} can be added if {@link Node#fits} said so. */
    void rewrite(long node, Position p) {
        Position low = Node.low(node);
        Position high = Node.high(node);
        int old = Node.prefixLength(node);
        int common = Math.min(ownPrefix(0, count), commonPrefix(p));
        int chosen = Node.choosePrefix(Node.fencePrefix(low, high), common, count);
        write(node, Node.level(node), low, high, 0, count, upper, common >= old ? Math.max(chosen, old) : chosen);
    }

    private void write(long node, int level, Position low, Position high, int from, int to, int upperChild, int prefix) {
        if (to > from) {
            assemble(from);
        }
        Node.format(node, level, low, high, key, prefix);
        for (int i = from; i < to; i++) {
            int more = prefix - prefixLengths[sourceOf[i]];
            if (more >= 0) {
                Node.append(node, sources[sourceOf[i]], starts[i] + more, lengths[i] - more, tids[i], children[i]);
            } else {
                int length = assemble(i);
                Node.append(node, key, prefix, length - prefix, tids[i], children[i]);
            }
        }
        Node.setUpper(node, upperChild);
        Node.makeHints(node);
    }

    /** How many bytes the entries took where they come from. */
    int slotBytes() {
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += Node.SLOT_BYTES + Node.TID_BYTES + (leaf ? 0 : Node.CHILD_BYTES) + lengths[i];
        }
        return bytes;
    }

    /** How many bytes {@link #write} would take of the page's {@link #capacity}. */
    int bytes(int level, Position low, Position high, int from, int to) {
        int fencePrefix = Node.fencePrefix(low, high);
        int prefix = Node.choosePrefix(fencePrefix, ownPrefix(from, to), to - from);
        int fixed = Node.SLOT_BYTES + Node.TID_BYTES + (level == 0 ? 0 : Node.CHILD_BYTES) - prefix;
        int bytes = (low == null ? 0 : low.length() + Node.TID_BYTES) + (high == null ? 0 : high.length() + Node.TID_BYTES)
                + (prefix > fencePrefix ? prefix : 0);
        for (int i = from; i < to; i++) {
            bytes += fixed + keyLength(i);
        }
        return bytes;
    }
}
