package org.gajah.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.SimulatedDisk;
import org.gajah.base.SimulatedEnv;
import org.gajah.base.Slice;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.EntryBatch;
import org.gajah.table.Index;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.Sequence;
import org.gajah.table.StorageOptions;
import org.gajah.table.Table;
import org.gajah.table.TupleOutcome;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/**
 * One seed's story: sessions work on a storage over a simulated disk, the power goes (or a force fails, or the disk fills up), the storage
 * recovers, and what it holds must be the state after some commit that is not before the last one acknowledged as durable.
 */
final class CrashSimulation {
    /** What rows without the third column read there. */
    static final Slice MISSING = Slice.of("missing");
    static final RowLayout LAYOUT = RowLayout.of(Attribute.of(Carrier.LONG), Attribute.of(Carrier.INT),
            new Attribute(Carrier.BYTES, Attribute.VARIABLE, Optional.empty(), false, MISSING));
    /** Of tables to which the third column has not been added yet. */
    private static final RowLayout NARROW = new RowLayout(LAYOUT.attributes().subList(0, 2));
    static final int[] ALL = {0, 1, 2};
    private static final RelationId SEQUENCE = new RelationId(7, 9999);

    /** A row: id, value, text. */
    record Row(long id, int value, Optional<Slice> text) {
    }

    /** The rows of each table, by tid. */
    static final class State {
        final TreeMap<Integer, TreeMap<Long, Row>> tables = new TreeMap<>();
        /** Tables with three columns. */
        final TreeSet<Integer> wide = new TreeSet<>();
        /** Only as found. */
        long sequence;

        State copy() {
            State copy = new State();
            tables.forEach((id, rows) -> copy.tables.put(id, new TreeMap<>(rows)));
            copy.wide.addAll(wide);
            return copy;
        }
    }

    /** What a transaction has done so far: changes in order; a row that is empty is deleted. */
    private static final class Session {
        final Transaction transaction;
        Snapshot origin;
        /** What others had committed when the snapshot was taken. */
        State seen;
        State now;
        List<Change> changes = new ArrayList<>();
        final List<Integer> marks = new ArrayList<>();
        final List<Integer> marked = new ArrayList<>();
        long drawn;
        /** Whether drawing has logged something. */
        boolean drewLogged;

        Session(Transaction transaction, State committed) {
            this.transaction = transaction;
            this.origin = transaction.acquireSnapshot();
            this.seen = committed.copy();
            this.now = committed.copy();
        }

        /** Goes on with what others have committed meanwhile, be it durable or not. */
        void goAhead(State committed) {
            origin = transaction.acquireSnapshotAhead();
            seen = committed.copy();
            redo();
        }

        void redo() {
            now = seen.copy();
            changes.forEach(change -> change.apply(now));
        }

        /** Whether it has met a commit that is not durable yet. */
        boolean isAhead(ClusterStorage storage) {
            return ((StoreTransaction) transaction).builtOn() > storage.lastCsn();
        }
    }

    /** A change of the model: tid -1 makes the table, -2 drops it, -3 adds its third column. */
    private record Change(int table, long tid, Optional<Row> row) {
        void apply(State state) {
            if (tid == -1) {
                state.tables.put(table, new TreeMap<>());
            } else if (tid == -2) {
                state.tables.remove(table);
                state.wide.remove(table);
            } else if (tid == -3) {
                state.wide.add(table);
            } else if (row.isPresent()) {
                state.tables.get(table).put(tid, row.get());
            } else {
                state.tables.get(table).remove(tid);
            }
        }
    }

    private final Random random;
    private SimulatedDisk disk = new SimulatedDisk();
    private ClusterStorage storage;
    /** States that recovery may find, from the last one known to be durable on. */
    private final List<State> possible = new ArrayList<>();
    private List<Session> sessions = new ArrayList<>();
    private int nextTable = 1;
    private long nextId = 1;
    /** The highest value of the sequence that a durable commit has seen. */
    private long durableSequence;
    /** The session whose commit is in the log and is being forced. */
    private Optional<Session> committing = Optional.empty();
    private final HeldForce forces = new HeldForce();
    int cuts;
    long commits;
    /** How often somebody changed a row whose last change was not durable yet. */
    long built;

    CrashSimulation(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        possible.add(new State());
    }

    SimulatedDisk disk() {
        return disk;
    }

    /** Lives and dies so many times. */
    void run(int lives) {
        for (int life = 0; life < lives; life++) {
            open();
            boolean cut = live();
            shutDown(cut);
        }
        disk.cutPowerAt(Long.MAX_VALUE);
        open();
        storage.close();
    }

    private void open() {
        boolean cutInRecovery = random.nextInt(3) == 0;
        while (true) {
            disk.cutPowerAt(cutInRecovery ? disk.operations() + 1 + random.nextInt(60) : Long.MAX_VALUE);
            try {
                storage = ClusterStorage.open(new SimulatedEnv(disk, 1), new StorageOptions(28, true, false, 1 << 20, random.nextBoolean() ? 4000 : 1 << 22),
                        new BTreeMethod(), TransactionListener.NONE);
                disk.cutPowerAt(Long.MAX_VALUE);
                verify();
                return;
            } catch (RuntimeException e) {
                if (!disk.isOff()) {
                    throw e;
                }
                cuts++;
                disk = disk.afterPowerCut(random);
                cutInRecovery = random.nextInt(3) == 0;
            }
        }
    }

    private void verify() {
        State found = new StorageReader(storage).read();
        State match = null;
        for (State state : possible) {
            if (state.tables.equals(found.tables) && state.wide.equals(found.wide)) {
                match = state;
            }
        }
        if (match == null) {
            throw new AssertionError("recovered what never was: " + StorageReader.difference(possible, found));
        }
        if (found.sequence < durableSequence) {
            throw new AssertionError("sequence at " + found.sequence + ", but " + durableSequence + " was given out");
        }
        long stale = new StorageReader(storage).checkIndexes(found);
        if (stale > 0) {
            throw new AssertionError(stale + " index entries lead nowhere after recovery");
        }
        new SpaceCheck(storage).run();
        possible.clear();
        possible.add(match);
        sessions = new ArrayList<>();
    }

    /** Works until something happens; true if the power was cut. */
    private boolean live() {
        int fate = random.nextInt(12);
        if (fate == 0) {
            disk.failForceAt(disk.operations() + random.nextInt(150));
        } else if (fate > 2) {
            disk.cutPowerAt(disk.operations() + 1 + random.nextInt(random.nextInt(10) == 0 ? 1500 : 200));
        }
        boolean filling = fate == 1;
        try {
            int steps = 20 + random.nextInt(300);
            for (int i = 0; i < steps; i++) {
                if (filling) {
                    disk.setCapacity(random.nextInt(3) == 0 ? Long.MAX_VALUE : disk.totalBytes() + random.nextInt(100_000));
                }
                step();
            }
            disk.setCapacity(Long.MAX_VALUE);
        } catch (SimulatedDisk.PowerCut e) {
            return true;
        } catch (SqlError e) {
            if (disk.isOff()) {
                return true;
            }
            if (e.state() != SqlState.IO_ERROR) {
                throw e;
            }
            nothingMayHappenAnyMore();
            return true;
        }
        return false;
    }

    private void nothingMayHappenAnyMore() {
        forces.nobodyIsTold();
        long writes = disk.writes();
        for (int i = 0; i < 5; i++) {
            try {
                Transaction t = storage.begin();
                storage.createIndex(t, new RelationId(7, 5555));
                storage.commit(t, CommitOptions.SYNCHRONOUS);
                throw new AssertionError("committed after a failed force");
            } catch (SqlError e) {
                if (e.state() != SqlState.IO_ERROR) {
                    throw e;
                }
            }
        }
        if (disk.writes() != writes) {
            throw new AssertionError("wrote after a failed force");
        }
    }

    private void shutDown(boolean cut) {
        // an asynchronous commit may have met the end of the power, or a failed force, without telling its session
        boolean clean = !cut && !disk.isOff() && !storage.failures().isSet() && random.nextBoolean();
        if (clean) {
            State last = possible.getLast();
            disk.cutPowerAt(random.nextBoolean() ? Long.MAX_VALUE : disk.operations() + 1 + random.nextInt(30));
            try {
                for (Session s : sessions) {
                    storage.rollback(s.transaction);
                }
                storage.purger().run();
                if (!disk.isOff()) {
                    new SpaceCheck(storage).run();
                }
                // a force that failed while something was purged stops everything as the one of a commit does
                boolean stopped = storage.failures().isSet();
                storage.close();
                if (!stopped) {
                    possible.clear();
                    possible.add(last);
                }
            } catch (SimulatedDisk.PowerCut | SqlError e) {
                clean = false;
            }
        } else {
            disk.cutPowerAt(disk.operations());
            try {
                storage.close();
            } catch (SimulatedDisk.PowerCut | SqlError e) {
                // nobody is at home
            }
        }
        cuts++;
        disk = disk.afterPowerCut(random);
    }

    private void step() {
        if (sessions.isEmpty() || sessions.size() < 3 && random.nextInt(8) == 0) {
            sessions.add(new Session(storage.begin(), possible.getLast()));
        }
        Session s = sessions.get(random.nextInt(sessions.size()));
        try {
            act(s);
            s.transaction.incrementCommand();
        } catch (SqlError e) {
            if (e.state() != SqlState.DISK_FULL) {
                throw e;
            }
            sessions.remove(s);
            storage.rollback(s.transaction);
        }
    }

    private void act(Session s) {
        switch (random.nextInt(20)) {
            case 0 -> createOrDrop(s);
            case 1, 2, 3, 4, 5 -> insert(s);
            case 6, 7, 8, 9 -> change(s, false);
            case 10, 11 -> change(s, true);
            case 12 -> {
                s.marks.add(s.transaction.mark());
                s.marked.add(s.changes.size());
            }
            case 13 -> rollbackTo(s);
            case 14 -> draw(s);
            case 15 -> {
                if (random.nextInt(3) == 0) {
                    storage.checkpoint();
                }
            }
            case 16 -> {
                sessions.remove(s);
                storage.rollback(s.transaction);
            }
            default -> commit(s);
        }
    }

    private void commit(Session s) {
        sessions.remove(s);
        boolean synchronous = random.nextInt(4) != 0;
        State before = possible.getLast();
        State after = before.copy();
        s.changes.forEach(change -> change.apply(after));
        boolean wrote = s.transaction.hasWritten();
        possible.add(after);
        forces.arm(s, before);
        try {
            storage.commit(s.transaction, synchronous ? CommitOptions.SYNCHRONOUS : CommitOptions.ASYNCHRONOUS);
        } catch (SqlError e) {
            if (e.state() == SqlState.DISK_FULL) {
                possible.removeLast();
                return;
            }
            throw e;
        } finally {
            forces.disarm();
        }
        commits++;
        if (synchronous && (wrote && !s.changes.isEmpty() || s.drewLogged)) {
            possible.clear();
            possible.add(after);
            durableSequence = Math.max(durableSequence, s.drawn);
        }
    }

    private void rollbackTo(Session s) {
        if (!s.marks.isEmpty()) {
            int to = random.nextInt(s.marks.size());
            s.transaction.rollbackTo(s.marks.get(to));
            s.changes = new ArrayList<>(s.changes.subList(0, s.marked.get(to)));
            s.redo();
            s.marks.subList(to + 1, s.marks.size()).clear();
            s.marked.subList(to + 1, s.marked.size()).clear();
        }
    }

    private void draw(Session s) {
        if (storage.exists(SEQUENCE)) {
            boolean wrote = s.transaction.hasWritten();
            s.drawn = Math.max(s.drawn, storage.sequence(SEQUENCE).next(s.transaction, 1, 1, Long.MAX_VALUE, false, 1)
                    .orElseThrow().first());
            s.drewLogged |= s.transaction.hasWritten() && !wrote;
        } else if (sessions.size() == 1) {
            Transaction t = storage.begin();
            storage.createSequence(t, SEQUENCE, new Sequence.State(1, false));
            storage.commit(t, CommitOptions.SYNCHRONOUS);
        }
    }

    static RelationId tableId(int table) {
        return new RelationId(7, table * 10);
    }

    static RelationId indexId(int table, int which) {
        return new RelationId(7, table * 10 + 1 + which);
    }

    private void createOrDrop(Session s) {
        Optional<Integer> victim = anyTable(s);
        if (random.nextInt(3) == 0 && victim.isPresent() && sessions.size() == 1) {
            int table = victim.get();
            storage.drop(s.transaction, tableId(table));
            storage.drop(s.transaction, indexId(table, 0));
            storage.drop(s.transaction, indexId(table, 1));
            did(s, new Change(table, -2, Optional.empty()));
        } else if (random.nextInt(2) == 0 && victim.isPresent() && sessions.size() == 1 && !isWide(s, victim.get())) {
            storage.changeLayout(s.transaction, tableId(victim.get()), LAYOUT);
            did(s, new Change(victim.get(), -3, Optional.empty()));
        } else if (s.now.tables.size() < 3) {
            int table = nextTable++;
            boolean wide = random.nextBoolean();
            storage.createTable(s.transaction, tableId(table), wide ? LAYOUT : NARROW);
            storage.createIndex(s.transaction, indexId(table, 0));
            storage.createIndex(s.transaction, indexId(table, 1));
            did(s, new Change(table, -1, Optional.empty()));
            if (wide) {
                did(s, new Change(table, -3, Optional.empty()));
            }
        }
    }

    private boolean isWide(Session s, int table) {
        return s.now.wide.contains(table) || possible.getLast().wide.contains(table);
    }

    private static void did(Session s, Change change) {
        s.changes.add(change);
        change.apply(s.now);
    }

    private Optional<Integer> anyTable(Session s) {
        List<Integer> tables = new ArrayList<>(s.now.tables.keySet());
        // a table that another session has dropped meanwhile is locked in real life
        tables.removeIf(t -> !storage.exists(tableId(t)) || sessions.stream()
                .anyMatch(other -> other.changes.stream().anyMatch(c -> c.table() == t && c.tid() <= -2))
                || committing.stream().anyMatch(other -> other.changes.stream().anyMatch(c -> c.table() == t && c.tid() < 0)));
        return tables.isEmpty() ? Optional.empty() : Optional.of(tables.get(random.nextInt(tables.size())));
    }

    private Row newRow(long id, boolean wide) {
        if (!wide) {
            return new Row(id, random.nextInt(10), Optional.of(MISSING));
        }
        int length = switch (random.nextInt(15)) {
            case 0 -> 2000 + random.nextInt(3000);
            case 1 -> random.nextInt(40) == 0 ? 20_000 : 9000;
            case 2, 3 -> 300;
            default -> random.nextInt(20);
        };
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new Row(id, random.nextInt(10), random.nextInt(7) == 0 ? Optional.empty() : Optional.of(Slice.of(bytes)));
    }

    private static void put(Batch batch, int at, Row row) {
        batch.column(0).set(at, row.id());
        batch.column(1).set(at, row.value());
        batch.column(2).set(at, row.text().orElse(null));
    }

    static Slice key(Row row, int which) {
        ByteSink out = new ByteSink(16);
        return Slice.of((which == 0 ? out.putLong(row.id()) : out.putInt(row.value())).toBytes());
    }

    private void insert(Session s) {
        Optional<Integer> table = anyTable(s);
        if (table.isEmpty()) {
            return;
        }
        int n = random.nextInt(25) == 0 ? 300 : 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 12);
        Batch batch = LAYOUT.batch(ALL, n);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(newRow(nextId++, isWide(s, table.get())));
            put(batch, i, rows.get(i));
        }
        batch.selection().all(n);
        long[] tids = new long[n];
        table(s, table.get()).insert(s.transaction, batch, tids);
        for (int which = 0; which < 2; which++) {
            addEntries(s, storage.index(indexId(table.get(), which)), which, rows, tids);
        }
        for (int i = 0; i < n; i++) {
            did(s, new Change(table.get(), tids[i], Optional.of(rows.get(i))));
        }
    }

    /** One by one, or sorted: what a sorted run leaves is inserted by itself. */
    private void addEntries(Session s, Index index, int which, List<Row> rows, long[] tids) {
        EntryBatch entries = new EntryBatch();
        for (int i = 0; i < rows.size(); i++) {
            entries.key().put(key(rows.get(i), which));
            entries.add(tids[i]);
        }
        entries.sort();
        boolean sorted = rows.size() % 2 == 0;
        for (int i = 0; i < entries.size();) {
            int next = sorted ? index.insertSome(s.transaction, entries, i, Optional.empty()) : i;
            if (next == i) {
                index.insert(s.transaction, entries.key(i), entries.tid(i));
                next++;
            }
            i = next;
        }
    }

    private Table table(Session s, int table) {
        return storage.table(tableId(table), isWide(s, table) ? LAYOUT : NARROW);
    }

    private void change(Session s, boolean delete) {
        Optional<Integer> table = anyTable(s);
        if (table.isEmpty() || s.now.tables.get(table.get()).isEmpty()) {
            return;
        }
        List<Long> tids = new ArrayList<>(s.now.tables.get(table.get()).keySet());
        int times = delete || random.nextInt(5) > 0 ? 1 : 40;
        for (int i = 0; i < times; i++) {
            long tid = tids.get(random.nextInt(tids.size()));
            Row old = s.now.tables.get(table.get()).get(tid);
            if (old != null) {
                changeRow(s, table.get(), tid, old, delete);
            }
        }
    }

    private void changeRow(Session s, int table, long tid, Row old, boolean delete) {
        Snapshot snapshot = s.transaction.refresh(s.origin);
        Row next = newRow(old.id(), isWide(s, table));
        Batch batch = LAYOUT.batch(ALL, 1);
        put(batch, 0, next);
        TupleOutcome outcome = delete ? table(s, table).delete(s.transaction, snapshot, tid)
                : table(s, table).update(s.transaction, snapshot, tid, batch, 0);
        if (outcome != TupleOutcome.OK) {
            if (outcome instanceof TupleOutcome.Invisible) {
                throw new AssertionError("a visible row answers " + outcome);
            }
            if (committing.isPresent() && (outcome instanceof TupleOutcome.Updated || outcome instanceof TupleOutcome.Deleted)) {
                forces.buildOn(s, table, tid, delete);
            }
            return;
        }
        for (int which = 0; which < 2; which++) {
            Slice oldKey = key(old, which);
            Slice newKey = key(next, which);
            if (delete) {
                storage.index(indexId(table, which)).remove(s.transaction, oldKey, tid);
            } else if (!oldKey.equals(newKey)) {
                storage.index(indexId(table, which)).insert(s.transaction, newKey, tid);
                storage.index(indexId(table, which)).remove(s.transaction, oldKey, tid);
            }
        }
        did(s, new Change(table, tid, delete ? Optional.empty() : Optional.of(next)));
        s.transaction.incrementCommand();
    }

    /** What others do while a commit is in the log and its force is not over: its rows are free, and nobody may see them, nor hear of them. */
    private final class HeldForce {
        private final List<Session> broken = new ArrayList<>();
        private Optional<Throwable> wrong = Optional.empty();

        void arm(Session s, State before) {
            if (random.nextInt(3) > 0) {
                committing = Optional.of(s);
                disk.whileForcing("log-", () -> during((StoreTransaction) s.transaction, before));
            }
        }

        void disarm() {
            disk.forceAlone();
            committing = Optional.empty();
            if (wrong.isPresent()) {
                throw new AssertionError("while a commit was forced", wrong.get());
            }
            if (!disk.isOff() && !storage.failures().isSet()) {
                broken.forEach(s -> storage.rollback(s.transaction));
            }
            broken.clear();
        }

        /**
         * The log's writer takes what is thrown here for its own trouble, so what is wrong is kept. A checkpoint behind the commit forces the log
         * too; that is another matter.
         */
        private void during(StoreTransaction commits, State before) {
            if (!commits.isWritten() || commits.state().orElseThrow().csn() <= storage.lastCsn()) {
                return;
            }
            try {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    if (sessions.size() < 3 && random.nextInt(3) == 0) {
                        sessions.add(new Session(storage.begin(), before));
                    }
                    if (!sessions.isEmpty()) {
                        step(sessions.get(random.nextInt(sessions.size())), before);
                    }
                }
            } catch (AssertionError | IllegalStateException e) {
                wrong = Optional.of(e);
            }
        }

        private void step(Session s, State before) {
            try {
                switch (random.nextInt(10)) {
                    case 0, 1 -> insert(s);
                    case 2, 3, 4, 5, 6 -> change(s, random.nextInt(4) == 0);
                    case 7 -> {
                        s.marks.add(s.transaction.mark());
                        s.marked.add(s.changes.size());
                    }
                    case 8 -> rollbackTo(s);
                    default -> look(s, before);
                }
                s.transaction.incrementCommand();
            } catch (SqlError e) {
                if (e.state() != SqlState.DISK_FULL) {
                    throw e;
                }
                sessions.remove(s);
                broken.add(s);
            }
        }

        /** A row is as the commit left it. */
        void buildOn(Session s, int table, long tid, boolean delete) {
            if (!s.isAhead(storage)) {
                return;
            }
            waits(s);
            s.goAhead(possible.getLast());
            waits(s);
            built++;
            Optional<Row> now = Optional.ofNullable(s.now.tables.get(table)).map(rows -> rows.get(tid));
            Optional<Row> found = Optional.ofNullable(new StorageReader(storage).rows(s.transaction.refresh(s.origin), tableId(table)).get(tid));
            if (!now.equals(found)) {
                throw new AssertionError("a row that somebody builds on is " + found + " instead of " + now);
            }
            now.ifPresent(old -> changeRow(s, table, tid, old, delete));
        }

        /** Whoever tells somebody of what it has seen waits; without threads that shows. */
        private void waits(Session s) {
            try {
                s.transaction.settle();
            } catch (IllegalStateException e) {
                return;
            }
            throw new AssertionError("somebody is told of a commit that is not durable");
        }

        /** Who comes now, or has not met the commit, sees nothing of it. */
        private void look(Session s, State before) {
            Optional<Integer> table = anyTable(s).filter(before.tables::containsKey);
            if (table.isEmpty()) {
                return;
            }
            TreeMap<Long, Row> found = new StorageReader(storage).rows(tableId(table.get()));
            if (!found.equals(before.tables.get(table.get()))) {
                throw new AssertionError("somebody sees a commit that is not durable");
            }
            TreeMap<Long, Row> own = new StorageReader(storage).rows(s.transaction.refresh(s.origin), tableId(table.get()));
            if (!own.equals(s.now.tables.get(table.get()))) {
                throw new AssertionError("a session sees something else than it has made of what was there");
            }
        }

        /** The force has failed: who has built on that commit can neither tell of it nor commit. */
        void nobodyIsTold() {
            for (Session s : sessions) {
                if (s.isAhead(storage)) {
                    fails(s.transaction::settle);
                    fails(() -> storage.commit(s.transaction, CommitOptions.SYNCHRONOUS));
                }
            }
        }

        private void fails(Runnable action) {
            try {
                action.run();
            } catch (SqlError e) {
                if (e.state() == SqlState.IO_ERROR) {
                    return;
                }
                throw e;
            }
            throw new AssertionError("somebody goes on with a commit whose force has failed");
        }
    }

    /** Rows by key, for comparing indexes. */
    static Map<Slice, List<Long>> byKey(TreeMap<Long, Row> rows, int which) {
        Map<Slice, List<Long>> keys = new HashMap<>();
        rows.forEach((tid, row) -> keys.computeIfAbsent(key(row, which), k -> new ArrayList<>()).add(tid));
        return keys;
    }
}
