package org.gajah.client;

import java.util.concurrent.atomic.LongAdder;

/** What {@link ListenerMetrics} counts. */
final class Counters {
    final LongAdder connects = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder messages = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder dropped = new LongAdder();
}
