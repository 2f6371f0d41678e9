package org.gajah.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ScramVerifier;
import org.gajah.engine.Cluster;
import org.gajah.engine.Session;

/** A cluster whose sessions understand a dozen words: enough to reach every rule of the protocol from a test. */
final class ToyCluster implements Cluster {
    final Map<String, Login> logins = new HashMap<>();
    final Map<Integer, ToySession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger lastProcessId = new AtomicInteger(1000);

    ToyCluster() {
        role("postgres", "secret", true);
    }

    void role(String name, String password, boolean superuser, String... memberOf) {
        Optional<String> verifier = password.isEmpty() ? Optional.empty()
                : Optional.of(ScramVerifier.of(password, new byte[16], 4096).text());
        logins.put(name, new Login(name, superuser, true, verifier, Long.MAX_VALUE, List.of(memberOf)));
    }

    void notifyAll(int sender, String channel, String payload) {
        List<ToySession> listeners = new ArrayList<>(sessions.values());
        listeners.forEach(session -> session.offer(sender, channel, payload));
    }

    @Override
    public Optional<Login> login(String role) {
        return Optional.ofNullable(logins.get(role));
    }

    @Override
    public boolean hasDatabase(String name) {
        return name.equals("postgres");
    }

    @Override
    public Session connect(ConnectionRequest request) {
        if (!logins.containsKey(request.user())) {
            throw new SqlError(SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    "role \"" + request.user() + "\" does not exist");
        }
        if (!hasDatabase(request.database())) {
            throw new SqlError(SqlState.INVALID_CATALOG_NAME,
                    "database \"" + request.database() + "\" does not exist");
        }
        ToySession session = new ToySession(this, lastProcessId.incrementAndGet(), request);
        sessions.put(session.processId(), session);
        return session;
    }

    @Override
    public String setting(String name) {
        return "";
    }

    @Override
    public Optional<Session> session(int processId) {
        return Optional.ofNullable(sessions.get(processId));
    }

    @Override
    public void close() {
        sessions.values().forEach(Session::terminate);
    }
}
