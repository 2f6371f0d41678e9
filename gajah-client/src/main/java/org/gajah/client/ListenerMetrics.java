package org.gajah.client;

import java.time.Duration;
import java.util.Optional;

/**
 * How a listener is doing.
 *
 * @param connected whether the server is listening for it now
 * @param reconnects connections made after the first
 * @param failures connections that were lost or refused
 * @param messages notifications received
 * @param gaps gap events given to subscriptions
 * @param dropped messages that found no room in a buffer
 * @param backlog events that wait in buffers
 * @param lag how long the oldest of them has been waiting
 * @param lastError what went wrong last, if anything did
 */
public record ListenerMetrics(boolean connected, long reconnects, long failures, long messages, long gaps, long dropped, int backlog,
        Duration lag, Optional<Exception> lastError) {
}
