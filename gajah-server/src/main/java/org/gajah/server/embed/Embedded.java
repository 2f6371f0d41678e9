package org.gajah.server.embed;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import org.gajah.api.Gajah;
import org.gajah.api.session.Session;
import org.gajah.engine.DirectSession;
import org.gajah.server.Server;
import org.postgresql.ds.PGSimpleDataSource;

/** A cluster that a program holds open. */
final class Embedded implements Gajah {
    private final Server server;
    private final AutoCloseable owner;
    private final String key;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<DirectSession> sessions = ConcurrentHashMap.newKeySet();

    /** {@code owner} closes the server and all beneath it. */
    Embedded(Server server, AutoCloseable owner) {
        this.server = server;
        this.owner = owner;
        this.key = MemorySocketFactory.register(server);
    }

    @Override
    public DataSource dataSource(String database, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setSocketFactory(MemorySocketFactory.class.getName());
        source.setSocketFactoryArg(key);
        source.setSslMode("disable");
        return source;
    }

    @Override
    public Session session(String database, String user) {
        AtomicReference<DirectSession> opened = new AtomicReference<>();
        opened.set(DirectSession.open(server.cluster(), user, database, () -> sessions.remove(opened.get())));
        sessions.add(opened.get());
        if (closed.get()) {
            opened.get().close();
        }
        return opened.get();
    }

    /** What {@link MemorySocketFactory} knows the server by. */
    String key() {
        return key;
    }

    @Override
    public Optional<Integer> port() {
        return server.addresses().stream().findFirst().map(a -> a.getPort());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            MemorySocketFactory.unregister(key);
            sessions.forEach(DirectSession::shutDown);
            try {
                owner.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
