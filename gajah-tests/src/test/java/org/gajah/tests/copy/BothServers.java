package org.gajah.tests.copy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Gajah and a fresh PostgreSQL for the tests of a class: {@code @RegisterExtension static final BothServers SERVERS}. */
final class BothServers implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> settings;
    private Optional<Target> gajah = Optional.empty();
    private Optional<PostgresOracle> postgres = Optional.empty();

    BothServers() {
        this(Map.of());
    }

    /** With settings for Gajah. */
    BothServers(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        gajah = Optional.of(Targets.gajah(settings));
        postgres = Optional.of(PostgresOracle.start());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        gajah.ifPresent(Target::close);
        postgres.ifPresent(PostgresOracle::close);
    }

    int gajahPort() {
        return gajah.orElseThrow().port();
    }

    int postgresPort() {
        return postgres.orElseThrow().port();
    }
}
