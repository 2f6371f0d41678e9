package org.gajah.tests.bench;

import java.sql.SQLException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Lock;

/** One thread's transactions, or its selects. */
final class TpcbThread {
    private final EmbeddedClient client;
    private final Competitor competitor;
    private final Lock writer;
    private final int scale;
    private final SplittableRandom random = new SplittableRandom();
    private long done;
    private Optional<Exception> failure = Optional.empty();

    TpcbThread(EmbeddedClient client, Competitor competitor, Lock writer, int scale) {
        this.client = client;
        this.competitor = competitor;
        this.writer = writer;
        this.scale = scale;
    }

    /** Runs transactions until the clock says {@code end}. */
    void run(long end) {
        try {
            while (System.nanoTime() < end) {
                if (competitor.oneWriter()) {
                    writer.lock();
                    try {
                        transaction();
                    } finally {
                        writer.unlock();
                    }
                } else {
                    transaction();
                }
            }
        } catch (SQLException | RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /** Reads accounts until then. */
    void select(long end) {
        try {
            client.selectOnly();
            while (System.nanoTime() < end) {
                for (int i = 0; i < 100; i++) {
                    client.balance(1 + random.nextInt(scale * 100_000));
                }
                done += 100;
            }
        } catch (SQLException | RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    private void transaction() throws SQLException {
        if (client.transaction(random.nextInt(-5000, 5001), 1 + random.nextInt(scale * 100_000), 1 + random.nextInt(scale * 10),
                1 + random.nextInt(scale))) {
            done++;
        }
    }

    /** Closes the client; the number of transactions, or what went wrong. */
    long finish() throws SQLException {
        if (failure.isPresent()) {
            throw new SQLException(failure.get());
        }
        client.close();
        return done;
    }
}
