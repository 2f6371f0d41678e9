package org.gajah.tests.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gajah.api.Gajah;
import org.gajah.server.embed.MemorySocketFactory;
import org.gajah.tests.oracle.FreePort;
import org.gajah.tests.oracle.PostgresPrograms;
import org.postgresql.ds.PGSimpleDataSource;

/** A Gajah on real files that a program has opened for itself; connections go through memory, as those of its data source do. */
final class EmbeddedTarget implements Target {
    private final Path directory;
    private final int port = FreePort.find();
    private Gajah gajah;

    EmbeddedTarget() throws IOException {
        directory = Files.createTempDirectory("gajah-corpus-");
        gajah = Gajah.open(directory, port);
    }

    @Override
    public int port() {
        return gajah.port().orElseThrow();
    }

    @Override
    public Socket connect() throws IOException {
        if (gajah.dataSource() instanceof PGSimpleDataSource source) {
            return new MemorySocketFactory(source.getSocketFactoryArg()).createSocket();
        }
        throw new IOException("the data source is not pgjdbc's");
    }

    @Override
    public void restart() {
        gajah.close();
        gajah = Gajah.open(directory, port);
    }

    @Override
    public void close() {
        gajah.close();
        try {
            PostgresPrograms.deleteTree(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
