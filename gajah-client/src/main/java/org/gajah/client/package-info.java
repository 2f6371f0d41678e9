/**
 * A listener that never loses track: notifications of PostgreSQL or Gajah as a blocking iterator, a callback or a
 * {@link java.util.concurrent.Flow.Publisher}, over pgjdbc.
 *
 * <p>One virtual thread ({@link org.gajah.client.Link}) owns the connection: it connects, LISTENs, waits for what the server pushes and
 * puts it into the buffers of the subscriptions; consumers only ever see their buffer. Invariants: nobody's code runs on that thread but
 * the connection source and the error callback; whatever may have been missed is in the stream as a {@link org.gajah.client.Event.Gap},
 * after LISTEN is confirmed again and before any later message; every wait for the server has an end.
 */
package org.gajah.client;
