package org.gajah.server.net;

/**
 * A client in this process. While it waits for an answer its thread runs the connection, as its host; so the connection needs no
 * thread of its own to wait for commands, and no thread hands anything to another.
 */
public interface LocalPeer {
    /** A connection that waits for its client without a thread. */
    interface Guest {
        /** Goes on with the connection on the calling thread until it waits again. */
        void resume(boolean readable);

        /** Has it go on with a thread of its own; must not wait. */
        void dispatch(boolean readable);
    }

    /** How many bytes can be read without waiting; -1 at the end. */
    int available();

    /** Whether the calling thread is the client's own: then nothing may wait for the client. */
    boolean isHost();

    /** Bytes that the client has not yet read. */
    int backlog();

    /** The connection waits from now on; false, and it does not, if there is something to read already. */
    boolean seat(Guest guest);

    /** Has a connection that waits go on with a thread of its own; what does not wait is not missed. */
    void call();
}
