package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

import org.gajah.base.Slice;
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

    private enum Kind { LISTEN, UNLISTEN, UNLISTEN_ALL }

    private record Action(Kind kind, String channel) {
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

    SessionChannels(SessionImpl session) {
        this.session = session;
        this.queue = session.instance().notifications();
    }

    @Override
    public void listen(String channel) {
        actions.add(new Action(Kind.LISTEN, channel));
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

    Mark mark() {
        return new Mark(actions.size(), outgoing.size());
    }

    /** Forgets what came after a savepoint. */
    void rollbackTo(Mark mark) {
        actions.subList(mark.actions, actions.size()).clear();
        outgoing.truncate(mark.messages);
    }

    /** The transaction is about to commit: begins to listen, and makes sure of room for what it notifies. */
    void beforeCommit() {
        if (!outgoing.isEmpty()) {
            queue.reserve(outgoing, warning -> session.message("WARNING", warning));
        }
        long now = actions.isEmpty() ? 0 : session.instance().storage().lastCsn();
        for (Action action : actions) {
            if (action.kind == Kind.LISTEN && own().listen(action.channel, now)) {
                begun.add(action.channel);
            }
        }
    }

    private Listener own() {
        if (listener.isEmpty()) {
            listener = Optional.of(queue.newListener(session.database(), session.processId(), session.client()::wake));
        }
        return listener.get();
    }

    /** To be run with the commit's number when the transaction is visible, in commit order; empty if it notifies nothing. */
    Optional<LongConsumer> published() {
        if (outgoing.isEmpty()) {
            return Optional.empty();
        }
        Outgoing now = outgoing;
        return Optional.of(csn -> queue.committed(now, session.database(), session.processId(), csn));
    }

    /** The transaction has ended. */
    void ended(boolean committed) {
        boolean notified = committed && !outgoing.isEmpty();
        if (committed) {
            stopListening();
        } else {
            begun.forEach(channel -> own().unlisten(channel));
        }
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
        }
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
        if (!later.contains(new Action(Kind.LISTEN, channel))) {
            listener.ifPresent(l -> l.unlisten(channel));
        }
    }

    /** Hands everything that waits to the client. */
    void deliver() {
        if (listener.isEmpty()) {
            return;
        }
        List<Notification> taken = listener.get().take(PIECE_BYTES);
        while (!taken.isEmpty()) {
            taken.forEach(n -> session.client().notification(n.processId(), n.channel(), n.payload()));
            taken = listener.get().take(PIECE_BYTES);
        }
    }

    /** Stops listening on everything. */
    void close() {
        listener.ifPresent(queue::remove);
        listener = Optional.empty();
    }
}
