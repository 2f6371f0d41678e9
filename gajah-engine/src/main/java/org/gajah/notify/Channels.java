package org.gajah.notify;

import java.util.List;

import org.gajah.base.Slice;

/** LISTEN and NOTIFY as a session's statements and functions use them. All of it takes effect when the transaction commits. */
public interface Channels {
    /** LISTEN. */
    void listen(String channel);

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
