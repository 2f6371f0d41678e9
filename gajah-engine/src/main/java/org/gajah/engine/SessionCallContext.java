package org.gajah.engine;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.api.SqlError;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.RoleRow;
import org.gajah.exec.CallContexts;
import org.gajah.func.SessionRandom;
import org.gajah.notify.Channels;
import org.gajah.settings.ServerSettings;
import org.gajah.settings.Settings;
import org.gajah.sysfunc.EventState;
import org.gajah.sysfunc.SystemContext;
import org.gajah.table.RelationId;
import org.gajah.table.Storage;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.lock.LockManager;
import org.gajah.txn.lock.LockOwner;
import org.gajah.type.TypeContext;

/** What one place of call knows: the session and the types there. */
final class SessionCallContext implements SystemContext {
    private final SessionContext context;
    private final SessionImpl session;
    private final CallContexts.CallSite site;

    SessionCallContext(SessionContext context, CallContexts.CallSite site) {
        this.context = context;
        this.session = context.session();
        this.site = site;
    }

    @Override
    public TypeContext types() {
        return context;
    }

    @Override
    public Optional<EventState> event() {
        return session.events().state();
    }

    @Override
    public int argumentCount() {
        return site.argumentTypes().size();
    }

    @Override
    public int argumentType(int index) {
        return site.argumentTypes().get(index);
    }

    @Override
    public int resultType() {
        return site.resultType();
    }

    @Override
    public List<Column> resultColumns() {
        return site.columns();
    }

    @Override
    public int collation() {
        return site.collation();
    }

    @Override
    public long statementMicros() {
        return session.statementMicros();
    }

    @Override
    public long clockMicros() {
        return session.nowMicros();
    }

    @Override
    public void checkCancelled() {
        session.cancelFlag().check();
    }

    @Override
    public void message(String severity, SqlError message) {
        session.message(severity, message);
    }

    @Override
    public SessionRandom random() {
        return session.random();
    }

    @Override
    public CatalogView catalog() {
        return context.catalog();
    }

    @Override
    public Settings settings() {
        return session.settings();
    }

    @Override
    public ServerSettings serverSettings() {
        return session.instance().serverSettings();
    }

    @Override
    public <T> T inDatabase(int database, Function<CatalogView, T> work) {
        return session.instance().withCatalog(database, work);
    }

    @Override
    public RoleRow currentRole() {
        return context.currentRole();
    }

    @Override
    public boolean isUnderDefiner() {
        return context.definer().isPresent();
    }

    @Override
    public RoleRow sessionRole() {
        return context.sessionRole();
    }

    @Override
    public RoleRow authenticatedRole() {
        return session.authenticatedRole();
    }

    @Override
    public int databaseOid() {
        return session.database();
    }

    @Override
    public String databaseName() {
        return session.databaseName();
    }

    @Override
    public int processId() {
        return session.processId();
    }

    @Override
    public Optional<InetSocketAddress> clientAddress() {
        return session.request().remoteAddress();
    }

    @Override
    public List<Integer> searchPath(boolean implicit) {
        List<Integer> path = new ArrayList<>(context.searchPath(catalog()));
        if (implicit && !path.contains(AnalyzeContext.PG_CATALOG)) {
            path.addFirst(AnalyzeContext.PG_CATALOG);
        }
        return path;
    }

    @Override
    public Storage storage() {
        return session.instance().storage();
    }

    @Override
    public RelationId storageId(int relfilenode, boolean shared) {
        return new RelationId(shared ? 0 : session.database(), relfilenode);
    }

    @Override
    public Transaction transaction() {
        return session.transactions().transaction();
    }

    @Override
    public Snapshot snapshot() {
        return context.snapshot();
    }

    @Override
    public LockManager locks() {
        return session.instance().locks();
    }

    @Override
    public LockOwner lockOwner() {
        return session.lockOwner();
    }

    @Override
    public void catalogsChanged() {
        session.transactions().catalogsChanged();
    }

    @Override
    public Channels channels() {
        return session.channels();
    }

    @Override
    public void sleepUntil(long micros) {
        for (long left = micros - clockMicros(); left > 0; left = micros - clockMicros()) {
            session.cancelFlag().check();
            long nanos = Math.min(left, Long.MAX_VALUE / 4000) * 1000;
            session.sleep(nanos);
        }
        session.cancelFlag().check();
    }

    @Override
    public Sequences sequences() {
        return context.sequences();
    }

    @Override
    public int triggerDepth() {
        return session.routines().triggerDepth();
    }

    @Override
    public List<SessionInfo> sessions() {
        return session.instance().sessions().stream().map(SessionImpl::info).toList();
    }

    @Override
    public List<ProgressInfo> progress(String command) {
        return session.instance().sessions().stream().flatMap(s -> s.progress().stream()
                .filter(p -> p.command().equalsIgnoreCase(command)).map(p -> new ProgressInfo(s.processId(), s.database(), s.info().role(), p))).toList();
    }

    @Override
    public List<CursorInfo> cursors() {
        return session.portals().all().stream().map(p -> new CursorInfo(p.name(), p.statement().text(), p.cursor().hold(),
                p.cursor().binary(), p.cursor().scroll(), p.cursor().declared() ? p.cursor().createdMicros() : statementMicros())).toList();
    }

    private static Optional<List<Integer>> resultTypes(Prepared statement) {
        return statement.last().filter(Prepared.Current::returnsRows).map(c -> c.columns.stream().map(ResultColumn::type).toList());
    }

    @Override
    public List<PreparedInfo> preparedStatements() {
        return session.statements().entrySet().stream().filter(e -> !e.getKey().isEmpty()).map(e -> new PreparedInfo(e.getKey(),
                e.getValue().text(), e.getValue().preparedMicros(), e.getValue().parameterTypes(), resultTypes(e.getValue()), e.getValue().fromSql(), 0)).toList();
    }

    @Override
    public long serverStartMicros() {
        return session.instance().startMicros();
    }

    @Override
    public boolean cancelSession(int processId) {
        Optional<Session> target = session.instance().session(processId);
        target.ifPresent(Session::cancel);
        return target.isPresent();
    }

    @Override
    public boolean terminateSession(int processId) {
        Optional<Session> target = session.instance().session(processId);
        target.ifPresent(Session::terminate);
        return target.isPresent();
    }
}
