/**
 * One client connection, from its first packet to its end: {@link org.gajah.server.connection.Connection} is its life, {@link
 * org.gajah.server.connection.Startup} negotiates and authenticates, {@link org.gajah.server.connection.Conversation} reads, waits and
 * delivers, {@link org.gajah.server.connection.CommandLoop} turns messages into calls of the engine's session,
 * {@link org.gajah.server.connection.ResultWriter} turns what the session produces into messages.
 *
 * <p>Invariants. Output is sent before the connection waits for input, and at the latest at 64 KB; so all messages that have
 * arrived are worked off before anything is written. The session belongs to whoever holds {@link
 * org.gajah.server.connection.Turn}: the connection's thread while it works, a delivering thread or the waiting room while the
 * connection idles. After an error in the extended protocol everything up to Sync is skipped. Stray COPY messages are ignored.
 *
 * <p>One thread, the {@link org.gajah.server.connection.WaitingRoom}'s, writes to all listeners that wait on plain sockets. What it does for
 * one of them is a few microseconds, nearly all of them the write, which the kernel would need on any thread; it never blocks. While it goes
 * round, what is committed gathers, so the next round's writes carry more each: notifiers never outrun it, and with a thousand listeners a
 * round, which is what the last of them waits, takes some milliseconds. On two cores more such threads would only take them from the
 * sessions that notify; with many cores and ten thousand listeners a second room would halve that wait.
 */
package org.gajah.server.connection;
