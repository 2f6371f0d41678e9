/**
 * Gajah inside another program: connections of pgjdbc whose bytes go through memory to the same connection code that serves
 * sockets. {@link org.gajah.server.embed.MemorySocketFactory} is public because pgjdbc makes it by its name.
 */
package org.gajah.server.embed;
