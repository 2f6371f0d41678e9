package org.gajah.btree;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.page.ChangeGate;
import org.gajah.page.Page;
import org.gajah.page.PageSpace;
import org.gajah.table.EntryBatch;
import org.gajah.table.EntryTree;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyGuard;
import org.gajah.table.KeyRange;
import org.gajah.table.SortedEntries;

/** A tree in a space of pages: finding, adding and removing entries. Safe for any number of threads. */
public final class BTree implements EntryTree {
    /** How often a reader tries without latches. */
    static final int FREE_TRIES = 8;

    private final PageSpace space;
    private final Page root;
    private final TreeSplit split = new TreeSplit(this);
    private final TreeMerge merge = new TreeMerge(this);

    BTree(PageSpace space) {
        this.space = space;
        this.root = space.page(0);
    }

    /** Makes an empty tree in a space without pages; its root is page 0. */
    static BTree create(PageSpace space) {
        Page page = space.allocate();
        try {
            Node.format(page.address(), 0);
        } finally {
            page.unlatchExclusive();
            page.unpin();
        }
        if (page.number() != 0) {
            throw new IllegalStateException("the space is not empty");
        }
        return new BTree(space);
    }

    PageSpace space() {
        return space;
    }

    Page root() {
        return root;
    }

    @Override
    public boolean insert(Slice key, long tid) {
        if (key.length() > MAX_KEY_LENGTH) {
            throw tooLong(key.length());
        }
        Position p = Position.of(key, tid);
        while (true) {
            Page leaf = latchLeaf(p);
            try {
                long node = leaf.address();
                int index = Node.lowerBound(node, p, tid);
                if (Node.isAt(node, index, p)) {
                    return false;
                }
                if (Node.fits(node, p)) {
                    leaf.beforeChange();
                    change(() -> put(node, index, p));
                    return true;
                }
            } finally {
                leaf.unlatchExclusive();
                leaf.unpin();
            }
            split.makeRoom(p);
        }
    }

    @Override
    public int insertSome(EntryBatch entries, int from, Optional<KeyGuard> guard) {
        Position first = LeafRun.position(entries, from);
        while (first.length() <= MAX_KEY_LENGTH) {
            Page leaf = latchLeaf(first);
            try {
                LeafRun run = new LeafRun(this, leaf, entries, guard);
                int next = run.insert(from);
                if (next > from || !run.isFull()) {
                    return next;
                }
            } finally {
                leaf.unlatchExclusive();
                leaf.unpin();
            }
            split.makeRoom(first);
        }
        return from;
    }

    static void put(long node, int index, Position p) {
        if (Node.needsRewrite(node, p)) {
            rewrite(node, p);
            Node.insert(node, Node.lowerBound(node, p, p.tid()), p, 0);
        } else {
            Node.insert(node, index, p, 0);
        }
    }

    /** Changes bytes of pages. Whatever is thrown meanwhile leaves them half changed, so the database stops. */
    void change(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            throw space.pool().failures().fail(e);
        }
    }

    /** The error for a key that is too long; whoever knows the index's name says more. */
    static SqlError tooLong(int length) {
        return new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED,
                "index row size " + length + " exceeds btree version 4 maximum " + MAX_KEY_LENGTH)
                .hint("Values larger than 1/3 of a buffer page cannot be indexed.\n"
                        + "Consider a function index of an MD5 hash of the value, or use full text indexing.");
    }

    @Override
    public boolean remove(Slice key, long tid) {
        Position p = Position.of(key, tid);
        Page leaf = latchLeaf(p);
        boolean sparse;
        try {
            long node = leaf.address();
            int index = Node.lowerBound(node, p, tid);
            if (!Node.isAt(node, index, p)) {
                return false;
            }
            leaf.beforeChange();
            change(() -> Node.remove(node, index));
            sparse = leaf != root && TreeMerge.isSparse(node);
        } finally {
            leaf.unlatchExclusive();
            leaf.unpin();
        }
        if (sparse) {
            merge.tidy(p);
        }
        return true;
    }

    @Override
    public int find(Slice key, long fromTid, long[] tids) {
        Position p = Position.of(key, fromTid);
        for (int attempt = 0; attempt < FREE_TRIES; attempt++) {
            try {
                Path path = new Path();
                if (descend(path, p, 0, false)) {
                    long node = path.page.residentAddress();
                    int n = node == 0 ? -1 : findIn(node, p, tids);
                    if (n >= 0 && path.isValid()) {
                        return n;
                    }
                    if (n < 0 && path.isValid()) {
                        break;
                    }
                }
            } catch (IndexOutOfBoundsException nonsense) {
                // Read from a page that was being changed: the next attempt, or the latched one, reads it whole.
                Thread.onSpinWait();
            }
        }
        return findByScan(key, fromTid, tids);
    }

    /** As {@link #find} within one leaf; -1 if there may be more in the next. */
    private static int findIn(long node, Position p, long[] tids) {
        int count = Node.count(node);
        int first = Node.lowerBound(node, p, p.tid());
        int n = 0;
        while (n < tids.length && first + n < count) {
            if (!Node.hasKey(node, first + n, p)) {
                return n;
            }
            tids[n] = Node.tid(node, first + n);
            n++;
        }
        if (n == tids.length || Node.compareHigh(node, new Position(p.bytes(), p.offset(), p.length(), Position.AFTER_ALL)) > 0) {
            return n;
        }
        return -1;
    }

    @Override
    public long load(SortedEntries entries) {
        Page page = root.pin();
        boolean empty = Node.level(page.address()) == 0 && Node.count(page.address()) == 0;
        page.unpin();
        return empty ? new BTreeLoad(this).run(entries) : insertAll(entries);
    }

    private long insertAll(SortedEntries entries) {
        ChangeGate gate = space.pool().gate();
        long count = 0;
        while (entries.next()) {
            long ticket = gate.enter();
            try {
                count += insert(entries.key(), entries.tid()) ? 1 : 0;
            } finally {
                gate.leave(ticket);
            }
        }
        return count;
    }

    private int findByScan(Slice key, long fromTid, long[] tids) {
        try (BTreeScan scan = new BTreeScan(this, Position.of(key, fromTid), Position.after(key), false)) {
            int n = 0;
            while (n < tids.length) {
                int more = scan.nextTids(tids, n, tids.length - n);
                if (more == 0) {
                    break;
                }
                n += more;
            }
            return n;
        }
    }

    @Override
    public IndexScan scan(KeyRange range) {
        Position low = range.lower().map(key -> range.lowerInclusive() ? Position.before(key) : Position.after(key))
                .orElse(null);
        Position high = range.upper().map(key -> range.upperInclusive() ? Position.after(key) : Position.before(key))
                .orElse(null);
        return new BTreeScan(this, low, high, range.reverse());
    }

    @Override
    public long entryEstimate() {
        return TreeSample.entryEstimate(this);
    }

    @Override
    public void verify() {
        new BTreeCheck(this).run();
    }

    // ---- descent

    /**
     * Goes from the root to the node of {@code level} that covers {@code p} ({@code below}: what is directly below it), without
     * latches. False if something changed on the way, or a page had to be brought in: then it is tried again.
     */
    boolean descend(Path path, Position p, int level, boolean below) {
        Page page = root;
        long version = versionOf(page);
        while (true) {
            long node = page.residentAddress();
            if (node == 0) {
                bringIn(page);
                return false;
            }
            if (Node.level(node) <= level) {
                path.page = page;
                path.version = version;
                return page.validate(version);
            }
            Page child = space.page(Node.child(node, below ? Node.childIndexBelow(node, p) : Node.childIndex(node, p)));
            long childVersion = versionOf(child);
            if (!page.validate(version)) {
                return false;
            }
            page = child;
            version = childVersion;
        }
    }

    private static long versionOf(Page page) {
        long version = page.readVersion();
        for (int spins = 0; version == Page.BUSY; spins++) {
            if (spins < 64) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            version = page.readVersion();
        }
        return version;
    }

    private static void bringIn(Page page) {
        page.pin();
        page.unpin();
    }

    /** The leaf that covers {@code p}, pinned and latched exclusively. */
    private Page latchLeaf(Position p) {
        Path path = new Path();
        for (int attempt = 0; attempt < FREE_TRIES; attempt++) {
            try {
                if (descend(path, p, 0, false)) {
                    Page leaf = path.page;
                    leaf.pin();
                    if (leaf.tryLatchExclusive(path.version)) {
                        return leaf;
                    }
                    leaf.unpin();
                }
            } catch (IndexOutOfBoundsException nonsense) {
                // Read from a page that was being changed.
                Thread.onSpinWait();
            }
        }
        return latchDown(p, 0, false, true);
    }

    /**
     * The node of {@code level} that covers {@code p} ({@code below}: what is directly below it), pinned and latched, reached with
     * latches from the root down: slower, but sure to arrive. The root if the tree is not higher than that.
     */
    Page latchDown(Position p, int level, boolean below, boolean exclusive) {
        Page page = latchRoot(level, exclusive);
        while (Node.level(page.address()) > level) {
            long node = page.address();
            Page child = child(page, below ? Node.childIndexBelow(node, p) : Node.childIndex(node, p)).pin();
            if (exclusive && Node.level(node) == level + 1) {
                child.latchExclusive();
            } else {
                child.latchShared();
            }
            page.unlatchShared();
            page.unpin();
            page = child;
        }
        return page;
    }

    private Page latchRoot(int level, boolean exclusive) {
        root.pin();
        root.latchShared();
        while (exclusive && Node.level(root.address()) <= level) {
            root.unlatchShared();
            root.latchExclusive();
            if (Node.level(root.address()) <= level) {
                break;
            }
            root.unlatchExclusive();
            root.latchShared();
        }
        return root;
    }

    /** A child of a latched node. */
    Page child(Page page, int index) {
        int number = Node.child(page.address(), index);
        if (number <= 0 || number >= space.count()) {
            throw Corruption.in(space, "page " + page.number() + " points to page " + number);
        }
        return space.page(number);
    }

    /** Writes a node anew so that its free bytes are in one piece and {@code p} has its prefix. */
    static void rewrite(long node, Position p) {
        NodeImage image = new NodeImage(1);
        image.addAll(node);
        image.rewrite(node, p);
    }
}
