package org.gajah.tests.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One run of one file: its database, its sessions, and the answers so far. */
public final class CorpusRun implements AutoCloseable {
    static final String DATABASE = "corpus";
    static final String SUPERUSER = "postgres";
    private static final long BLOCK_LIMIT_SECONDS = 5;

    private final Target target;
    private final Protocol protocol;
    private final int restartEvery;
    private final SessionState state = new SessionState();
    private final Map<String, WireClient> sessions = new HashMap<>();
    private final Map<String, CorpusRecord> waiting = new HashMap<>();
    private String database = DATABASE;
    private WireClient control;

    private int sinceRestart;
    private int restarts;

    /**
     * Makes the file's database anew. {@code restartEvery} records, if that is not 0, the server is restarted, if no session has
     * anything that a restart would end.
     */
    public CorpusRun(Target target, Protocol protocol, int restartEvery) throws IOException {
        this.target = target;
        this.protocol = protocol;
        this.restartEvery = restartEvery;
        connectControl();
        control("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
        List<String> created = control("CREATE DATABASE " + DATABASE);
        if (created.getFirst().startsWith("error 0A000")) {
            control.close();
            target.renew();
            connectControl();
            database = SUPERUSER;
        } else if (!created.contains("tag CREATE DATABASE")) {
            throw new IOException("no database for the file: " + created);
        }
    }

    /** Runs a record and gives the answer's lines; a broken connection is an answer too. */
    public List<String> run(CorpusRecord record) {
        try {
            if (record.has("restart") || restartEvery > 0 && ++sinceRestart >= restartEvery && idle()) {
                restart();
            }
            state.note(record);
            if (record.has("reconnect")) {
                closeSession(record.session());
            }
            return record.has("await") ? await(record) : send(record);
        } catch (IOException e) {
            closeSession(record.session());
            return List.of("broken: " + e);
        }
    }

    private boolean idle() {
        return sessions.size() == 1 && waiting.isEmpty() && state.isNothing() && !sessions.values().iterator().next().inTransaction();
    }

    /** How often the server was restarted. */
    public int restarts() {
        return restarts;
    }

    private void restart() throws IOException {
        List.copyOf(sessions.keySet()).forEach(this::closeSession);
        control.close();
        target.restart();
        connectControl();
        sinceRestart = 0;
        restarts++;
    }

    private List<String> send(CorpusRecord record) throws IOException {
        WireClient session = session(record);
        List<String> parameters = record.arguments("param");
        boolean extended = !parameters.isEmpty() || protocol != Protocol.SIMPLE && !record.has("simple");
        if (extended) {
            session.execute(record.statement(), parameters.stream().map(CorpusRun::parameter).toList(),
                    protocol == Protocol.BINARY && !record.has("text"));
        } else {
            session.query(record.statement());
        }
        if (record.has("blocks")) {
            waiting.put(record.session(), record);
            return List.of(isBlocked(session) ? "waits" : "does not wait");
        }
        return sorted(record, Answer.read(session, record, extended));
    }

    private List<String> await(CorpusRecord record) throws IOException {
        CorpusRecord sent = waiting.remove(record.session());
        WireClient session = sessions.get(record.session());
        if (sent == null || session == null) {
            return List.of("nothing to wait for");
        }
        return sorted(record, Answer.read(session, sent, protocol != Protocol.SIMPLE && !sent.has("simple")));
    }

    private WireClient session(CorpusRecord record) throws IOException {
        WireClient session = sessions.get(record.session());
        if (session == null) {
            session = new WireClient(target.connect(), record.argument("user").orElse(SUPERUSER), database);
            sessions.put(record.session(), session);
        }
        return session;
    }

    private void closeSession(String name) {
        WireClient session = sessions.remove(name);
        waiting.remove(name);
        if (session != null) {
            session.close();
        }
    }

    private boolean isBlocked(WireClient session) throws IOException {
        StringJoiner others = new StringJoiner(",", "'{", "}'");
        sessions.values().forEach(s -> others.add(Integer.toString(s.processId())));
        String question = "SELECT pg_catalog.pg_isolation_test_session_is_blocked(" + session.processId() + ", " + others + ")";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BLOCK_LIMIT_SECONDS);
        while (System.nanoTime() < deadline) {
            List<String> answer = control(question);
            if (answer.contains("row t")) {
                return true;
            }
            if (!answer.contains("row f")) {
                throw new IOException("cannot see who waits: " + answer);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return false;
    }

    private void connectControl() throws IOException {
        control = new WireClient(target.connect(), SUPERUSER, "postgres");
    }

    private List<String> control(String sql) throws IOException {
        control.query(sql);
        return Answer.read(control, CorpusRecord.parse(0, List.of(sql)), false);
    }

    private static WireClient.Parameter parameter(String text) {
        int blank = text.indexOf(' ');
        String type = blank < 0 ? text : text.substring(0, blank);
        String value = blank < 0 ? "" : text.substring(blank + 1);
        return new WireClient.Parameter(TypeNames.oid(type), value.equals("\\N") ? null : value);
    }

    private static List<String> sorted(CorpusRecord record, List<String> answer) {
        if (!record.has("unordered")) {
            return answer;
        }
        List<String> rows = new ArrayList<>(answer.stream().filter(l -> l.startsWith("row ")).sorted().toList());
        return answer.stream().map(l -> l.startsWith("row ") ? rows.removeFirst() : l).toList();
    }

    /** Ends all sessions and removes the database. */
    @Override
    public void close() throws IOException {
        List.copyOf(sessions.keySet()).forEach(this::closeSession);
        control("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
        control.close();
    }
}
