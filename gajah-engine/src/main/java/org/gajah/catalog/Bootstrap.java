package org.gajah.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.Sequence;
import org.gajah.table.Storage;
import org.gajah.table.Table;
import org.gajah.txn.Transaction;
import org.gajah.type.Codecs;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;

/**
 * Makes the first databases of a new cluster out of PostgreSQL's own catalog rows: what initdb does. All in one transaction, so
 * that a cluster either has its catalogs or is empty.
 */
public final class Bootstrap {
    /** The counter that new oids and storage ids come from. */
    public static final RelationId OID_COUNTER = new RelationId(0, 1);
    /**
     * The number of what is made here. Whatever changes a row, a column or an index of it changes this number too: a server does not open what one
     * with another number has made.
     */
    public static final int CATALOG_VERSION = 202611221;
    /** Oids of the first databases. */
    public static final int TEMPLATE1 = 1;
    public static final int TEMPLATE0 = 4;
    public static final int POSTGRES = 5;
    /** The role that owns what comes with the system. */
    public static final int FIRST_SUPERUSER = 10;
    /** Oids below are the system's. */
    public static final int FIRST_USER_OID = 16384;

    private static final String VERSION_KEY = "catalog version";

    private final Storage storage;
    private final Transaction transaction;

    private Bootstrap(Storage storage, Transaction transaction) {
        this.storage = storage;
        this.transaction = transaction;
    }

    /** Whether the cluster has its catalogs. */
    public static boolean isDone(Storage storage) {
        return storage.exists(OID_COUNTER);
    }

    /** Raises an error if the cluster's catalogs are not those that this server makes; clusters older than their number have none. */
    public static void requireOurs(Storage storage) {
        String found = storage.metadata(VERSION_KEY).map(Slice::toString).orElse("none");
        if (!found.equals(Integer.toString(CATALOG_VERSION))) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "database files are incompatible with server: their catalog version is " + found
                    + ", this server's is " + CATALOG_VERSION)
                    .hint("Dump the databases with the server that made them, and restore them here.");
        }
    }

    /** Makes databases template1, template0 and postgres. */
    public static void run(Storage storage) {
        Transaction transaction = storage.begin();
        new Bootstrap(storage, transaction).makeAll();
        storage.putMetadata(transaction, VERSION_KEY, Slice.of(Integer.toString(CATALOG_VERSION)));
        storage.commit(transaction, CommitOptions.SYNCHRONOUS);
    }

    private void makeAll() {
        storage.createSequence(transaction, OID_COUNTER, new Sequence.State(FIRST_USER_OID, false));
        Map<String, List<Object[]>> rows = new HashMap<>();
        for (SystemTable table : SystemTable.all()) {
            rows.put(table.name(), BootstrapRows.exist(table.name()) ? parse(table) : new ArrayList<>());
        }
        giveStorage(rows.get("pg_class"));
        rows.get("pg_rewrite").addAll(viewRules());
        for (int database : new int[] {TEMPLATE1, TEMPLATE0, POSTGRES}) {
            for (SystemTable table : SystemTable.all()) {
                if (!table.shared() || database == TEMPLATE1) {
                    fill(table, database, rows.get(table.name()));
                }
            }
            fillInformationSchema(database, rows);
        }
    }

    private static List<Object[]> parse(SystemTable table) {
        BootstrapRows data = BootstrapRows.of(table.name());
        int[] field = new int[table.columnCount()];
        for (int i = 0; i < data.columns().size(); i++) {
            field[table.column(data.columns().get(i))] = i;
        }
        Batch scratch = Batch.of(table.codecs().stream().map(TypeCodec::carrier).toList(), 1);
        List<Object[]> rows = new ArrayList<>();
        data.forEach(fields -> {
            Object[] row = new Object[table.columnCount()];
            for (int i = 0; i < row.length; i++) {
                if (fields[field[i]] != null) {
                    scratch.column(i).reset();
                    table.codecs().get(i).parse(fields[field[i]], -1, PlainContext.INSTANCE, scratch.column(i), 0);
                    row[i] = scratch.column(i).get(0);
                }
            }
            rows.add(row);
        });
        return rows;
    }

    /** Relations with pages get their own oid as storage id; PostgreSQL's numbers of mapped relations mean nothing here. */
    private static void giveStorage(List<Object[]> classes) {
        SystemTable table = SystemTable.of("pg_class");
        Set<Character> stored = Set.of('r', 'i');
        for (Object[] row : classes) {
            if (stored.contains((char) (int) (Integer) row[table.column("relkind")])) {
                row[table.column("relfilenode")] = row[table.column("oid")];
            }
        }
    }

    private static List<Object[]> viewRules() {
        List<Object[]> rules = new ArrayList<>();
        SystemTable rewrite = SystemTable.of("pg_rewrite");
        BootstrapRows views = BootstrapRows.of("system_views");
        int oid = views.index("oid");
        int definition = views.index("definition");
        views.forEach(view -> {
            Object[] row = new Object[rewrite.columnCount()];
            int viewOid = Integer.parseUnsignedInt(view[oid].toString());
            row[rewrite.column("oid")] = viewOid + 3;
            row[rewrite.column("rulename")] = Slice.of("_RETURN");
            row[rewrite.column("ev_class")] = viewOid;
            row[rewrite.column("ev_type")] = (int) '1';
            row[rewrite.column("ev_enabled")] = (int) 'O';
            row[rewrite.column("is_instead")] = true;
            row[rewrite.column("ev_qual")] = Slice.of("<>");
            row[rewrite.column("ev_action")] = Slice.of(view[definition].toString().strip().replaceAll(";$", ""));
            rules.add(row);
        });
        return rules;
    }

    private void fill(SystemTable system, int database, List<Object[]> rows) {
        Table table = storage.createTable(transaction, system.id(database), system.layout());
        for (SystemTable.KeyIndex index : system.indexes()) {
            storage.createIndex(transaction, system.indexId(database, index.oid()));
        }
        Batch batch = system.layout().batch(system.allAttributes(), Batch.MAX_ROWS);
        long[] tids = new long[Batch.MAX_ROWS];
        for (int from = 0; from < rows.size(); from += Batch.MAX_ROWS) {
            fillBatch(batch, rows.subList(from, Math.min(rows.size(), from + Batch.MAX_ROWS)));
            table.insert(transaction, batch, tids);
            for (SystemTable.KeyIndex index : system.indexes()) {
                var keys = storage.index(system.indexId(database, index.oid()));
                for (int i = 0; i < batch.count(); i++) {
                    keys.insert(transaction, system.key(index, batch, i), tids[i]);
                }
            }
        }
    }

    private static void fillBatch(Batch batch, List<Object[]> rows) {
        batch.reset();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < batch.columnCount(); column++) {
                batch.column(column).set(row, rows.get(row)[column]);
            }
        }
        batch.selection().all(rows.size());
    }

    /** information_schema has four tables of facts; their columns are domains over text, int and the like. */
    private void fillInformationSchema(int database, Map<String, List<Object[]>> rows) {
        SystemTable classes = SystemTable.of("pg_class");
        Set<Integer> catalogs = new HashSet<>();
        SystemTable.all().forEach(t -> catalogs.add(t.oid()));
        for (Object[] row : rows.get("pg_class")) {
            int oid = (Integer) row[classes.column("oid")];
            if ((Integer) row[classes.column("relkind")] == 'r' && !catalogs.contains(oid)) {
                fillFacts(database, oid, row[classes.column("relname")].toString(), rows);
            }
        }
    }

    private void fillFacts(int database, int oid, String name, Map<String, List<Object[]>> rows) {
        SystemTable attributes = SystemTable.of("pg_attribute");
        List<TypeCodec> codecs = new ArrayList<>();
        for (Object[] row : rows.get("pg_attribute")) {
            if ((Integer) row[attributes.column("attrelid")] == oid && (Integer) row[attributes.column("attnum")] > 0) {
                codecs.add(baseCodec((Integer) row[attributes.column("atttypid")], rows.get("pg_type")));
            }
        }
        List<Attribute> layout = codecs.stream().map(Layouts::attribute).toList();
        Table table = storage.createTable(transaction, new RelationId(database, oid), new RowLayout(layout));
        Batch batch = Batch.of(codecs.stream().map(TypeCodec::carrier).toList(), 1);
        BootstrapRows.of("information_schema." + name).forEach(fields -> {
            batch.reset();
            for (int i = 0; i < fields.length; i++) {
                if (fields[i] == null) {
                    batch.column(i).setNull(0);
                } else {
                    codecs.get(i).parse(fields[i], -1, PlainContext.INSTANCE, batch.column(i), 0);
                }
            }
            batch.selection().all(1);
            table.insert(transaction, batch, new long[1]);
        });
    }

    private static TypeCodec baseCodec(int type, List<Object[]> types) {
        SystemTable table = SystemTable.of("pg_type");
        for (Object[] row : types) {
            if ((Integer) row[table.column("oid")] == type && (Integer) row[table.column("typbasetype")] != 0) {
                return baseCodec((Integer) row[table.column("typbasetype")], types);
            }
        }
        return Codecs.of(type).orElseThrow();
    }
}
