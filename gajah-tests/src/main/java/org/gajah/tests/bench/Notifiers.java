package org.gajah.tests.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.gajah.tests.corpus.WireClient;
import org.gajah.tests.process.ServerProcess;

/** Sessions that run one statement after the other, each a commit. */
final class Notifiers implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong next = new AtomicLong();
    private volatile boolean stopped;
    private volatile IOException failure;

    /** Begins; {@code statement} gets a number that is used once. */
    Notifiers(int port, int sessions, LongFunction<String> statement) throws IOException {
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            clients.add(new WireClient(port, ServerProcess.USER, "postgres"));
        }
        for (WireClient client : clients) {
            threads.add(Thread.ofPlatform().start(() -> run(client, statement)));
        }
    }

    private void run(WireClient client, LongFunction<String> statement) {
        try (client) {
            while (!stopped) {
                client.query(statement.apply(next.getAndIncrement()));
                char type = client.read().type();
                while (type != 'Z') {
                    if (type == 'E') {
                        throw new IOException("a statement failed");
                    }
                    type = client.read().type();
                }
                done.incrementAndGet();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Commits so far. */
    long commits() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return done.get();
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
