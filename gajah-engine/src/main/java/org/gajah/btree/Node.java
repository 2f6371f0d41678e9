package org.gajah.btree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.gajah.page.Memory;
import org.gajah.page.Page;

/**
 * The layout of a tree page, as functions of its address.
 *
 * <p>Header; hints; slots, growing upwards; free space; heap, growing downwards. A slot is one long: the first four bytes of the
 * entry (its head, big-endian, padded with zeros), and where the entry is in the heap and how long its key is. An entry is the
 * key without the node's prefix, the tid (6 bytes) and, in an inner node, the child (4 bytes) with everything below the entry;
 * what is not below any is in the upper child. The prefix is what both fences begin with, so every key that is looked for here has
 * it; or, if that is worth it, a prefix of the node's own, which its entries begin with but other keys may not. Hints are the heads of 16 evenly spaced slots: they spare most of a search its
 * cache misses. Entries are in strictly ascending order.
 */
final class Node {
    static final int MAGIC = 0x4254;
    static final int TID_BYTES = 6;
    static final int CHILD_BYTES = 4;
    static final int SLOT_BYTES = 8;

    private static final int AT_MAGIC = Page.CONTENT;
    private static final int AT_LEVEL = Page.CONTENT + 2;
    private static final int AT_OWN_PREFIX = Page.CONTENT + 3;
    private static final int AT_COUNT = Page.CONTENT + 4;
    private static final int AT_HEAP = Page.CONTENT + 6;
    private static final int AT_FRAGMENTED = Page.CONTENT + 8;
    private static final int AT_PREFIX = Page.CONTENT + 10;
    private static final int AT_LOW = Page.CONTENT + 12;
    private static final int AT_LOW_LENGTH = Page.CONTENT + 14;
    private static final int AT_HIGH = Page.CONTENT + 16;
    private static final int AT_HIGH_LENGTH = Page.CONTENT + 18;
    private static final int AT_UPPER = Page.CONTENT + 20;
    private static final int AT_PREFIX_AT = Page.CONTENT + 24;
    private static final int AT_HINTS = 64;
    static final int AT_SLOTS = 128;

    private static final int HINTS = 16;
    /** Fewer slots than this are searched without hints. */
    private static final int MIN_HINTED = 2 * HINTS + 1;
    /** Bytes that a prefix of its own must save where the fences have one already. */
    private static final int WORTHWHILE = 512;
    /** The fence offset of "no fence": nothing is beyond. */
    private static final int NO_FENCE = 0;
    private static final VarHandle BYTES_AS_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Node() {}

    // ---- header

    static boolean isNode(long node) {
        return Memory.getUnsignedShort(node, AT_MAGIC) == MAGIC;
    }

    static int level(long node) {
        return Memory.getUnsignedByte(node, AT_LEVEL);
    }

    static int count(long node) {
        return Memory.getUnsignedShort(node, AT_COUNT);
    }

    private static int heapStart(long node) {
        return Memory.getUnsignedShort(node, AT_HEAP);
    }

    private static int fragmented(long node) {
        return Memory.getUnsignedShort(node, AT_FRAGMENTED);
    }

    static int prefixLength(long node) {
        return Memory.getUnsignedShort(node, AT_PREFIX);
    }

    static int upper(long node) {
        return Memory.getInt(node, AT_UPPER);
    }

    /** Where the prefix is. */
    static int prefixOffset(long node) {
        return Memory.getUnsignedShort(node, AT_PREFIX_AT);
    }

    /** Whether the prefix is not that of both fences. */
    static boolean hasOwnPrefix(long node) {
        return Memory.getByte(node, AT_OWN_PREFIX) != 0;
    }

    private static int lowOffset(long node) {
        return Memory.getUnsignedShort(node, AT_LOW);
    }

    private static int lowLength(long node) {
        return Memory.getUnsignedShort(node, AT_LOW_LENGTH);
    }

    private static int highOffset(long node) {
        return Memory.getUnsignedShort(node, AT_HIGH);
    }

    private static int highLength(long node) {
        return Memory.getUnsignedShort(node, AT_HIGH_LENGTH);
    }

    /** Bytes that entries, slots and fences take. */
    static int used(long node) {
        return Memory.PAGE_SIZE - AT_SLOTS - freeBytes(node);
    }

    /** Bytes that entries and slots take, fences and prefix not counted. */
    static int entryBytes(long node) {
        int low = hasLow(node) ? lowLength(node) + TID_BYTES : 0;
        int high = hasHigh(node) ? highLength(node) + TID_BYTES : 0;
        return used(node) - low - high - (hasOwnPrefix(node) ? prefixLength(node) : 0);
    }

    /** Bytes that are free, in one piece or not. */
    static int freeBytes(long node) {
        return freeRun(node) + fragmented(node);
    }

    private static int freeRun(long node) {
        return heapStart(node) - AT_SLOTS - count(node) * SLOT_BYTES;
    }

    // ---- entries

    static long slot(long node, int index) {
        return Memory.getLong(node, AT_SLOTS + index * SLOT_BYTES);
    }

    static int offset(long slot) {
        return (int) (slot >>> 16) & 0xffff;
    }

    static int length(long slot) {
        return (int) slot & 0xffff;
    }

    static long tidAt(long node, int offset) {
        return Memory.getInt(node, offset) & 0xffffffffL | (long) Memory.getUnsignedShort(node, offset + 4) << 32;
    }

    private static void putTid(long node, int offset, long tid) {
        Memory.putInt(node, offset, (int) tid);
        Memory.putShort(node, offset + 4, (int) (tid >>> 32));
    }

    static long tid(long node, int index) {
        long slot = slot(node, index);
        return tidAt(node, offset(slot) + length(slot));
    }

    /** The child before entry {@code index}; the upper one for the index behind the last. */
    static int child(long node, int index) {
        if (index == count(node)) {
            return upper(node);
        }
        long slot = slot(node, index);
        return Memory.getInt(node, offset(slot) + length(slot) + TID_BYTES);
    }

    static void setChild(long node, int index, int child) {
        if (index == count(node)) {
            Memory.putInt(node, AT_UPPER, child);
        } else {
            long slot = slot(node, index);
            Memory.putInt(node, offset(slot) + length(slot) + TID_BYTES, child);
        }
    }

    private static int entryBytes(long node, int keyLength) {
        return keyLength + TID_BYTES + (level(node) == 0 ? 0 : CHILD_BYTES);
    }

    // ---- fences

    /** The high fence's order towards {@code p}; none is above. */
    static int compareHigh(long node, Position p) {
        return compareFence(node, highOffset(node), highLength(node), p, 1);
    }

    /** The low fence's order towards {@code p}; none is below. */
    static int compareLow(long node, Position p) {
        return compareFence(node, lowOffset(node), lowLength(node), p, -1);
    }

    static boolean hasLow(long node) {
        return lowOffset(node) != NO_FENCE;
    }

    static boolean hasHigh(long node) {
        return highOffset(node) != NO_FENCE;
    }

    /** Whether the low fence has the key of {@code p}: then the node on the left may have it too. */
    static boolean isLowKey(long node, Position p) {
        return isFenceKey(node, lowOffset(node), lowLength(node), p);
    }

    /** Whether the high fence has the key of {@code p}: then the node on the right may have it too. */
    static boolean isHighKey(long node, Position p) {
        return isFenceKey(node, highOffset(node), highLength(node), p);
    }

    private static boolean isFenceKey(long node, int offset, int length, Position p) {
        return offset != NO_FENCE && length == p.length() && Memory.compare(node, offset, length, p.bytes(), p.offset(), length) == 0;
    }

    private static int compareFence(long node, int offset, int length, Position p, int ifNone) {
        if (offset == NO_FENCE) {
            return ifNone;
        }
        int order = Memory.compare(node, offset, length, p.bytes(), p.offset(), p.length());
        return order != 0 ? order : Long.compare(tidAt(node, offset + length), p.tid());
    }

    /** A copy of the low fence, or null. */
    static Position low(long node) {
        return fence(node, lowOffset(node), lowLength(node));
    }

    /** A copy of the high fence, or null. */
    static Position high(long node) {
        return fence(node, highOffset(node), highLength(node));
    }

    private static Position fence(long node, int offset, int length) {
        if (offset == NO_FENCE) {
            return null;
        }
        byte[] bytes = new byte[length];
        Memory.get(node, offset, bytes, 0, length);
        return new Position(bytes, 0, length, tidAt(node, offset + length));
    }

    // ---- search

    /** The first four of {@code length} bytes as an unsigned big-endian number, padded with zeros. */
    static int head(byte[] bytes, int offset, int length) {
        if (length >= 4) {
            return (int) BYTES_AS_INT.get(bytes, offset);
        }
        int head = 0;
        for (int i = 0; i < length; i++) {
            head |= (bytes[offset + i] & 0xff) << 24 - 8 * i;
        }
        return head;
    }

    /** The order of the node's own prefix towards the beginning of {@code p}; 0 is equal, or there is none. */
    private static int compareOwnPrefix(long node, Position p) {
        if (!hasOwnPrefix(node)) {
            return 0;
        }
        int prefix = prefixLength(node);
        return Memory.compare(node, prefixOffset(node), prefix, p.bytes(), p.offset(), Math.min(prefix, p.length()));
    }

    /** The first index whose entry is not below (the key of {@code p}, {@code tid}). The node must cover it. */
    static int lowerBound(long node, Position p, long tid) {
        int side = compareOwnPrefix(node, p);
        if (side != 0) {
            return side > 0 ? 0 : count(node);
        }
        int prefix = prefixLength(node);
        int start = p.offset() + prefix;
        int rest = p.length() - prefix;
        if (rest < 0) {
            throw new IndexOutOfBoundsException("prefix");
        }
        long head = head(p.bytes(), start, rest) & 0xffffffffL;
        int count = count(node);
        int low = 0;
        int high = count;
        if (count >= MIN_HINTED) {
            int distance = count / (HINTS + 1);
            int hint = hintsBelow(node, head);
            low = hint * distance;
            while (hint < HINTS && hint(node, hint) == head) {
                hint++;
            }
            if (hint < HINTS) {
                high = (hint + 1) * distance;
            }
        }
        int index = headBound(node, low, high, head);
        if (index == high || slot(node, index) >>> 32 != head || order(node, index, p, start, rest, tid) >= 0) {
            return index;
        }
        return boundAmongEqualHeads(node, index + 1, high, p, start, rest, tid);
    }

    /**
     * The first index from {@code low} to {@code high} whose head is not below {@code head}. Without branches that depend on the data:
     * they would be guessed wrong half of the time.
     */
    private static int headBound(long node, int low, int high, long head) {
        int base = low;
        int n = high - low;
        while (n > 1) {
            int half = n >>> 1;
            base += half & isBelow(slot(node, base + half - 1) >>> 32, head);
            n -= half;
        }
        return n == 1 ? base - isBelow(slot(node, base) >>> 32, head) : base;
    }

    /** -1 if one head is below another, else 0. */
    private static int isBelow(long head, long other) {
        return (int) (head - other >> 63);
    }

    private static int boundAmongEqualHeads(long node, int from, int to, Position p, int start, int rest, long tid) {
        int low = from;
        int high = to;
        long head = slot(node, from - 1) >>> 32;
        while (low < high) {
            int middle = low + high >>> 1;
            if (slot(node, middle) >>> 32 == head && order(node, middle, p, start, rest, tid) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The order of entry {@code index} towards the rest of a key and a tid. */
    private static long order(long node, int index, Position p, int start, int rest, long tid) {
        long slot = slot(node, index);
        int offset = offset(slot);
        int length = length(slot);
        int order = length <= 4 && length == rest ? 0 : Memory.compare(node, offset, length, p.bytes(), start, rest);
        return order != 0 ? order : tidAt(node, offset + length) - tid;
    }

    private static long hint(long node, int index) {
        return Memory.getInt(node, AT_HINTS + 4 * index) & 0xffffffffL;
    }

    /** How many hints are below {@code head}. */
    private static int hintsBelow(long node, long head) {
        int n = 8 & isBelow(hint(node, 7), head);
        n += 4 & isBelow(hint(node, n + 3), head);
        n += 2 & isBelow(hint(node, n + 1), head);
        n -= isBelow(hint(node, n), head);
        return n == HINTS - 1 ? n - isBelow(hint(node, n), head) : n;
    }

    /** The index of the child with what is at and directly above {@code p}. */
    static int childIndex(long node, Position p) {
        return lowerBound(node, p, p.tid() + 1);
    }

    /** The index of the child with what is directly below {@code p}. */
    static int childIndexBelow(long node, Position p) {
        return lowerBound(node, p, p.tid());
    }

    /** Whether entry {@code index} is exactly {@code p}. */
    static boolean isAt(long node, int index, Position p) {
        return index < count(node) && tid(node, index) == p.tid() && hasKey(node, index, p);
    }

    /** Whether entry {@code index} has the key of {@code p}, given that the node covers {@code p}. */
    static boolean hasKey(long node, int index, Position p) {
        long slot = slot(node, index);
        int prefix = prefixLength(node);
        int start = p.offset() + prefix;
        int length = length(slot);
        return length == p.length() - prefix && (int) (slot >>> 32) == head(p.bytes(), start, length)
                && (length <= 4 || Memory.compare(node, offset(slot), length, p.bytes(), start, length) == 0)
                && compareOwnPrefix(node, p) == 0;
    }

    // ---- change

    /** Whether {@code p} fits, perhaps after the node was written anew. */
    static boolean fits(long node, Position p) {
        int prefix = prefixLength(node);
        int count = count(node);
        int common = commonPrefix(node, p);
        int longer = 0;
        if (common < prefix) {
            common = choosePrefix(fencePrefix(low(node), high(node)), common, count);
            longer = (prefix - common) * count;
        }
        return freeBytes(node) >= SLOT_BYTES + entryBytes(node, p.length() - common) + longer;
    }

    /** Whether {@code p} fits only after the node was written anew, or whether that is due for a better prefix. */
    static boolean needsRewrite(long node, Position p) {
        return freeRun(node) < SLOT_BYTES + entryBytes(node, p.length() - prefixLength(node))
                || compareOwnPrefix(node, p) != 0 || isPrefixDue(node);
    }

    /** A node that grows without a prefix looks for one of its own now and then. */
    private static boolean isPrefixDue(long node) {
        int count = count(node);
        return (count == 16 || count == 64 || count == 256) && prefixLength(node) == 0;
    }

    /** How much of the node's prefix {@code p} has. */
    static int commonPrefix(long node, Position p) {
        int prefix = prefixLength(node);
        if (compareOwnPrefix(node, p) == 0) {
            return prefix;
        }
        int at = prefixOffset(node);
        int common = 0;
        while (common < Math.min(prefix, p.length())
                && Memory.getByte(node, at + common) == p.bytes()[p.offset() + common]) {
            common++;
        }
        return common;
    }

    /** Puts an entry at {@code index}; it fits. In an inner node {@code child} has what is below it. */
    static void insert(long node, int index, Position p, int child) {
        int count = count(node);
        int at = AT_SLOTS + index * SLOT_BYTES;
        int prefix = prefixLength(node);
        Memory.copy(node, at, node, at + SLOT_BYTES, (count - index) * SLOT_BYTES);
        place(node, at, p.bytes(), p.offset() + prefix, p.length() - prefix, p.tid(), child);
        Memory.putShort(node, AT_COUNT, count + 1);
        updateHints(node, index);
    }

    /** Puts an entry behind the last, given its key without the prefix; leaves the hints alone. */
    static void append(long node, byte[] bytes, int start, int length, long tid, int child) {
        int count = count(node);
        place(node, AT_SLOTS + count * SLOT_BYTES, bytes, start, length, tid, child);
        Memory.putShort(node, AT_COUNT, count + 1);
    }

    private static void place(long node, int atSlot, byte[] bytes, int start, int length, long tid, int child) {
        int offset = heapStart(node) - entryBytes(node, length);
        Memory.put(node, offset, bytes, start, length);
        putTid(node, offset + length, tid);
        if (level(node) != 0) {
            Memory.putInt(node, offset + length + TID_BYTES, child);
        }
        Memory.putShort(node, AT_HEAP, offset);
        Memory.putLong(node, atSlot, (long) head(bytes, start, length) << 32 | (long) offset << 16 | length);
    }

    /** Takes entry {@code index} out; in an inner node its child goes with it. */
    static void remove(long node, int index) {
        int count = count(node);
        long slot = slot(node, index);
        int bytes = entryBytes(node, length(slot));
        int at = AT_SLOTS + index * SLOT_BYTES;
        Memory.copy(node, at + SLOT_BYTES, node, at, (count - index - 1) * SLOT_BYTES);
        Memory.putShort(node, AT_COUNT, count - 1);
        if (offset(slot) == heapStart(node)) {
            Memory.putShort(node, AT_HEAP, offset(slot) + bytes);
        } else {
            Memory.putShort(node, AT_FRAGMENTED, fragmented(node) + bytes);
        }
        updateHints(node, index);
    }

    /** Renews the hints after a change at {@code index}. */
    private static void updateHints(long node, int index) {
        int count = count(node);
        if (count < MIN_HINTED) {
            return;
        }
        int distance = count / (HINTS + 1);
        int first = 0;
        boolean sameDistance = (count - 1) / (HINTS + 1) == distance && (count + 1) / (HINTS + 1) == distance;
        if (sameDistance && count - 1 >= MIN_HINTED) {
            first = Math.max(0, index / distance - 1);
        }
        for (int i = first; i < HINTS; i++) {
            long slot = slot(node, distance * (i + 1));
            Memory.putInt(node, AT_HINTS + 4 * i, (int) (slot >>> 32));
        }
    }

    /** Makes hints for all entries. */
    static void makeHints(long node) {
        int count = count(node);
        int distance = count / (HINTS + 1);
        for (int i = 0; i < HINTS && count >= MIN_HINTED; i++) {
            Memory.putInt(node, AT_HINTS + 4 * i, (int) (slot(node, distance * (i + 1)) >>> 32));
        }
    }

    /** Whether the hints are what the slots say; for checking. */
    static boolean hintsAreRight(long node) {
        int count = count(node);
        int distance = count / (HINTS + 1);
        for (int i = 0; i < HINTS && count >= MIN_HINTED; i++) {
            if (hint(node, i) != slot(node, distance * (i + 1)) >>> 32) {
                return false;
            }
        }
        return true;
    }

    /** What both fences begin with. Null is no fence. */
    static int fencePrefix(Position low, Position high) {
        return low == null || high == null ? 0 : low.commonPrefix(high);
    }

    /** The prefix's length for {@code count} entries with {@code common} bytes in common: a longer one has to be worth it. */
    static int choosePrefix(int fencePrefix, int common, int count) {
        int saved = (common - fencePrefix) * (count - 1);
        return saved > (fencePrefix == 0 ? 0 : WORTHWHILE) ? common : fencePrefix;
    }

    /**
     * Makes the page an empty node between two fences. Null is no fence. A {@code prefixLength} that is more than the fences have in
     * common is of the node's own, in {@code prefix}.
     */
    static void format(long node, int level, Position low, Position high, byte[] prefix, int prefixLength) {
        Memory.putShort(node, AT_MAGIC, MAGIC);
        Memory.putByte(node, AT_LEVEL, level);
        Memory.putShort(node, AT_COUNT, 0);
        Memory.putShort(node, AT_HEAP, Memory.PAGE_SIZE);
        Memory.putShort(node, AT_FRAGMENTED, 0);
        Memory.putInt(node, AT_UPPER, 0);
        putFence(node, low, AT_LOW, AT_LOW_LENGTH);
        putFence(node, high, AT_HIGH, AT_HIGH_LENGTH);
        boolean own = prefixLength > fencePrefix(low, high);
        int at = own ? heapStart(node) - prefixLength : lowOffset(node);
        if (own) {
            Memory.put(node, at, prefix, 0, prefixLength);
            Memory.putShort(node, AT_HEAP, at);
        }
        Memory.putByte(node, AT_OWN_PREFIX, own ? 1 : 0);
        Memory.putShort(node, AT_PREFIX_AT, at);
        Memory.putShort(node, AT_PREFIX, prefixLength);
    }

    /** Makes the page an empty node with all of the key space. */
    static void format(long node, int level) {
        format(node, level, null, null, Position.LOWEST.bytes(), 0);
    }

    private static void putFence(long node, Position fence, int atOffset, int atLength) {
        if (fence == null) {
            Memory.putShort(node, atOffset, NO_FENCE);
            Memory.putShort(node, atLength, 0);
            return;
        }
        int offset = heapStart(node) - fence.length() - TID_BYTES;
        Memory.put(node, offset, fence.bytes(), fence.offset(), fence.length());
        putTid(node, offset + fence.length(), fence.tid());
        Memory.putShort(node, AT_HEAP, offset);
        Memory.putShort(node, atOffset, offset);
        Memory.putShort(node, atLength, fence.length());
    }

    static void setUpper(long node, int child) {
        Memory.putInt(node, AT_UPPER, child);
    }
}
