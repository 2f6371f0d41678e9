package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.gajah.api.SqlError;
import org.gajah.base.CancelReason;
import org.gajah.base.Slice;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.settings.ServerSettings;
import org.gajah.sysfunc.Identifiers;
import org.gajah.table.RelationId;
import org.gajah.table.Table;
import org.gajah.txn.lock.LockMode;
import org.gajah.txn.lock.LockTag;

/**
 * Analyzes tables that have changed much since they were analyzed last, every {@code autovacuum_naptime}, by PostgreSQL's rule and
 * settings, and drops what sessions that a crash has ended had for themselves. It waits for nobody's lock, and who drops the database that it is in waits for it, one table at most.
 */
final class AutoAnalysis implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger("org.gajah.engine");
    private static final List<Cluster.Setting> SETTINGS = List.of(new Cluster.Setting("statement_timeout", "0"),
            new Cluster.Setting("lock_timeout", "0"), new Cluster.Setting("transaction_timeout", "0"),
            new Cluster.Setting("default_transaction_isolation", "read committed"), new Cluster.Setting("default_transaction_read_only", "off"));

    private static final String TEMPORARY = "pg_temp_";
    private static final Set<String> NO = Set.of("false", "off", "no", "f", "n", "0");

    private final Instance instance;
    private final Consumer<Runnable> threads;
    private final ReentrantLock working = new ReentrantLock();
    private volatile boolean closed;
    private volatile Optional<SessionImpl> session = Optional.empty();
    /** What was committed when all tables were found to be up to date. */
    private long checkedCsn = -1;

    /** A table to be analyzed. */
    record Due(String schema, String table) {
    }

    /** {@code threads} runs something on a thread of its own. */
    AutoAnalysis(Instance instance, Consumer<Runnable> threads) {
        this.instance = instance;
        this.threads = threads;
    }

    /** Begins to look at the tables every so often. */
    synchronized void schedule() {
        if (!closed) {
            instance.timers().after(instance.serverSettings().number("autovacuum_naptime") * 1000, () -> threads.accept(this::round));
        }
    }

    private void round() {
        try {
            run();
        } catch (SqlError e) {
            LOGGER.log(System.Logger.Level.WARNING, "automatic analyze failed: " + e.getMessage());
        } finally {
            schedule();
        }
    }

    /** Analyzes what is due in all databases, if the settings want it. */
    void run() {
        working.lock();
        try {
            long now = instance.storage().lastCsn();
            if (isOn() && now != checkedCsn) {
                boolean complete = true;
                for (CatalogRow database : instance.withCatalog(Bootstrap.TEMPLATE1, c -> c.allRows("pg_database"))) {
                    complete &= !database.flag("datallowconn") || run(database.number("oid"), database.text("datname"));
                }
                checkedCsn = complete ? now : -1;
            }
        } finally {
            working.unlock();
        }
    }

    private boolean isOn() {
        ServerSettings settings = instance.serverSettings();
        return !closed && settings.get("autovacuum").equals("on") && settings.get("track_counts").equals("on");
    }

    /** Whether all that is due in a database is done. */
    private boolean run(int database, String name) {
        List<Due> due = instance.withCatalog(database, catalog -> due(database, catalog));
        List<SchemaRow> orphans = instance.withCatalog(database, this::orphans);
        if (due.isEmpty() && orphans.isEmpty()) {
            return true;
        }
        Listener listener = new Listener();
        String superuser = instance.withCatalog(Bootstrap.TEMPLATE1, c -> c.role(Bootstrap.FIRST_SUPERUSER)).orElseThrow().name();
        SessionImpl worker = instance.openUncounted(new Cluster.ConnectionRequest(superuser, name, SETTINGS, Optional.empty(), listener));
        try {
            session = Optional.of(worker);
            LockTag inUse = LockTag.database(database);
            if (!instance.locks().lockForSession(worker.lockOwner(), inUse, LockMode.ROW_EXCLUSIVE, false) || !instance.hasDatabase(name)) {
                return false;
            }
            for (SchemaRow schema : orphans) {
                worker.work(Slice.of("DROP SCHEMA " + schema.name()), () -> worker.dropSchema(schema.oid()));
            }
            for (Due table : due) {
                analyze(table, worker, listener);
            }
        } finally {
            session = Optional.empty();
            worker.close();
        }
        return listener.complete;
    }

    /** Temporary schemas whose sessions are no more: a crash has left them. */
    private List<SchemaRow> orphans(CatalogView catalog) {
        List<SchemaRow> orphans = new ArrayList<>();
        for (CatalogRow row : catalog.allRows("pg_namespace")) {
            String name = row.text("nspname");
            if (name.startsWith(TEMPORARY) && instance.session(Integer.parseInt(name.substring(TEMPORARY.length()))).isEmpty()) {
                catalog.schema(row.number("oid")).ifPresent(orphans::add);
            }
        }
        return orphans;
    }

    private void analyze(Due table, SessionImpl worker, Listener listener) {
        if (closed) {
            return;
        }
        try {
            worker.query(Slice.of("ANALYZE (SKIP_LOCKED) " + Identifiers.quote(table.schema) + "." + Identifiers.quote(table.table)), listener);
        } catch (SqlError e) {
            listener.complete = false;
            LOGGER.log(System.Logger.Level.WARNING, "automatic analyze of table \"" + worker.databaseName() + "." + table.schema + "." + table.table
                    + "\" failed: " + e.getMessage());
        }
    }

    private List<Due> due(int database, CatalogView catalog) {
        List<Due> due = new ArrayList<>();
        for (CatalogRow row : catalog.allRows("pg_class")) {
            boolean table = row.letter("relkind") == 'r' || row.letter("relkind") == 'm';
            if (table && row.letter("relpersistence") != 't' && Integer.compareUnsigned(row.number("oid"), Bootstrap.FIRST_USER_OID) >= 0) {
                Relation relation = catalog.relation(row.number("oid")).orElseThrow();
                Table rows = instance.storage().table(new RelationId(database, relation.storageId()), catalog.layout(relation));
                if (isDue(row, rows)) {
                    catalog.schema(row.number("relnamespace")).map(SchemaRow::name).ifPresent(s -> due.add(new Due(s, relation.name())));
                }
            }
        }
        return due;
    }

    /** Changes are counted since the cluster was opened; what a restart forgot shows in the number of rows. */
    private boolean isDue(CatalogRow row, Table rows) {
        List<String> options = row.get("reloptions") == null ? List.of() : row.texts("reloptions");
        if (option(options, "autovacuum_enabled").filter(NO::contains).isPresent()) {
            return false;
        }
        double analyzed = Math.max(0, row.real("reltuples"));
        double threshold = number(options, "autovacuum_analyze_threshold");
        double factor = number(options, "autovacuum_analyze_scale_factor");
        double changes = Math.max(rows.changesSinceAnalyzed(), Math.abs(rows.rowEstimate() - analyzed));
        return changes > threshold + factor * analyzed;
    }

    private double number(List<String> options, String name) {
        return Double.parseDouble(option(options, name).orElseGet(() -> instance.serverSettings().get(name)));
    }

    private static Optional<String> option(List<String> options, String name) {
        return options.stream().filter(o -> o.startsWith(name + "=")).map(o -> o.substring(name.length() + 1)).findFirst();
    }

    /** Ends a running analysis and begins no other. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        session.ifPresent(s -> s.stop(CancelReason.TERMINATE));
        working.lock();
        working.unlock();
    }

    /** Nobody is there to be told anything; a warning says that a table was skipped. */
    private static final class Listener extends RowsOnly implements Client {
        private boolean complete = true;

        @Override
        public void message(String severity, SqlError message) {
            complete = false;
        }

        @Override
        public void parameterStatus(String name, String value) {
        }

        @Override
        public void notification(int processId, String channel, Slice payload) {
        }

        @Override
        public void wake() {
        }

        @Override
        public void terminate(SqlError reason) {
        }
    }
}
