package org.gajah.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.ParameterTypes;
import org.gajah.analyze.Query;
import org.gajah.analyze.RequiredPermission;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.OnCommit;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.PreparedStatement;
import org.gajah.ast.RawStatement;
import org.gajah.base.HostFiles;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.CatalogWriter;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.UncommittedEnums;
import org.gajah.command.CommandContext;
import org.gajah.command.CommandOutput;
import org.gajah.command.TemporaryObjects;
import org.gajah.exec.CompileContext;
import org.gajah.exec.ExecContext;
import org.gajah.exec.Execution;
import org.gajah.exec.ExplainOptions;
import org.gajah.exec.Relations;
import org.gajah.notify.Channels;
import org.gajah.plan.PlannedStatement;
import org.gajah.plan.Planner;
import org.gajah.plan.TableSizes;
import org.gajah.settings.ServerSettings;
import org.gajah.settings.Settings;
import org.gajah.sysfunc.EventState;
import org.gajah.sysfunc.Progress;
import org.gajah.table.RelationId;
import org.gajah.table.Storage;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.lock.LockMode;
import org.gajah.txn.lock.LockTag;
import org.gajah.type.Privilege;
import org.gajah.vector.Batch;

/** A session's side of a running command. */
final class SessionCommandContext implements CommandContext {
    private final SessionImpl session;
    private final StatementRunner runner;
    private final Slice text;
    private final BoundParameters bound;

    SessionCommandContext(SessionImpl session, StatementRunner runner, Slice text, BoundParameters bound) {
        this.session = session;
        this.runner = runner;
        this.text = text;
        this.bound = bound;
    }

    @Override
    public Slice statementText() {
        return text;
    }

    @Override
    public CatalogView catalog() {
        return session.transactions().catalog();
    }

    @Override
    public CatalogWriter writer() {
        session.transactions().requireId();
        return new CatalogWriter(session.instance().storage(), session.database(), session.transactions().transaction());
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
    public int database() {
        return session.database();
    }

    @Override
    public Transaction transaction() {
        session.transactions().requireId();
        return session.transactions().transaction();
    }

    @Override
    public void changed() {
        session.transactions().catalogsChanged();
    }

    @Override
    public UncommittedEnums uncommittedEnums() {
        return session.transactions().uncommittedEnums();
    }

    @Override
    public int newOid() {
        return session.instance().newOid();
    }

    @Override
    public void lock(LockTag tag, LockMode mode) {
        session.instance().locks().lock(session.lockOwner(), tag, mode, true);
    }

    @Override
    public void lockRelation(int relation, LockMode mode) {
        session.context().lockRelation(relation, mode);
    }

    @Override
    public boolean tryLockRelation(int relation, LockMode mode) {
        return session.context().lockRelation(relation, mode, false);
    }

    @Override
    public AnalyzeContext analysis() {
        return session.context().analysis(catalog(), bound.forAnalysis()).with(bound.names());
    }

    @Override
    public AnalyzeContext analysis(ParameterTypes parameters) {
        return session.context().analysis(catalog(), parameters);
    }

    @Override
    public Settings settings() {
        return session.settings();
    }

    @Override
    public Channels channels() {
        return session.channels();
    }

    @Override
    public ServerSettings serverSettings() {
        return session.instance().serverSettings();
    }

    @Override
    public RoleRow currentRole() {
        return session.context().currentRole();
    }

    @Override
    public boolean isUnderDefiner() {
        return session.context().definer().isPresent();
    }

    @Override
    public RoleRow sessionRole() {
        return session.context().sessionRole();
    }

    @Override
    public RoleRow authenticatedRole() {
        return session.authenticatedRole();
    }

    @Override
    public Rights rights() {
        return new Rights(catalog());
    }

    @Override
    public boolean isMember(String role) {
        return catalog().hasRightsOf(currentRole().oid(), role);
    }

    @Override
    public void requireOwner(int owner, String kind, String name) {
        if (!rights().owns(currentRole().oid(), owner)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "must be owner of " + kind + " " + name);
        }
    }

    @Override
    public void requireHeld(Relation relation, Privilege privilege) {
        if ((rights().held(currentRole().oid(), relation) & privilege.bit()) == 0) {
            throw PermissionCheck.denied(relation);
        }
    }

    @Override
    public void requireInsert(Relation table) {
        requirePermissions(List.of(new RequiredPermission(table.oid(), RequiredPermission.Mode.INSERT, Set.of(), 0)));
    }

    @Override
    public void requirePermissions(List<RequiredPermission> permissions) {
        new PermissionCheck(session.context(), catalog()).require(permissions);
    }

    @Override
    public void validate(ProcRow function) {
        session.routines().validate(function, statementText());
    }

    @Override
    public void onCommit(int table, OnCommit action) {
        session.onCommit().add(table, action);
    }

    @Override
    public PreparedCall prepared(PreparedStatement.Execute call) {
        Prepared prepared = session.statement(call.name());
        Object[] values = new SessionStatements(session, runner).arguments(call, prepared);
        PreparableStatement query = prepared.raw().map(RawStatement::statement).filter(PreparableStatement.class::isInstance)
                .map(PreparableStatement.class::cast).orElseThrow(() -> new SqlError(SqlState.WRONG_OBJECT_TYPE,
                        "prepared statement is not a SELECT"));
        return new PreparedCall(query, new SessionCommandContext(session, runner, text, new BoundParameters(prepared.parameterTypes(), values)));
    }

    @Override
    public void endStatement() {
        session.transactions().constraints().endStatement(execution());
        session.transactions().transaction().incrementCommand();
    }

    @Override
    public List<String> explain(Query query, ExplainOptions options) {
        return new Explanation(session, runner, bound).of(query, options);
    }

    @Override
    public Optional<EventState> event() {
        return session.events().state();
    }

    @Override
    public void beforeRewrite(int table, int reason) {
        session.events().rewrite(table, reason);
    }

    @Override
    public void showProgress(Optional<Progress> progress) {
        session.setProgress(progress);
    }

    @Override
    public boolean isNew(Relation table) {
        return session.transactions().hasMade(storageId(table.storageId(), table.shared()));
    }

    @Override
    public void enterContext(Supplier<String> line) {
        session.routines().spi().stack().enter(line);
    }

    @Override
    public void leaveContext() {
        session.routines().spi().stack().leave();
    }

    @Override
    public HostFiles hostFiles() {
        return session.instance().hostFiles();
    }

    @Override
    public void randomBytes(byte[] target) {
        session.instance().randomBytes(target);
    }

    @Override
    public <T> T inDatabase(int database, Function<CatalogView, T> work) {
        return session.instance().withCatalog(database, work);
    }

    @Override
    public void requireUnused(int database, String message) {
        long others = others(database);
        if (others > 0) {
            throw new SqlError(SqlState.OBJECT_IN_USE, message).detail(others == 1 ? "There is 1 other session using the database."
                    : "There are " + others + " other sessions using the database.");
        }
    }

    private long others(int database) {
        return session.instance().sessions().stream().filter(s -> s.database() == database && s != session).count();
    }

    @Override
    public void endSessions(int database) {
        session.instance().sessions().stream().filter(s -> s.database() == database && s != session).forEach(SessionImpl::terminate);
        for (int i = 0; i < 500 && others(database) > 0; i++) {
            session.cancelFlag().check();
            session.sleep(10_000_000);
        }
    }

    @Override
    public TableSizes sizes() {
        return session.context().sizes();
    }

    @Override
    public Relations relations() {
        return session.context().relations();
    }

    @Override
    public CompileContext compile() {
        return runner.portalRunner().compile(catalog());
    }

    @Override
    public ExecContext execution() {
        return runner.portalRunner().context(bound.values(), session.transactions().snapshot());
    }

    @Override
    public Object[] evaluate(List<Expr> exprs) {
        return new OneRow(session, runner).evaluate(exprs);
    }

    @Override
    public long run(Query query, CommandOutput output) {
        PlannedStatement plan = Planner.plan(query, bound.types(), catalog(), sizes());
        if (plan.changesRows()) {
            session.transactions().requireId();
        }
        Snapshot snapshot = session.transactions().snapshot();
        long rows = 0;
        try (Execution execution = new Execution(plan, compile())) {
            execution.open(runner.portalRunner().context(bound.values(), snapshot));
            output.columns(plan.results());
            for (Batch batch = execution.next(Batch.MAX_ROWS); batch.count() > 0; batch = execution.next(Batch.MAX_ROWS)) {
                session.cancelFlag().check();
                rows += batch.count();
                output.rows(batch);
            }
            if (plan.changesRows()) {
                session.transactions().transaction().incrementCommand();
                rows = query.command() == Query.Command.SELECT ? rows : execution.processed();
            }
        } finally {
            session.transactions().release(snapshot);
        }
        return rows;
    }

    @Override
    public void message(String severity, SqlError message) {
        session.message(severity, message);
    }

    @Override
    public void requireWritable(String statement) {
        if (session.transactions().transaction().isReadOnly()) {
            throw new SqlError(SqlState.READ_ONLY_SQL_TRANSACTION, "cannot execute " + statement + " in a read-only transaction");
        }
    }

    @Override
    public boolean isInsideBlock() {
        return runner.isInsideBlock();
    }

    @Override
    public void requireOutsideBlock(String statement) {
        if (session.routines().isInside() && !session.transactions().isInBlock()) {
            throw new SqlError(SqlState.ACTIVE_SQL_TRANSACTION, statement + " cannot be executed from a function");
        }
        if (runner.isInsideBlock()) {
            throw new SqlError(SqlState.ACTIVE_SQL_TRANSACTION, statement + " cannot run inside a transaction block");
        }
    }

    @Override
    public List<Integer> searchPath() {
        return session.context().searchPath(catalog());
    }

    @Override
    public int creationNamespace() {
        int first = searchPath().stream().findFirst()
                .orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME, "no schema has been selected to create in"));
        requireCreate(first);
        return first;
    }

    @Override
    public void requireCreate(int schema) {
        if (schema != session.temporarySchema() && !rights().onSchema(currentRole().oid(), schema, Privilege.CREATE)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for schema "
                    + catalog().schema(schema).map(s -> s.name()).orElse(""));
        }
    }

    @Override
    public int temporaryNamespace() {
        if (session.temporarySchema() == 0 || catalog().schema(session.temporarySchema()).isEmpty()) {
            requireTemporary();
            String name = "pg_temp_" + session.processId();
            int existing = catalog().schema(name).map(s -> s.oid()).orElse(0);
            if (existing == 0) {
                existing = newOid();
                writer().insert("pg_namespace", existing, Slice.of(name), 10, null);
                changed();
            } else {
                TemporaryObjects.drop(this, existing);
            }
            session.setTemporarySchema(existing);
        }
        return session.temporarySchema();
    }

    private void requireTemporary() {
        boolean may = catalog().row("pg_database", 2672, session.database())
                .map(r -> (rights().held(currentRole().oid(), AclKind.DATABASE, r) & Privilege.TEMPORARY.bit()) != 0).orElse(false);
        if (!may) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE,
                    "permission denied to create temporary tables in database \"" + session.databaseName() + "\"");
        }
    }
}
