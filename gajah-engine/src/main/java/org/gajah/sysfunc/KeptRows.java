package org.gajah.sysfunc;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.gajah.catalog.RetainedNotifications;

/** The rows of gajah.notifications_since, read as they are asked for. */
final class KeptRows implements Iterator<Object[]> {
    private static final int PIECE = 256;

    private final SystemContext context;
    private final RetainedNotifications kept;
    private final String channel;
    private final ArrayDeque<RetainedNotifications.Kept> piece = new ArrayDeque<>();
    private long after;
    private int left;
    private boolean ended;

    KeptRows(SystemContext context, RetainedNotifications kept, String channel, long after, int most) {
        this.context = context;
        this.kept = kept;
        this.channel = channel;
        this.after = after;
        this.left = most;
    }

    @Override
    public boolean hasNext() {
        if (piece.isEmpty() && !ended) {
            int wanted = Math.min(PIECE, left);
            piece.addAll(kept.since(context.snapshot(), channel, after, wanted));
            left -= piece.size();
            ended = piece.size() < wanted || left <= 0;
        }
        return !piece.isEmpty();
    }

    @Override
    public Object[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RetainedNotifications.Kept next = piece.removeFirst();
        after = next.number();
        return new Object[] {next.number(), next.processId(), next.sentMicros(), next.payload()};
    }
}
