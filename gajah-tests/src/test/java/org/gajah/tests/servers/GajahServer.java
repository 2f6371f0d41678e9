package org.gajah.tests.servers;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Gajah for the tests of a class: {@code @RegisterExtension static final GajahServer GAJAH}. */
public final class GajahServer implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> settings;
    private Optional<Target> running = Optional.empty();

    /** With the settings of a new cluster. */
    public GajahServer() {
        this(Map.of());
    }

    /** With settings for Gajah. */
    public GajahServer(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        running = Optional.of(Targets.gajah(settings));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running.ifPresent(Target::close);
    }

    /** Where it listens. */
    public int port() {
        return running.orElseThrow().port();
    }
}
