/**
 * Gajah inside another program: connections of pgjdbc whose bytes go through memory to the same connection code that serves
 * sockets. A connection whose client waits runs on the client's thread ({@link org.gajah.server.net.LocalPeer}), so a statement costs no
 * change of threads. {@link org.gajah.server.embed.MemorySocketFactory} is public because pgjdbc makes it by its name.
 */
package org.gajah.server.embed;
