package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.gajah.tests.process.ServerProcess;

/** The most memory that a server has while a long stream goes in by COPY and out again; {@code -Dcopy.megabytes=5120} makes it 5 GB. */
final class CopyMemory implements Workload {
    private static final String NAME = "copy-memory";
    private static final int MEGABYTES = Integer.getInteger("copy.megabytes", 512);
    private static final int LIMIT_MEGABYTES = 768;
    private static final int CHUNK_ROWS = 100_000;
    private static final long SAMPLE_NANOS = 100_000_000;

    @Override
    public List<String> names() {
        return List.of(NAME);
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        for (ServerProcess server : List.of(stage.gajah("shared_buffers=128MB"), stage.postgres("shared_buffers=128MB"))) {
            attempts.put(server.name(), () -> {
                server.start();
                double most = most(server);
                server.stop();
                return most;
            });
        }
        Map<String, Double> medians = Rounds.medians(NAME, 1, attempts);
        return List.of(new Row(NAME, Unit.MEGABYTES, medians.get("Gajah"), "PostgreSQL", medians.get("PostgreSQL"),
                new Goal.AtMost(LIMIT_MEGABYTES)));
    }

    private static double most(ServerProcess server) throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        double[] most = {0};
        Thread sampler = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                most[0] = Math.max(most[0], memory(server));
                LockSupport.parkNanos(SAMPLE_NANOS);
            }
        });
        try (CopyStream.Client client = new CopyStream.Client(server.port())) {
            client.run("CREATE TABLE streamed (" + CopyStream.COLUMNS + ")");
            client.copyIn("COPY streamed FROM STDIN", Chunks::new);
            client.copyOut("COPY streamed TO STDOUT");
        } finally {
            done.set(true);
        }
        try {
            sampler.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return most[0];
    }

    private static double memory(ServerProcess server) {
        try {
            return server.memoryMegabytes();
        } catch (IOException e) {
            // a process of the server has ended meanwhile
            return 0;
        }
    }

    /** Rows made on the way. */
    private static final class Chunks implements Iterator<byte[]> {
        private long row;
        private long bytes;

        @Override
        public boolean hasNext() {
            return bytes < (long) MEGABYTES << 20;
        }

        @Override
        public byte[] next() {
            byte[] chunk = CopyStream.messages(CopyStream.Format.TEXT, row, row + CHUNK_ROWS);
            row += CHUNK_ROWS;
            bytes += chunk.length;
            return chunk;
        }
    }
}
