/**
 * One client connection, from its first packet to its end: {@link org.gajah.server.connection.Startup} negotiates and
 * authenticates, {@link org.gajah.server.connection.CommandLoop} turns messages into calls of the engine's session,
 * {@link org.gajah.server.connection.ResultWriter} turns what the session produces into messages.
 *
 * <p>Invariants. Output is sent before the connection waits for input, and at the latest at 64 KB; so all messages that have
 * arrived are worked off before anything is written. The session belongs to whoever holds {@link
 * org.gajah.server.connection.Turn}: the connection's thread while it works, a delivering thread or the waiting room while the
 * connection idles. After an error in the extended protocol everything up to Sync is skipped. Stray COPY messages are ignored.
 */
package org.gajah.server.connection;
