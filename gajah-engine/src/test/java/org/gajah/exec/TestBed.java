package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.base.MemoryBudget;
import org.gajah.base.MemoryDisk;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.Relation;
import org.gajah.plan.Estimate;
import org.gajah.plan.Plan;
import org.gajah.plan.PlanColumn;
import org.gajah.plan.PlannedStatement;
import org.gajah.store.ClusterStorage;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.Index;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.Storage;
import org.gajah.table.StorageOptions;
import org.gajah.table.StoredForm;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.type.FixedTypeContext;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;

/** A storage in memory with PostgreSQL's catalog rows, in which plans that tests write are run. */
final class TestBed implements AutoCloseable, Relations {
    static final int BTREE = 403;

    final TestCatalog catalog = new TestCatalog();
    final Storage storage = ClusterStorage.open(SystemEnv.inMemory(), StorageOptions.DEFAULT, new BTreeMethod(), TransactionListener.NONE);
    Workspace workspace = new Workspace(MemoryBudget.ofHeap().child("test", Long.MAX_VALUE), new MemoryDisk(), () -> new Workspace.Limits(4 << 20, 8 << 20, -1));
    final List<DeferredChecks.ConstraintCheck> checks = new ArrayList<>();
    final CompileContext compile = new CompileContext(catalog, new FunctionLibrary(List.of(TestFunctions.class)), text -> {
        throw new IllegalArgumentException(text);
    });
    private int nextOid = 20000;

    @Override
    public void close() {
        storage.close();
    }

    /** A table; {@code columns} are name, type pairs; a name that ends in ! is NOT NULL. */
    Relation table(String name, Object... columns) {
        List<Relation.Column> made = new ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            String column = (String) columns[i];
            made.add(new Relation.Column(i / 2 + 1, column.replace("!", ""), (Integer) columns[i + 1], -1, 0, column.endsWith("!"), false,
                    Optional.empty(), (char) 0, (char) 0, null));
        }
        return put(relation(nextOid++, name, made, List.of(), List.of(), List.of()), true);
    }

    Relation relation(int oid, String name, List<Relation.Column> columns, List<Relation.Index> indexes, List<Relation.ForeignKey> keys,
            List<Relation.ForeignKey> referencedBy) {
        return new Relation(oid, name, 2200, 10, 'r', 'p', 0, oid, false, columns, indexes, List.of(), keys, referencedBy, List.of(), false, false, Optional.empty(), -1, 0,
                Optional.empty());
    }

    Relation put(Relation relation, boolean create) {
        catalog.relations.put(relation.oid(), relation);
        if (create) {
            Transaction t = storage.begin();
            storage.createTable(t, new RelationId(1, relation.storageId()), layout(relation));
            storage.commit(t, CommitOptions.SYNCHRONOUS);
        }
        return relation;
    }

    /** Adds an index on columns; the table must still be empty. */
    Relation index(Relation r, String name, boolean unique, Integer... columns) {
        Relation.Index index = new Relation.Index(nextOid, name, r.oid(), BTREE, nextOid++, unique, false, false, false, true, true, true,
                List.of(columns), columns.length, List.of(), List.of(), Arrays.stream(columns).map(c -> false).toList(),
                Arrays.stream(columns).map(c -> false).toList(), List.of(), Optional.empty(), Optional.empty());
        Transaction t = storage.begin();
        storage.createIndex(t, new RelationId(1, index.storageId()));
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        List<Relation.Index> indexes = new ArrayList<>(r.indexes());
        indexes.add(index);
        return put(relation(r.oid(), r.name(), r.columns(), indexes, r.foreignKeys(), r.referencedBy()), false);
    }

    RowLayout layout(Relation relation) {
        return new RowLayout(relation.columns().stream().map(column -> {
            TypeCodec codec = catalog.codec(column.type());
            int width = Math.max(0, codec.storedWidth());
            return switch (codec.carrier()) {
                case OBJECT -> Attribute.of(new StoredForm() {
                    @Override
                    public void store(Object value, org.gajah.base.ByteSink out) {
                        codec.store(value, out);
                    }

                    @Override
                    public Object load(Slice in) {
                        return codec.load(in);
                    }
                }, width);
                case BOOL, INT, LONG, DOUBLE, BYTES -> Attribute.of(codec.carrier(), width);
            };
        }).toList());
    }

    @Override
    public Table table(Relation relation) {
        return storage.table(new RelationId(1, relation.storageId()), layout(relation));
    }

    @Override
    public Index index(Relation relation, Relation.Index index) {
        return storage.index(new RelationId(1, index.storageId()));
    }

    ExecContext context(Transaction transaction, Snapshot snapshot, Object... parameters) {
        return new ExecContext(transaction, snapshot, ExecContext.Isolation.READ_COMMITTED, catalog, this, parameters, FixedTypeContext.DEFAULT,
                site -> null, new TestSession(), TestSession.NO_LOCKS, () -> { }, new DeferredChecks() {
                    @Override
                    public void atStatementEnd(ConstraintCheck check) {
                        checks.add(check);
                    }

                    @Override
                    public void atCommit(int constraint, ConstraintCheck check) {
                        checks.add(check);
                    }

                    @Override
                    public void atCommit(DeferredEvents events) {
                        checks.add(context -> events.run(context, events.constraints()));
                    }

                    @Override
                    public boolean isDeferred(int constraint, boolean initiallyDeferred) {
                        return initiallyDeferred;
                    }
                }, workspace);
    }

    /** Runs a plan in a transaction of its own; the rows as text, columns joined by |. */
    List<String> run(Plan plan, Object... parameters) {
        return run(statement(plan, List.of(), 8), parameters);
    }

    PlannedStatement statement(Plan plan, List<Plan> subplans, int slots) {
        return new PlannedStatement(Query.Command.SELECT, plan, subplans, slots, 1, List.of(), List.of(), List.of(), List.of(), false);
    }

    List<String> run(PlannedStatement statement, Object... parameters) {
        Transaction t = storage.begin();
        boolean done = false;
        try {
            List<String> rows = run(t, statement, parameters);
            storage.commit(t, CommitOptions.SYNCHRONOUS);
            done = true;
            return rows;
        } finally {
            if (!done) {
                storage.rollback(t);
            }
        }
    }

    List<String> run(Transaction t, PlannedStatement statement, Object... parameters) {
        Snapshot snapshot = t.acquireSnapshot();
        List<String> rows = new ArrayList<>();
        try (Execution execution = new Execution(statement, compile)) {
            ExecContext context = context(t, snapshot, parameters);
            execution.open(context);
            for (Batch batch = execution.next(1024); batch.count() > 0; batch = execution.next(1024)) {
                for (int i = 0; i < batch.count(); i++) {
                    rows.add(text(batch, batch.selection().rows[i]));
                }
            }
            for (int i = 0; i < checks.size(); i++) {
                checks.get(i).run(context);
            }
        } finally {
            checks.clear();
            t.releaseSnapshot(snapshot);
            t.incrementCommand();
        }
        return rows;
    }

    private static String text(Batch batch, int row) {
        List<String> values = new ArrayList<>();
        for (int c = 0; c < batch.columnCount(); c++) {
            values.add(String.valueOf(batch.column(c).get(row)));
        }
        return String.join("|", values);
    }

    // ---- plans and expressions ----

    static Expr number(int value) {
        return new Expr.Const(Oids.INT4, -1, 0, value, 0);
    }

    static Expr nothing(int type) {
        return new Expr.Const(type, -1, 0, null, 0);
    }

    static Expr text(String value) {
        return new Expr.Const(Oids.TEXT, -1, 100, Slice.of(value), 0);
    }

    static Expr column(int column, int type) {
        return new Expr.InputColumn(0, column, type, -1, 0);
    }

    static Expr right(int column, int type) {
        return new Expr.InputColumn(1, column, type, -1, 0);
    }

    Expr op(String name, Expr left, Expr right) {
        OperatorRow operator = catalog.operator(name, left.type(), right.type());
        return new Expr.OperatorCall(operator.oid(), operator.function(), operator.result(), false, 0, 0, List.of(left, right), 0);
    }

    static List<PlanColumn> columns(Integer... types) {
        return Arrays.stream(types).map(type -> new PlanColumn("", type, -1, 0)).toList();
    }

    /** A scan of all columns. */
    static Plan.SeqScan scan(Relation relation, Optional<Expr> filter) {
        return new Plan.SeqScan(relation.columns().stream().map(c -> new PlanColumn(c.name(), c.type(), -1, 0)).toList(), Estimate.NONE, relation.oid(),
                relation.name(), relation.columns().stream().map(Relation.Column::number).toList(), filter);
    }

    static Plan.ValuesScan values(List<Integer> types, List<List<Expr>> rows) {
        return new Plan.ValuesScan(columns(types.toArray(Integer[]::new)), Estimate.NONE, "v", rows, Optional.empty());
    }

    static Plan.Project project(Plan child, Expr... expressions) {
        return new Plan.Project(Arrays.stream(expressions).map(e -> new PlanColumn("", e.type(), -1, 0)).toList(), Estimate.NONE, child,
                List.of(expressions));
    }

    /** Inserts all columns of a plan. */
    static Plan.Modify insert(Relation relation, Plan child, Expr... returning) {
        List<Plan.Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < child.columns().size(); i++) {
            assignments.add(new Plan.Assignment(i + 1, column(i, child.columns().get(i).type())));
        }
        return new Plan.Modify(Arrays.stream(returning).map(e -> new PlanColumn("", e.type(), -1, 0)).toList(), Estimate.NONE, Query.Command.INSERT,
                relation.oid(), relation.name(), child, -1, assignments, List.of(), Optional.empty(), Optional.empty(), List.of(), List.of(returning), List.of(), List.of(), List.of(), 0);
    }

    /** UPDATE or DELETE of the rows of a filtered scan; the child's columns are the table's, then ctid. */
    static Plan.Modify change(Query.Command command, Relation relation, Optional<Expr> condition, List<Plan.Assignment> assignments, Expr... returning) {
        List<PlanColumn> columns = new ArrayList<>();
        List<Integer> attributes = new ArrayList<>();
        List<Plan.TargetColumn> targets = new ArrayList<>();
        for (Relation.Column column : relation.columns()) {
            columns.add(new PlanColumn(column.name(), column.type(), -1, 0));
            attributes.add(column.number());
            targets.add(new Plan.TargetColumn(column.number() - 1, column.number()));
        }
        columns.add(new PlanColumn("ctid", Oids.TID, -1, 0));
        attributes.add(-1);
        Plan scan = new Plan.SeqScan(columns, Estimate.NONE, relation.oid(), relation.name(), attributes, condition);
        return new Plan.Modify(Arrays.stream(returning).map(e -> new PlanColumn("", e.type(), -1, 0)).toList(), Estimate.NONE, command, relation.oid(),
                relation.name(), scan, relation.columns().size(), assignments, targets, condition, Optional.empty(), List.of(), List.of(returning), List.of(), List.of(), List.of(), 0);
    }
}
