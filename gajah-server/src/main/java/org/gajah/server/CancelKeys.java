package org.gajah.server;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gajah.engine.Session;
import org.gajah.wire.CancelRequest;

/**
 * The secrets that entitle to cancel a session's statement. A wrong secret, a right one and an unknown process id look the
 * same from outside and take the same time.
 */
public final class CancelKeys {
    private record Entry(byte[] secret, Session session) {
    }

    private static final int SHORT = 4;
    private static final int LONG = 32;

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();
    private final byte[] nobodys = new byte[LONG];

    public CancelKeys() {
        random.nextBytes(nobodys);
    }

    /** A new session's secret: 32 bytes if the protocol allows, else 4. */
    public byte[] add(Session session, boolean longSecret) {
        byte[] secret = new byte[longSecret ? LONG : SHORT];
        random.nextBytes(secret);
        entries.put(session.processId(), new Entry(secret, session));
        return secret;
    }

    public void remove(Session session) {
        entries.remove(session.processId());
    }

    /** Does what a request asks if it shows the right secret. */
    public void cancel(CancelRequest request) {
        Optional<Entry> entry = Optional.ofNullable(entries.get(request.processId()));
        byte[] secret = entry.map(Entry::secret).orElse(nobodys);
        if (MessageDigest.isEqual(secret, request.secret()) && entry.isPresent()) {
            entry.get().session().cancel();
        }
    }
}
