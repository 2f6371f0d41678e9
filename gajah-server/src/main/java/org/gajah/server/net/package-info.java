/**
 * Bytes in and out: a {@link org.gajah.server.net.Transport} is a connection's two directions, over a socket or TLS; the
 * {@link org.gajah.server.net.Listener} accepts, and gives a connection a thread only when it has sent its first packet.
 *
 * <p>Invariant: a peer that says nothing, or says it slowly, costs a socket and a few hundred bytes, and is dropped when
 * {@code authentication_timeout} has passed. Threads are never interrupted; a blocked one is freed by closing its transport.
 */
package org.gajah.server.net;
