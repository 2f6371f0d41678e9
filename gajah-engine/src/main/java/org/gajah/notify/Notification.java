package org.gajah.notify;

import org.gajah.base.Slice;

/**
 * A notification that was committed.
 *
 * @param processId the notifying session
 * @param payload UTF-8; empty if NOTIFY gave none
 * @param commit the place of its transaction among those that notified something
 * @param number its place in its channel if that is retained, else 0
 */
public record Notification(int processId, String channel, Slice payload, long commit, long number) {
}
