package org.gajah.engine;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;

/**
 * The other end of a session. The session calls it on the session's own thread, except {@link #wake} and {@link #terminate}.
 */
public interface Client {
    /** A message that is not an error; {@code severity} is NOTICE, WARNING, INFO, LOG or DEBUG. */
    void message(String severity, SqlError message);

    /** A setting that clients follow has a new value. */
    void parameterStatus(String name, String value);

    /** A notification for a channel that the session listens on. */
    void notification(int processId, String channel, Slice payload);

    /** From any thread: the session has something to deliver when it is next idle ({@link Session#deliver}). */
    void wake();

    /** The session is over with this error, and its thread, which may be the client's, will say nothing more: another one calls this. */
    default void disown(SqlError reason) {
        terminate(reason);
    }

    /** From any thread: the connection is to end with this error as soon as the running statement has ended. */
    void terminate(SqlError reason);
}
