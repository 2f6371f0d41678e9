package org.gajah.notify;

import java.util.List;

import org.gajah.base.Slice;

/** LISTEN and NOTIFY as a session's statements and functions use them. All of it takes effect when the transaction commits. */
public interface Channels {
    /** LISTEN. */
    void listen(String channel);

    /** LISTEN on a retained channel, beginning with what is kept behind the number {@code after}; 55000 if it is not retained. */
    void listenFrom(String channel, long after);

    /** The number of the last notification of a retained channel that this session was given, 0 if there was none. */
    long lastDelivered(String channel);

    /** The transaction changes which channels are retained. */
    void retentionChanged();

    /** UNLISTEN. */
    void unlisten(String channel);

    /** UNLISTEN *. */
    void unlistenAll();

    /** NOTIFY; 22023 if the channel's name is empty or too long, or the payload too long. */
    void notify(String channel, Slice payload);

    /** The channels that the session listens on. */
    List<String> listening();

    /** How full the queue is, 0 to 1. */
    double queueUsage();

    /** Who listens on what. */
    List<Listener.Status> listeners();
}
