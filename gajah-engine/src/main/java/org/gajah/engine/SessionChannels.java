package org.gajah.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.catalog.RetainedNotifications;
import org.gajah.notify.Channels;
import org.gajah.notify.Listener;
import org.gajah.notify.Notification;
import org.gajah.notify.NotificationQueue;
import org.gajah.notify.Outgoing;

/**
 * A session's LISTENs, UNLISTENs and NOTIFYs: kept until its transaction commits, dropped with what is rolled back.
 * Listening begins just before the commit, so that the session hears its own notifications, and ends just after it.
 */
final class SessionChannels implements Channels {
    private static final int PIECE_BYTES = 64 << 10;
    private static final int REPLAYED_AT_ONCE = 256;

    private enum Kind { LISTEN, UNLISTEN, UNLISTEN_ALL }

    /** {@code from} is the number that LISTEN begins behind. */
    private record Action(Kind kind, String channel, OptionalLong from) {
        Action(Kind kind, String channel) {
            this(kind, channel, OptionalLong.empty());
        }
    }

    /** What of a retained channel is still to be given before what comes live. */
    private record Replay(String channel, long after, long last) {
    }

    /** How much there was at a savepoint. */
    record Mark(int actions, int messages) {
    }

    private final SessionImpl session;
    private final NotificationQueue queue;
    private final List<Action> actions = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private Outgoing outgoing = new Outgoing();
    private Optional<Listener> listener = Optional.empty();
    private Optional<RetainedChannels.Hold> hold = Optional.empty();
    private final Deque<Replay> replays = new ArrayDeque<>();
    private final Map<String, Long> delivered = new HashMap<>();

    SessionChannels(SessionImpl session) {
        this.session = session;
        this.queue = session.instance().notifications();
    }

    @Override
    public void listen(String channel) {
        actions.add(new Action(Kind.LISTEN, channel));
    }

    @Override
    public void listenFrom(String channel, long after) {
        if (!session.instance().retainedChannels().of(session.database()).containsKey(channel)) {
            throw RetainedNotifications.notRetained(channel);
        }
        actions.add(new Action(Kind.LISTEN, channel, OptionalLong.of(after)));
    }

    @Override
    public long lastDelivered(String channel) {
        return delivered.getOrDefault(channel, 0L);
    }

    @Override
    public void retentionChanged() {
        session.transactions().requireId();
        session.transactions().transaction().onCommit(() -> session.instance().retainedChannels().changed(session.database()));
    }

    @Override
    public void unlisten(String channel) {
        actions.add(new Action(Kind.UNLISTEN, channel));
    }

    @Override
    public void unlistenAll() {
        actions.add(new Action(Kind.UNLISTEN_ALL, ""));
    }

    @Override
    public void notify(String channel, Slice payload) {
        outgoing.add(channel, payload);
    }

    @Override
    public List<String> listening() {
        return listener.map(Listener::channels).orElse(List.of());
    }

    @Override
    public double queueUsage() {
        return queue.usage();
    }

    @Override
    public List<Listener.Status> listeners() {
        return queue.status();
    }

    /** PREPARE TRANSACTION does not go with LISTEN, UNLISTEN or NOTIFY. */
    void forbidPrepare() {
        if (!actions.isEmpty() || !outgoing.isEmpty()) {
            throw SqlError.notSupported("cannot PREPARE a transaction that has executed LISTEN, UNLISTEN, or NOTIFY");
        }
    }

    Mark mark() {
        return new Mark(actions.size(), outgoing.size());
    }

    /** Forgets what came after a savepoint. */
    void rollbackTo(Mark mark) {
        actions.subList(mark.actions, actions.size()).clear();
        outgoing.truncate(mark.messages);
    }

    /** The transaction is about to commit: begins to listen, makes sure of room for what it notifies, and keeps what is to be kept. */
    void beforeCommit(TransactionControl transactions) {
        if (!outgoing.isEmpty()) {
            queue.reserve(outgoing, warning -> session.message("WARNING", warning));
        }
        for (Action action : actions) {
            if (action.from.isPresent()) {
                own().unlisten(action.channel);
            }
            if (action.kind == Kind.LISTEN && own().listen(action.channel)) {
                begun.add(action.channel);
            }
            action.from.ifPresent(from -> replayFrom(action.channel, from));
        }
        if (!outgoing.isEmpty()) {
            hold = session.instance().retainedChannels().number(outgoing, session.database(), session.processId(), session.nowMicros(), transactions);
        }
    }

    /** What a snapshot taken now sees is replayed, what commits after it comes live: nothing is missing, nothing comes twice. */
    private void replayFrom(String channel, long after) {
        long last = session.instance().retainedChannels()
                .reading(snapshot -> new RetainedNotifications(session.instance().storage(), session.database()).last(snapshot, channel));
        own().skipTo(channel, last);
        replays.removeIf(r -> r.channel.equals(channel));
        replays.add(new Replay(channel, after, last));
        delivered.put(channel, after);
    }

    /** The commit has its place among all commits. */
    void ordered() {
        hold.ifPresent(RetainedChannels.Hold::ordered);
    }

    private Listener own() {
        if (listener.isEmpty()) {
            listener = Optional.of(queue.newListener(session.database(), session.processId(), session.client()::wake));
        }
        return listener.get();
    }

    /** To be run when the transaction is visible, in commit order; empty if it notifies nothing. */
    Optional<Runnable> published() {
        if (outgoing.isEmpty()) {
            return Optional.empty();
        }
        Outgoing now = outgoing;
        return Optional.of(() -> queue.committed(now, session.database(), session.processId()));
    }

    /** The transaction has ended. */
    void ended(boolean committed) {
        boolean notified = committed && !outgoing.isEmpty();
        if (committed) {
            stopListening();
        } else {
            begun.forEach(channel -> own().unlisten(channel));
            replays.removeIf(r -> begun.contains(r.channel));
        }
        hold.ifPresent(RetainedChannels.Hold::end);
        begun.clear();
        actions.clear();
        if (!outgoing.isEmpty()) {
            outgoing = new Outgoing();
        }
        if (listener.isPresent() && listening().isEmpty()) {
            close();
        }
        if (notified) {
            queue.distribute(listener.isPresent());
            hold.ifPresent(h -> session.instance().retainedChannels().purge(h, session.nowMicros()));
        }
        hold = Optional.empty();
    }

    /** What the transaction's UNLISTENs leave: the last word on a channel counts. */
    private void stopListening() {
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            List<Action> later = actions.subList(i + 1, actions.size());
            switch (action.kind) {
                case LISTEN -> { }
                case UNLISTEN -> drop(action.channel, later);
                case UNLISTEN_ALL -> listening().forEach(channel -> drop(channel, later));
            }
        }
    }

    private void drop(String channel, List<Action> later) {
        if (later.stream().noneMatch(a -> a.kind == Kind.LISTEN && a.channel.equals(channel))) {
            listener.ifPresent(l -> l.unlisten(channel));
            replays.removeIf(r -> r.channel.equals(channel));
        }
    }

    boolean isListening() {
        return listener.isPresent();
    }

    /** Hands a piece of what waits to the client; false if nothing does. */
    boolean deliver() {
        if (listener.isEmpty()) {
            return false;
        }
        if (!replays.isEmpty()) {
            replay(replays.removeFirst());
            return true;
        }
        List<Notification> taken = listener.get().take(PIECE_BYTES);
        for (int i = 0; i < taken.size(); i++) {
            deliver(taken.get(i));
        }
        return !taken.isEmpty();
    }

    private void deliver(Notification notification) {
        if (notification.number() > 0) {
            delivered.put(notification.channel(), notification.number());
        }
        session.client().notification(notification.processId(), notification.channel(), notification.payload());
    }

    private void replay(Replay replay) {
        RetainedNotifications kept = new RetainedNotifications(session.instance().storage(), session.database());
        List<RetainedNotifications.Kept> piece = session.instance().retainedChannels()
                .reading(snapshot -> kept.since(snapshot, replay.channel, replay.after, REPLAYED_AT_ONCE));
        piece.stream().filter(k -> k.number() <= replay.last)
                .forEach(k -> deliver(new Notification(k.processId(), replay.channel, k.payload(), 0, k.number())));
        if (!piece.isEmpty() && piece.getLast().number() < replay.last) {
            replays.addFirst(new Replay(replay.channel, piece.getLast().number(), replay.last));
        }
    }

    /** Stops listening on everything. */
    void close() {
        listener.ifPresent(queue::remove);
        listener = Optional.empty();
        replays.clear();
        delivered.clear();
    }
}
