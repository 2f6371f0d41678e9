package org.gajah.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.page.ChangeGate;
import org.gajah.page.PageSpace;
import org.gajah.table.EntryBatch;
import org.gajah.table.EntryTree;
import org.gajah.table.Index;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyGuard;
import org.gajah.table.KeyRange;
import org.gajah.table.RelationId;
import org.gajah.table.SortedEntries;
import org.gajah.txn.Transaction;

/**
 * Entries of a tree within transactions. An entry that is inserted while it is still there (because its removal has not been purged
 * yet: a key that went from A to B and back) is counted as revived, and that removal then passes it by.
 */
final class StoredIndex extends StoredRelation implements Index {
    private static final int STRIPES = 64;

    private record Entry(Slice key, long tid) {
    }

    private final PageSpace space;
    private final EntryTree tree;
    private final Stripe[] stripes = new Stripe[STRIPES];

    /** What makes "is it there" and "count it" one step, for the entries of some tids. */
    private static final class Stripe {
        private final Map<Entry, Integer> revived = new HashMap<>();
    }

    StoredIndex(RelationId id, PageSpace space, EntryTree tree) {
        super(id);
        this.space = space;
        this.tree = tree;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    ChangeGate gate() {
        return space.pool().gate();
    }

    PageSpace space() {
        return space;
    }

    private Stripe stripe(long tid) {
        return stripes[(int) (tid * 0x9E3779B97F4A7C15L >>> 58)];
    }

    @Override
    public void insert(Transaction transaction, Slice key, long tid) {
        if (key.length() > MAX_KEY) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "index row size " + key.length() + " exceeds btree version 4 maximum " + MAX_KEY)
                    .hint("Values larger than 1/3 of a buffer page cannot be indexed.\n"
                            + "Consider a function index of an MD5 hash of the value, or use full text indexing.");
        }
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        add(own, key.copy(), tid);
        log(own, Redo.INDEX_INSERT, key, tid);
    }

    /** What is there already is left to {@link #insert}: so nothing here can meet an entry that is on its way out. */
    @Override
    public int insertSome(Transaction transaction, EntryBatch entries, int from, Optional<KeyGuard> guard) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        int next;
        long ticket = space.pool().gate().enter();
        try {
            next = tree.insertSome(entries, from, guard);
            if (!isMadeBy(own) || own.hasMarks()) {
                own.noteInserted(this, entries, from, next);
            }
        } finally {
            space.pool().gate().leave(ticket);
        }
        for (int i = from; i < next; i++) {
            own.redo().begin(Redo.INDEX_INSERT, id()).putLong(entries.tid(i)).putShort(entries.length(i))
                    .put(entries.array(), entries.offset(i), entries.length(i));
        }
        own.relieve();
        return next;
    }

    private static final int MAX_KEY = EntryTree.MAX_KEY_LENGTH;

    private static void log(StoreTransaction own, Redo kind, Slice key, long tid, RelationId id) {
        ByteSink out = own.redo().begin(kind, id);
        out.putLong(tid).putShort(key.length()).put(key);
        own.relieve();
    }

    private void log(StoreTransaction own, Redo kind, Slice key, long tid) {
        log(own, kind, key, tid, id());
    }

    @Override
    public void remove(Transaction transaction, Slice key, long tid) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        own.noteRemoved(this, key, tid);
        log(own, Redo.INDEX_REMOVE, key, tid);
    }

    /** Adds an entry, or counts it as revived. The transaction notes it inside the gate, so that checkpoints know whose it is. */
    private void add(StoreTransaction own, Slice key, long tid) {
        long ticket = space.pool().gate().enter();
        try {
            Stripe stripe = stripe(tid);
            synchronized (stripe) {
                if (!tree.insert(key, tid)) {
                    stripe.revived.merge(new Entry(key, tid), 1, Integer::sum);
                }
            }
            if (!isMadeBy(own) || own.hasMarks()) {
                own.noteInserted(this, key, tid);
            }
        } finally {
            space.pool().gate().leave(ticket);
        }
    }

    /** Takes an entry away, or one from its count of revivals; {@code done} notes that, inside the gate. */
    void take(Slice key, long tid, Runnable done) {
        if (isDropped()) {
            return;
        }
        long ticket = space.pool().gate().enter();
        try {
            Stripe stripe = stripe(tid);
            synchronized (stripe) {
                Entry entry = new Entry(key, tid);
                Integer count = stripe.revived.get(entry);
                if (count == null) {
                    tree.remove(key, tid);
                } else if (count == 1) {
                    stripe.revived.remove(entry);
                } else {
                    stripe.revived.put(entry, count - 1);
                }
            }
            done.run();
        } finally {
            space.pool().gate().leave(ticket);
        }
    }

    /** How many insertions found the entry there and still want it. The gate is closed. */
    int revivals(Slice key, long tid) {
        Stripe stripe = stripe(tid);
        synchronized (stripe) {
            return stripe.revived.getOrDefault(new Entry(key, tid), 0);
        }
    }

    /** For replay: there are no versions that could want the entry. */
    void replayInsert(Slice key, long tid) {
        long ticket = space.pool().gate().enter();
        try {
            tree.insert(key.copy(), tid);
        } finally {
            space.pool().gate().leave(ticket);
        }
    }

    /** For replay: there are no versions that could want the entry. */
    void replayRemove(Slice key, long tid) {
        long ticket = space.pool().gate().enter();
        try {
            tree.remove(key, tid);
        } finally {
            space.pool().gate().leave(ticket);
        }
    }

    @Override
    public int find(Slice key, long fromTid, long[] tids) {
        return tree.find(key, fromTid, tids);
    }

    @Override
    public long load(Transaction transaction, SortedEntries entries) {
        StoreTransaction own = (StoreTransaction) transaction;
        own.writing();
        return tree.load(new LoggedEntries(this, own, entries));
    }

    /** Logs the entries that pass through. Undoing the index's creation undoes them. */
    private record LoggedEntries(StoredIndex index, StoreTransaction transaction, SortedEntries entries)
            implements SortedEntries {
        @Override
        public boolean next() {
            if (!entries.next()) {
                return false;
            }
            index.log(transaction, Redo.INDEX_INSERT, entries.key(), entries.tid());
            return true;
        }

        @Override
        public Slice key() {
            return entries.key();
        }

        @Override
        public long tid() {
            return entries.tid();
        }
    }

    @Override
    public IndexScan scan(KeyRange range) {
        return tree.scan(range);
    }

    @Override
    public long pageCount() {
        return space.count();
    }

    @Override
    public long entryEstimate() {
        return tree.entryEstimate();
    }

    @Override
    public void verify() {
        tree.verify();
    }
}
