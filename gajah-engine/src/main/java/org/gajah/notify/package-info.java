/**
 * LISTEN and NOTIFY: how notifications of committed transactions reach the sessions that listen.
 *
 * <p>The log writer hands over what each transaction notifies, in commit order ({@link org.gajah.notify.NotificationQueue#committed});
 * the committing sessions then distribute it, one of them at a time for all the others. A channel is a linked list of what was posted
 * on it; each subscription is a place in that list, so that posting costs the same whether a listener reads at once or never, and
 * what everybody has read is garbage. Who does not listen on a channel is not touched.
 *
 * <p>Invariants: a listener's notifications come out in commit order, each once; nothing here waits for a client; what slow listeners
 * keep from being forgotten is bounded in memory (it moves to a file) and in total (NOTIFY is refused then).
 */
package org.gajah.notify;
