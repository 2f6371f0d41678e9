package org.gajah.tests.servers;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Gajah and a fresh PostgreSQL for the tests of a class: {@code @RegisterExtension static final BothServers SERVERS}. */
public final class BothServers implements BeforeAllCallback, AfterAllCallback {
    private final GajahServer gajah;
    private Optional<PostgresOracle> postgres = Optional.empty();

    /** With the settings of a new cluster. */
    public BothServers() {
        this(Map.of());
    }

    /** With settings for Gajah. */
    public BothServers(Map<String, String> settings) {
        gajah = new GajahServer(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        gajah.beforeAll(context);
        postgres = Optional.of(PostgresOracle.start());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        gajah.afterAll(context);
        postgres.ifPresent(PostgresOracle::close);
    }

    /** Where it listens. */
    public int gajahPort() {
        return gajah.port();
    }

    /** Where it listens. */
    public int postgresPort() {
        return postgres.orElseThrow().port();
    }
}
