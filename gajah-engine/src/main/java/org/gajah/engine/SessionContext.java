package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.IntPredicate;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.ParameterTypes;
import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.PolicyRights;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.Trigger;
import org.gajah.exec.CallContexts;
import org.gajah.exec.Relations;
import org.gajah.exec.Routine;
import org.gajah.exec.RowLocks;
import org.gajah.exec.SessionView;
import org.gajah.sysfunc.PartitionText;
import org.gajah.exec.StoredRows;
import org.gajah.exec.TriggerCall;
import org.gajah.analyze.Expr;
import org.gajah.analyze.NodeText;
import org.gajah.catalog.Catalog;
import org.gajah.plan.PlanSettings;
import org.gajah.plan.TableSizes;
import org.gajah.settings.SessionZone;
import org.gajah.spi.SpiParameters;
import org.gajah.table.Index;
import org.gajah.table.RelationId;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.txn.lock.LockMode;
import org.gajah.txn.lock.LockTag;
import org.gajah.type.Codecs;
import org.gajah.type.Oids;
import org.gajah.type.Privilege;
import org.gajah.type.TextStyle;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Vector;

/** A session as the layers below see it: its styles and names, its search path, storage by relation, sequences, cursors. */
final class SessionContext implements TypeContext, SessionView {
    private final SessionImpl session;
    private final SessionRelations relations;
    private final SessionRowLocks rowLocks;
    private final SessionSequences sequences;
    private final NameResolver names;
    private final SessionDomains domains;
    private int styleVersion = -1;
    private TextStyle style = TextStyle.DEFAULT;
    private TimeZoneRules zone = TimeZoneRules.UTC;
    private Optional<Snapshot> running = Optional.empty();
    private Optional<RoleRow> definer = Optional.empty();

    private final CallContexts calls = site -> new SessionCallContext(this, site);

    SessionContext(SessionImpl session) {
        this.session = session;
        this.relations = new SessionRelations(session);
        this.rowLocks = new SessionRowLocks(session);
        this.sequences = new SessionSequences(session);
        this.names = new NameResolver(session);
        this.domains = new SessionDomains(session);
    }

    SessionImpl session() {
        return session;
    }

    /** A run begins that sees this. */
    void begin(Snapshot sees) {
        running = Optional.of(sees);
    }

    /** What the running statement sees, to go on with when something inside it has ended. */
    Optional<Snapshot> running() {
        return running;
    }

    void resume(Optional<Snapshot> before) {
        running = before;
    }

    /** What the running statement sees. */
    Snapshot snapshot() {
        return running.orElseThrow();
    }

    /** A setting's value. */
    String setting(String name) {
        return session.settings().get(name);
    }

    /** The catalogs now. */
    CatalogView catalog() {
        return session.transactions().catalog();
    }

    Relations relations() {
        return relations;
    }

    RowLocks rowLocks() {
        return rowLocks;
    }

    SessionSequences sequences() {
        return sequences;
    }

    PlanningView sizes() {
        return new PlanningView(session, relations);
    }

    PlanSettings planSettings() {
        return relations.settings();
    }

    CallContexts calls() {
        return calls;
    }

    AnalyzeContext analysis(CatalogView view, ParameterTypes parameters) {
        return new AnalyzeContext(view, searchPath(view), session.temporarySchema(), session.databaseName(), parameters, this, mayUse(view), Variables.NONE,
                session.routines()::transitionTable, Optional.of(policies(view)));
    }

    /** Whom the policies of tables hold for: the current role. */
    PolicyRights policies(CatalogView view) {
        return new PolicyRights(view, () -> currentRole().oid(), () -> session.settings().isOn("row_security"));
    }

    /** The same inside a routine. */
    AnalyzeContext analysis(CatalogView view, SpiParameters parameters) {
        AnalyzeContext context = analysis(view, parameters.open() ? ParameterTypes.inferred(parameters.types()) : ParameterTypes.fixed(parameters.types()))
                .with(parameters.names());
        return parameters.path().isEmpty() ? context : context.with(parameters.path());
    }

    // ---- styles ----

    private void refreshStyle() {
        if (styleVersion != session.settings().version()) {
            style = Styles.of(session.settings());
            zone = SessionZone.named(session.settings().get("TimeZone")).orElse(TimeZoneRules.UTC);
            styleVersion = session.settings().version();
        }
    }

    @Override
    public TextStyle style() {
        refreshStyle();
        return style;
    }

    @Override
    public TimeZoneRules timeZone() {
        refreshStyle();
        return zone;
    }

    @Override
    public long transactionMicros() {
        return session.transactions().startMicros();
    }

    @Override
    public TypeCodec codec(int typeOid) {
        return typeOid == Oids.RECORD || typeOid == Oids.RECORD_ARRAY ? catalog().codec(typeOid)
                : Codecs.of(typeOid).orElseGet(() -> catalog().codec(typeOid));
    }

    @Override
    public Names names() {
        return names;
    }

    @Override
    public void checkDomain(int domain, Vector values, int row) {
        domains.check(domain, values, row);
    }

    // ---- roles and schemas ----

    /** Whose rights count until further notice, whatever role is set; empty for the role that is set. */
    Optional<RoleRow> definer() {
        return definer;
    }

    void setDefiner(Optional<RoleRow> role) {
        definer = role;
    }

    RoleRow currentRole() {
        if (definer.isPresent()) {
            return definer.get();
        }
        String role = session.settings().get("role");
        return role.equals("none") ? sessionRole() : catalog().role(role).orElseGet(this::sessionRole);
    }

    /** The role that the client logged in as or has changed to; as it is now, under whatever name. */
    RoleRow sessionRole() {
        RoleRow authenticated = session.authenticatedRole();
        String name = session.settings().get("session_authorization");
        CatalogView view = catalog();
        return (name.equals(authenticated.name()) ? view.role(authenticated.oid()) : view.role(name)).orElse(authenticated);
    }

    @Override
    public boolean isRestricted(Relation table) {
        return table.rowSecurity().isPresent() && policies(catalog()).restricts(table, 0);
    }

    @Override
    public boolean mayShow(Relation table, List<Integer> columns) {
        CatalogView view = catalog();
        Rights rights = new Rights(view);
        int role = currentRole().oid();
        return !isRestricted(table) && ((rights.held(role, table) & Privilege.SELECT.bit()) != 0 || columns.stream()
                .allMatch(c -> c != 0 && (rights.heldOnColumn(role, table.oid(), c) & Privilege.SELECT.bit()) != 0));
    }

    @Override
    public String currentUser() {
        return currentRole().name();
    }

    @Override
    public String sessionUser() {
        return sessionRole().name();
    }

    @Override
    public String currentDatabase() {
        return session.databaseName();
    }

    @Override
    public Optional<String> currentSchema() {
        CatalogView view = catalog();
        return searchPath(view).stream().findFirst().flatMap(view::schema).map(SchemaRow::name);
    }

    /** Whether the current role may look into a schema; its own temporary one it may. */
    private IntPredicate mayUse(CatalogView view) {
        RoleRow role = currentRole();
        return schema -> role.superuser() || schema == session.temporarySchema()
                || new Rights(view).onSchema(role.oid(), schema, Privilege.USAGE);
    }

    /** The schemas of search_path that exist and may be used, as listed. */
    List<Integer> searchPath(CatalogView view) {
        List<Integer> path = new ArrayList<>();
        IntPredicate usable = mayUse(view);
        for (String name : SearchPath.names(session.settings().get("search_path"))) {
            String schema = name.equals("$user") ? currentRole().name() : name;
            if (schema.equals("pg_temp")) {
                if (session.temporarySchema() != 0) {
                    path.add(session.temporarySchema());
                }
            } else {
                view.schema(schema).map(SchemaRow::oid).filter(oid -> !path.contains(oid) && usable.test(oid)).ifPresent(path::add);
            }
        }
        return path;
    }

    void lockRelation(int relation, LockMode mode) {
        lockRelation(relation, mode, true);
    }

    /** Whether it was to be had, if it may not wait. */
    boolean lockRelation(int relation, LockMode mode, boolean mayWait) {
        boolean shared = relation < Bootstrap.FIRST_USER_OID && catalog().relation(relation).map(Relation::shared).orElse(false);
        return session.instance().locks().lock(session.lockOwner(), LockTag.relation(shared ? 0 : session.database(), relation), mode, mayWait);
    }

    // ---- sequences, cursors ----

    @Override
    public long nextValue(int sequence) {
        return sequences.next(sequence);
    }

    @Override
    public Routine routine(ProcRow function, CallContexts.CallSite site) {
        return session.routines().routine(function, site);
    }

    @Override
    public TriggerCall.Function trigger(ProcRow function, Trigger trigger) {
        return session.routines().trigger(function, trigger);
    }

    @Override
    public StoredRows transitionTable(String name) {
        return session.routines().transitionRows(name);
    }

    @Override
    public void within(Supplier<String> line, Runnable work) {
        session.routines().spi().stack().enter(line);
        try {
            work.run();
        } finally {
            session.routines().spi().stack().leave();
        }
    }

    @Override
    public boolean fires(char enabled) {
        return switch (enabled) {
            case 'A' -> true;
            case 'O' -> !session.settings().get("session_replication_role").equals("replica");
            case 'R' -> session.settings().get("session_replication_role").equals("replica");
            default -> false;
        };
    }

    @Override
    public long foreignRowLimit() {
        String written = session.settings().showIfPresent("gajah.foreign_row_limit").map(String::strip).orElse("");
        if (written.isEmpty() || written.equals("0")) {
            return Long.MAX_VALUE;
        }
        try {
            return Math.max(0, Long.parseLong(written));
        } catch (NumberFormatException e) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for parameter \"gajah.foreign_row_limit\": \"" + written + "\"", e);
        }
    }

    @Override
    public ForeignSession foreign(int server, int role) {
        return session.foreign().at(server, role);
    }

    @Override
    public String expressionText(String stored, Relation table) {
        return PartitionText.expression(NodeText.readExpr(stored, catalog(), this), table, analysis(catalog(), ParameterTypes.none()));
    }

    @Override
    public OptionalLong cursorPosition(String cursor, int relation) {
        return Cursors.place(session, cursor, relation);
    }

    /** Storage of the session's database by relation. */
    static final class SessionRelations implements Relations, TableSizes {
        private final SessionImpl session;
        private PlanSettings settings = PlanSettings.DEFAULT;
        private int settingsVersion = -1;

        SessionRelations(SessionImpl session) {
            this.session = session;
        }

        private RelationId id(Relation relation, int storageId) {
            return new RelationId(relation.shared() ? 0 : session.database(), storageId);
        }

        @Override
        public Table table(Relation relation) {
            return session.instance().storage().table(id(relation, relation.storageId()),
                    session.transactions().catalog().layout(relation));
        }

        @Override
        public Index index(Relation relation, Relation.Index index) {
            return session.instance().storage().index(id(relation, index.storageId()));
        }

        @Override
        public double rows(Relation relation) {
            return relation.storageId() == 0 ? 1000 : table(relation).rowEstimate();
        }

        @Override
        public double pages(Relation relation) {
            return relation.storageId() == 0 ? 10 : table(relation).pageCount();
        }

        @Override
        public PlanSettings settings() {
            int version = session.settings().version();
            if (settingsVersion != version) {
                PlanSettings now = PlanSettings.of(session.settings());
                settings = now.equals(settings) ? settings : now;
                settingsVersion = version;
            }
            return settings;
        }

        @Override
        public Expr stored(String text, Catalog catalog) {
            return NodeText.readExpr(text, catalog, session.context());
        }
    }
}
