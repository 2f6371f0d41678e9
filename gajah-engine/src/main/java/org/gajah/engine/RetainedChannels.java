package org.gajah.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.gajah.api.SqlError;
import org.gajah.catalog.RetainedNotifications;
import org.gajah.notify.Outgoing;
import org.gajah.table.CommitOptions;
import org.gajah.table.Storage;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.type.Calendar;
import org.gajah.type.Interval;

/**
 * The numbers of the notifications on retained channels. A committing transaction holds its channels, in the order of their names, from the
 * moment its numbers are given until its place among all commits is certain, which is before the log is written: so numbers follow commits,
 * and commits still share a force.
 */
final class RetainedChannels {
    private static final System.Logger LOGGER = System.getLogger("org.gajah.engine");
    private static final long PURGE_EVERY_MICROS = 1_000_000;
    private static final int PURGE_AT_ONCE = 1000;

    private record Name(int database, String channel) {
    }

    /** A channel that was numbered since the start; -1: the last number is not known yet. */
    private static final class Numbers {
        private final ReentrantLock lock = new ReentrantLock();
        private final AtomicLong purged = new AtomicLong();
        private long last = -1;
    }

    /** A commit's hold on the channels it notifies. */
    static final class Hold {
        private final int database;
        private final Map<String, Numbers> channels = new TreeMap<>();
        private final Map<String, Long> last = new TreeMap<>();

        private Hold(int database) {
            this.database = database;
        }

        /** The numbers stand. */
        void ordered() {
            channels.forEach((name, numbers) -> numbers.last = last.get(name));
            end();
        }

        /** Lets the channels go, if that has not happened. */
        void end() {
            channels.values().stream().filter(n -> n.lock.isHeldByCurrentThread()).forEach(n -> n.lock.unlock());
        }
    }

    private final Storage storage;
    private final Map<Integer, Map<String, Interval>> retained = new ConcurrentHashMap<>();
    private final Map<Name, Numbers> numbers = new ConcurrentHashMap<>();

    RetainedChannels(Storage storage) {
        this.storage = storage;
    }

    /** Other channels are retained, or for another time. */
    void changed(int database) {
        retained.remove(database);
    }

    /** The channels of a database that are retained, and for how long. */
    Map<String, Interval> of(int database) {
        Map<String, Interval> known = retained.get(database);
        return known != null ? known : retained.computeIfAbsent(database, d -> reading(s -> Map.copyOf(new RetainedNotifications(storage, d).channels(s))));
    }

    /** Reads in a transaction of its own. */
    <T> T reading(Function<Snapshot, T> read) {
        Transaction transaction = storage.begin();
        try {
            Snapshot snapshot = transaction.acquireSnapshot();
            T result = read.apply(snapshot);
            transaction.releaseSnapshot(snapshot);
            return result;
        } finally {
            storage.rollback(transaction);
        }
    }

    /** Numbers and keeps what goes to retained channels; empty if nothing does. */
    Optional<Hold> number(Outgoing outgoing, int database, int processId, long nowMicros, TransactionControl transactions) {
        Map<String, Interval> here = of(database);
        if (here.isEmpty() || outgoing.messages().stream().noneMatch(m -> here.containsKey(m.channel()))) {
            return Optional.empty();
        }
        Hold hold = new Hold(database);
        outgoing.messages().stream().map(Outgoing.Message::channel).filter(here::containsKey)
                .forEach(c -> hold.channels.computeIfAbsent(c, name -> numbers.computeIfAbsent(new Name(database, name), n -> new Numbers())));
        try {
            hold.channels.forEach((name, channel) -> {
                channel.lock.lock();
                hold.last.put(name, lastNumber(database, name, channel));
            });
            keep(outgoing, hold, processId, nowMicros, transactions);
            return Optional.of(hold);
        } catch (RuntimeException | Error e) {
            hold.end();
            throw e;
        }
    }

    private long lastNumber(int database, String name, Numbers channel) {
        if (channel.last < 0) {
            channel.last = reading(s -> new RetainedNotifications(storage, database).last(s, name));
        }
        return channel.last;
    }

    /** Even a read-only transaction may notify, and so writes here, as its last act. */
    private void keep(Outgoing outgoing, Hold hold, int processId, long nowMicros, TransactionControl transactions) {
        RetainedNotifications rows = new RetainedNotifications(storage, hold.database);
        List<Outgoing.Message> messages = outgoing.messages();
        long[] given = new long[messages.size()];
        transactions.transaction().setReadOnly(false);
        transactions.requireId();
        for (int i = 0; i < given.length; i++) {
            Outgoing.Message message = messages.get(i);
            if (hold.channels.containsKey(message.channel())) {
                given[i] = hold.last.merge(message.channel(), 1L, Long::sum);
                rows.add(transactions.transaction(), message.channel(),
                        new RetainedNotifications.Kept(given[i], processId, nowMicros, message.payload()));
            }
        }
        outgoing.number(given);
    }

    /** After a commit: deletes what the channels it notified need not keep any more, once a second and not much at a time. */
    void purge(Hold hold, long nowMicros) {
        for (Map.Entry<String, Numbers> channel : hold.channels.entrySet()) {
            long before = channel.getValue().purged.get();
            Interval keep = of(hold.database).get(channel.getKey());
            if (keep != null && keep.isFinite() && nowMicros - before >= PURGE_EVERY_MICROS
                    && channel.getValue().purged.compareAndSet(before, nowMicros)) {
                purge(hold.database, channel.getKey(), nowMicros - micros(keep));
            }
        }
    }

    private static long micros(Interval keep) {
        return keep.micros() + (keep.months() * 30L + keep.days()) * Calendar.MICROS_PER_DAY;
    }

    /** What cannot be deleted now stays until the next time: the notification itself is committed. */
    private void purge(int database, String channel, long micros) {
        Transaction transaction = storage.begin();
        try {
            transaction.assignXid();
            Snapshot snapshot = transaction.acquireSnapshot();
            new RetainedNotifications(storage, database).purge(transaction, snapshot, channel, micros, PURGE_AT_ONCE);
            transaction.releaseSnapshot(snapshot);
            storage.commit(transaction, CommitOptions.ASYNCHRONOUS);
        } catch (SqlError e) {
            storage.rollback(transaction);
            LOGGER.log(System.Logger.Level.WARNING, "old notifications on " + channel + " are still there: " + e.getMessage());
        }
    }
}
