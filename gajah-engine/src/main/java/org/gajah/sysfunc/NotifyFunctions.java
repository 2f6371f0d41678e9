package org.gajah.sysfunc;

import java.util.Iterator;

import org.gajah.base.Slice;

/** LISTEN and NOTIFY as functions. */
public final class NotifyFunctions {
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
}
