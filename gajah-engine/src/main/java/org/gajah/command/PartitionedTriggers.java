package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.command.Dependencies.Ref;
import org.gajah.type.Oids;

/** Row triggers of partitioned tables: each has one like it on every partition, and those are what fires. */
final class PartitionedTriggers {
    private static final int BY_TABLE = 2701;

    private final CommandContext context;

    PartitionedTriggers(CommandContext context) {
        this.context = context;
    }

    /** Gives every partition a trigger like this one of a partitioned table. */
    void spread(int trigger) {
        CatalogRow row = context.catalog().row("pg_trigger", 2702, trigger).orElseThrow();
        if (Trigger.of(row).forEachRow()) {
            for (int child : context.catalog().children(row.number("tgrelid"))) {
                give(row, child);
            }
        }
    }

    /** Gives a new partition triggers like its parent's. */
    void give(Relation parent, int partition) {
        for (CatalogRow row : context.catalog().rows("pg_trigger", BY_TABLE, parent.oid())) {
            if (Trigger.of(row).forEachRow() && !row.flag("tgisinternal")) {
                give(row, partition);
            }
        }
    }

    private void give(CatalogRow row, int partition) {
        Relation parent = context.catalog().relation(row.number("tgrelid")).orElseThrow();
        Relation child = context.catalog().relation(partition).orElseThrow();
        boolean taken = !context.catalog().rows("pg_trigger", BY_TABLE, partition, Slice.of(row.text("tgname"))).isEmpty();
        if (taken) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "trigger \"" + row.text("tgname") + "\" for relation \"" + child.name() + "\" already exists");
        }
        Map<Integer, Integer> numbers = parent.numbersIn(child);
        int oid = context.newOid();
        int constraint = row.number("tgconstraint") == 0 ? 0 : constraint(row.number("tgconstraint"), partition);
        List<Integer> columns = row.numbers("tgattr").stream().map(numbers::get).toList();
        Slice condition = row.textIfAny("tgqual").map(t -> Slice.of(NodeText.write(PartitionedIndexes.renumbered(NodeText.readExpr(t, context.catalog(),
                context.analysis().types()), numbers), context.catalog(), context.analysis().types()))).orElse(null);
        context.writer().insert("pg_trigger", row.with("oid", oid, "tgrelid", partition, "tgparentid", row.number("oid"), "tgconstraint", constraint,
                "tgattr", CatalogValues.vector(Oids.INT2, columns), "tgqual", condition));
        CatalogRow table = context.catalog().row("pg_class", 2662, partition).orElseThrow();
        if (!table.flag("relhastriggers")) {
            context.writer().update(table, table.with("relhastriggers", true));
        }
        Dependencies dependencies = new Dependencies(context);
        Ref self = new Ref(Dependencies.TRIGGER, oid, 0);
        dependencies.normal(self, new Ref(Dependencies.PROC, row.number("tgfoid"), 0));
        dependencies.partition(self, new Ref(Dependencies.TRIGGER, row.number("oid"), 0), Ref.relation(partition));
        if (constraint != 0) {
            dependencies.internal(new Ref(Dependencies.CONSTRAINT, constraint, 0), self);
        }
        context.changed();
        spread(oid);
    }

    private int constraint(int like, int partition) {
        int oid = context.newOid();
        CatalogRow row = context.catalog().row("pg_constraint", 2667, like).orElseThrow();
        context.writer().insert("pg_constraint", row.with("oid", oid, "conrelid", partition, "conparentid", like, "conislocal", false, "coninhcount", 1));
        return oid;
    }

    /** Takes away what a partition has from its parent's triggers. */
    void takeBack(int partition) {
        takeBack(partition, 0);
    }

    /** Takes away what a partition has from one of its parent's triggers, or from all if that is 0. */
    void takeBack(int partition, int parent) {
        List<CatalogRow> cloned = new ArrayList<>(context.catalog().rows("pg_trigger", BY_TABLE, partition));
        cloned.removeIf(r -> r.number("tgparentid") == 0 || parent != 0 && r.number("tgparentid") != parent);
        for (CatalogRow row : cloned) {
            new Dependencies(context).forgetPartition(new Ref(Dependencies.TRIGGER, row.number("oid"), 0));
            context.changed();
            DropPlan plan = new DropPlan(context).quietly();
            plan.add(new Ref(Dependencies.TRIGGER, row.number("oid"), 0));
            plan.run(org.gajah.ast.DropBehavior.CASCADE);
        }
    }
}
