package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.OnCommit;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;
import org.gajah.exec.ExecContext;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;

/**
 * Drops what a temporary schema holds: when its session ends, on DISCARD, and when a crash has left it; and
 * does at a commit what ON COMMIT says.
 */
public final class TemporaryObjects {
    private TemporaryObjects() {
    }

    /** Drops and empties tables as they were declared ON COMMIT; says nothing about it. */
    public static void endTransaction(CommandContext context, Map<Integer, OnCommit> actions) {
        DropPlan plan = new DropPlan(context).quietly();
        List<Relation> emptied = new ArrayList<>();
        boolean any = false;
        for (Map.Entry<Integer, OnCommit> action : actions.entrySet()) {
            Optional<Relation> table = context.catalog().relation(action.getKey());
            if (table.isPresent() && action.getValue() == OnCommit.DROP) {
                plan.add(Ref.relation(action.getKey()));
                any = true;
            } else if (table.isPresent()) {
                emptied.add(table.get());
            }
        }
        if (any) {
            plan.run(DropBehavior.CASCADE);
        }
        emptied.forEach(table -> requireSame(context, table, actions));
        for (Relation table : emptied) {
            if (hasRows(context, table)) {
                new NewStorage(context).replace(table);
                new NewStorage(context).reindex(table.oid());
            }
        }
    }

    private static void requireSame(CommandContext context, Relation table, Map<Integer, OnCommit> actions) {
        for (Relation.ForeignKey key : table.referencedBy()) {
            if (actions.get(key.table()) != OnCommit.DELETE_ROWS) {
                String other = context.catalog().relation(key.table()).orElseThrow().name();
                throw SqlError.notSupported("unsupported ON COMMIT and foreign key combination").detail("Table \"" + other + "\" references \""
                        + table.name() + "\", but they do not have the same ON COMMIT setting.");
            }
        }
    }

    private static boolean hasRows(CommandContext context, Relation table) {
        ExecContext execution = context.execution();
        Table rows = execution.relations().table(table);
        Batch batch = rows.layout().batch(new int[0], 1);
        try (TableScan scan = rows.scan(execution.snapshot(), new int[0], PageRange.ALL)) {
            return scan.next(batch, new LongVector(1));
        }
    }

    /** Drops the schema of a session that has ended with everything in it and what depends on it; says nothing about it. */
    public static void dropSchema(CommandContext context, int schema) {
        DropPlan plan = new DropPlan(context).quietly();
        plan.add(new Ref(Dependencies.NAMESPACE, schema, 0));
        plan.run(DropBehavior.CASCADE);
    }

    /** Drops everything in the schema, which stays, and what depends on it; says nothing about it. */
    public static void drop(CommandContext context, int schema) {
        DropPlan plan = new DropPlan(context).quietly();
        boolean any = false;
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, Dependencies.NAMESPACE, schema)) {
            if (row.letter("deptype") == 'n') {
                plan.add(new Ref(row.number("classid"), row.number("objid"), row.number("objsubid")));
                any = true;
            }
        }
        if (any) {
            plan.run(DropBehavior.CASCADE);
        }
    }
}
