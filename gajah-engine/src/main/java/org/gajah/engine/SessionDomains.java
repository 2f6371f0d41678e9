package org.gajah.engine;

import java.util.HashMap;
import java.util.Map;

import org.gajah.catalog.CatalogView;
import org.gajah.exec.DomainTest;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Vector;

/** Checks values that come from outside against domains; the tests are kept as long as the catalogs stay as they are. */
final class SessionDomains {
    private final SessionImpl session;
    private final Map<Integer, DomainTest> tests = new HashMap<>();
    private long version = -1;

    SessionDomains(SessionImpl session) {
        this.session = session;
    }

    void check(int domain, Vector values, int row) {
        CatalogView catalog = session.transactions().catalog();
        if (catalog.version() != version) {
            tests.clear();
            version = catalog.version();
        }
        PortalRunner runner = session.runner().portalRunner();
        DomainTest test = tests.computeIfAbsent(domain, d -> DomainTest.of(d, runner.compile(catalog)));
        Snapshot snapshot = session.transactions().snapshot();
        try {
            test.check(values, row, runner.context(new Object[0], snapshot));
        } finally {
            session.transactions().release(snapshot);
        }
    }
}
