package org.gajah.sysfunc;

import java.util.Iterator;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.RetainedNotifications;
import org.gajah.catalog.Rights;
import org.gajah.notify.Listener;
import org.gajah.type.Interval;

/** LISTEN and NOTIFY as functions, who listens, and retained channels. */
public final class NotifyFunctions {
    private static final long MICROS_1970_TO_2000 = 946_684_800_000_000L;
    private static final int LONGEST_CHANNEL = 63;

    private NotifyFunctions() {
    }

    /** NOTIFY with computed names: NULL is the empty string. */
    public static void pg_notify(SystemContext context, Slice channel, Slice payload) {
        context.channels().notify(channel == null ? "" : channel.toString(), payload == null ? Slice.EMPTY : payload);
    }

    /** The channels that this session listens on. */
    public static Iterator<Object> pg_listening_channels(SystemContext context) {
        return context.channels().listening().stream().<Object>map(Slice::of).iterator();
    }

    /** How full the queue is, 0 to 1. */
    public static double pg_notification_queue_usage(SystemContext context) {
        return context.channels().queueUsage();
    }

    /** The rows of gajah_listeners: the session, its database, the channel, what it has not taken, and since when something waits. */
    public static Iterator<Object[]> gajah_get_listeners(SystemContext context) {
        return context.channels().listeners().stream().map(NotifyFunctions::row).iterator();
    }

    private static Object[] row(Listener.Status status) {
        return new Object[] {status.processId(), status.database(), Slice.of(status.channel()), status.backlog(),
            status.waitingSinceMicros().map(micros -> (Object) (micros - MICROS_1970_TO_2000)).orElse(null)};
    }

    /** gajah.retain_channel: what is notified on the channel is kept for so long; NULL ends that. */
    public static void gajah_retain_channel(SystemContext context, Slice channel, Interval keep) {
        if (!new Rights(context.catalog()).owns(context.currentRole().oid(), context.catalog().databaseOwner())) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to retain a channel")
                    .detail("Only the owner of the database may do this.");
        }
        if (context.transaction().isReadOnly()) {
            throw new SqlError(SqlState.READ_ONLY_SQL_TRANSACTION, "cannot execute gajah.retain_channel() in a read-only transaction");
        }
        if (keep != null && keep.compareTo(Interval.ZERO) <= 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "a channel must be retained for a positive time");
        }
        String name = name(channel);
        context.channels().retentionChanged();
        new RetainedNotifications(context.storage(), context.databaseOid()).retain(context.transaction(), name, Optional.ofNullable(keep));
    }

    private static String name(Slice channel) {
        if (channel == null || channel.isEmpty()) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "channel name cannot be empty");
        }
        if (channel.length() > LONGEST_CHANNEL) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "channel name too long");
        }
        return channel.toString();
    }

    /** gajah.notifications_since: what the channel has kept behind this number, in order. */
    public static Iterator<Object[]> gajah_notifications_since(SystemContext context, Slice channel, long after) {
        return gajah_notifications_since_most(context, channel, after, Integer.MAX_VALUE);
    }

    /** The first {@code most} of them. */
    public static Iterator<Object[]> gajah_notifications_since_most(SystemContext context, Slice channel, long after, int most) {
        return new KeptRows(context, kept(context, channel), channel.toString(), after, most);
    }

    private static RetainedNotifications kept(SystemContext context, Slice channel) {
        RetainedNotifications kept = new RetainedNotifications(context.storage(), context.databaseOid());
        if (!kept.isRetained(context.snapshot(), channel.toString())) {
            throw RetainedNotifications.notRetained(channel.toString());
        }
        return kept;
    }

    /** gajah.last_notification: the number of the channel's newest notification, 0 if there was none. */
    public static long gajah_last_notification(SystemContext context, Slice channel) {
        return kept(context, channel).last(context.snapshot(), channel.toString());
    }

    /** gajah.listen_from: LISTEN that begins with what the channel has kept behind this number. */
    public static void gajah_listen_from(SystemContext context, Slice channel, long after) {
        context.channels().listenFrom(name(channel), after);
    }

    /** gajah.last_delivered: the number of the channel's last notification that this session was given, 0 if there was none. */
    public static long gajah_last_delivered(SystemContext context, Slice channel) {
        return context.channels().lastDelivered(channel.toString());
    }
}
