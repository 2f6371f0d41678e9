package org.gajah.tests.corpus;

import java.io.IOException;
import org.gajah.tests.oracle.PostgresOracle;

/** The real PostgreSQL. */
final class OracleTarget implements Target {
    private final PostgresOracle oracle = PostgresOracle.start();

    @Override
    public int port() {
        return oracle.port();
    }

    @Override
    public void restart() throws IOException {
        oracle.restart();
    }

    @Override
    public void close() {
        oracle.close();
    }
}
