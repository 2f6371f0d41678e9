package org.gajah.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Oids;

/**
 * Foreign keys from and to partitioned tables. From one: every partition has a row of its own in pg_constraint. To one: for every
 * partition there is a row with the same referring table, so that changes of the partition find it.
 */
final class PartitionedForeignKeys {
    private final CommandContext context;

    PartitionedForeignKeys(CommandContext context) {
        this.context = context;
    }

    /** Gives a new foreign key to all partitions on both of its sides. */
    void spread(int constraint, boolean isNew) {
        CatalogRow row = row(constraint);
        for (int child : children(row.number("conrelid"))) {
            from(row, child, isNew);
        }
        for (int child : children(row.number("confrelid"))) {
            to(row, child);
        }
    }

    private List<Integer> children(int table) {
        return context.catalog().relation(table).filter(r -> r.kind() == 'p').map(r -> context.catalog().children(table)).orElse(List.of());
    }

    private CatalogRow row(int constraint) {
        return context.catalog().row("pg_constraint", 2667, constraint).orElseThrow();
    }

    /** Gives a new partition the foreign keys from and to its parent. */
    void give(Relation parent, int partition, boolean isNew) {
        for (Relation.ForeignKey key : parent.foreignKeys()) {
            boolean part = parent.foreignKeys().stream().anyMatch(k -> k.oid() == key.parent());
            if (!part) {
                lockReferenced(key.referencedTable());
                from(row(key.oid()), partition, isNew);
            }
        }
        for (Relation.ForeignKey key : parent.referencedBy()) {
            boolean part = parent.referencedBy().stream().anyMatch(k -> k.oid() == key.parent());
            if (!part) {
                to(row(key.oid()), partition);
            }
        }
    }

    /** Who is deleting rows of the referenced table is waited for: the new partition's rows may refer to them. */
    private void lockReferenced(int table) {
        context.lockRelation(table, LockMode.SHARE_ROW_EXCLUSIVE);
        new PartitionTree(context).below(table).forEach(p -> context.lockRelation(p, LockMode.SHARE_ROW_EXCLUSIVE));
    }

    private void from(CatalogRow like, int partition, boolean isNew) {
        Relation parent = context.catalog().relation(like.number("conrelid")).orElseThrow();
        Relation child = context.catalog().relation(partition).orElseThrow();
        Map<Integer, Integer> numbers = parent.numbersIn(child);
        List<Integer> columns = like.numbers("conkey").stream().map(numbers::get).toList();
        List<Integer> set = like.numbers("confdelsetcols").stream().map(numbers::get).toList();
        Optional<CatalogRow> own = context.catalog().rows("pg_constraint", 2665, partition).stream().filter(r -> r.letter("contype") == 'f'
                && r.number("conparentid") == 0 && r.number("confrelid") == like.number("confrelid") && r.numbers("conkey").equals(columns)
                && r.numbers("confkey").equals(like.numbers("confkey")) && r.letter("confupdtype") == like.letter("confupdtype")
                && r.letter("confdeltype") == like.letter("confdeltype") && r.letter("confmatchtype") == like.letter("confmatchtype")).findFirst();
        int oid;
        if (own.isPresent()) {
            oid = own.get().number("oid");
            context.writer().update(own.get(), own.get().with("conparentid", like.number("oid"), "conislocal", false, "coninhcount",
                    own.get().number("coninhcount") + 1));
        } else {
            oid = context.newOid();
            String name = free(like.text("conname"), child) ? like.text("conname") : Names63.choose(child.name(), names(child, columns), "fkey",
                    n -> !free(n, child));
            context.writer().insert("pg_constraint", like.with("oid", oid, "conname", Slice.of(name), "conrelid", partition, "conkey",
                    CatalogValues.array(Oids.INT2, columns), "confdelsetcols", set.isEmpty() ? null : CatalogValues.array(Oids.INT2, set), "conparentid",
                    like.number("oid"), "conislocal", false, "coninhcount", 1));
            Ref self = new Ref(Dependencies.CONSTRAINT, oid, 0);
            columns.forEach(n -> new Dependencies(context).automatic(self, Ref.column(partition, n)));
            refer(self, like);
        }
        new Dependencies(context).partition(new Ref(Dependencies.CONSTRAINT, oid, 0), new Ref(Dependencies.CONSTRAINT, like.number("oid"), 0),
                Ref.relation(partition));
        markTriggers(partition);
        context.changed();
        if (!isNew && own.isEmpty() && child.kind() == 'r' && like.flag("conenforced") && like.flag("convalidated")) {
            new RowChecks(context).requireReferences(context.catalog().relation(partition).orElseThrow(), oid);
        }
        children(partition).forEach(c -> from(row(oid), c, isNew));
    }

    private void refer(Ref self, CatalogRow like) {
        Dependencies dependencies = new Dependencies(context);
        like.numbers("confkey").forEach(n -> dependencies.normal(self, Ref.column(like.number("confrelid"), n)));
        dependencies.normal(self, Ref.relation(like.number("conindid")));
    }

    private static String names(Relation table, List<Integer> columns) {
        return String.join("_", columns.stream().map(n -> table.column(n).name()).toList());
    }

    private boolean free(String name, Relation table) {
        return context.catalog().rows("pg_constraint", 2665, table.oid(), 0, Slice.of(name)).isEmpty();
    }

    private void to(CatalogRow like, int partition) {
        Relation referring = context.catalog().relation(like.number("conrelid")).orElseThrow();
        Relation parent = context.catalog().relation(like.number("confrelid")).orElseThrow();
        Relation child = context.catalog().relation(partition).orElseThrow();
        Map<Integer, Integer> numbers = parent.numbersIn(child);
        List<Integer> columns = like.numbers("confkey").stream().map(numbers::get).toList();
        int index = child.indexes().stream().map(Relation.Index::oid).filter(i -> context.catalog().parents(i).contains(like.number("conindid")))
                .findFirst().orElseThrow();
        int oid = context.newOid();
        String name = numbered(like.text("conname"), referring);
        context.writer().insert("pg_constraint", like.with("oid", oid, "conname", Slice.of(name), "confrelid", partition, "conindid", index, "confkey",
                CatalogValues.array(Oids.INT2, columns), "conparentid", like.number("oid"), "conislocal", false, "coninhcount", 1));
        Ref self = new Ref(Dependencies.CONSTRAINT, oid, 0);
        new Dependencies(context).internal(self, new Ref(Dependencies.CONSTRAINT, like.number("oid"), 0));
        refer(self, row(like, oid));
        markTriggers(partition);
        context.changed();
        children(partition).forEach(c -> to(row(oid), c));
    }

    /** The key's name with the first number that makes it a new one. */
    private String numbered(String name, Relation table) {
        int n = 1;
        while (!context.catalog().rows("pg_constraint", 2664, Slice.of(name + "_" + n), table.namespace()).isEmpty()) {
            n++;
        }
        return name + "_" + n;
    }

    private CatalogRow row(CatalogRow like, int oid) {
        context.changed();
        return context.catalog().row("pg_constraint", 2667, oid).orElse(like);
    }

    /** A partition leaves: its own keys stay as they are, what stood for references to it by way of its parent goes. */
    void takeBack(Relation partition) {
        for (Relation.ForeignKey key : partition.foreignKeys()) {
            CatalogRow row = row(key.oid());
            if (row.number("conparentid") != 0 && row(row.number("conparentid")).number("conrelid") != partition.oid()) {
                context.writer().update(row, row.with("conparentid", 0, "conislocal", true, "coninhcount", Math.max(0, row.number("coninhcount") - 1)));
                new Dependencies(context).forgetPartition(new Ref(Dependencies.CONSTRAINT, key.oid(), 0));
                context.changed();
                children(key.referencedTable()).forEach(child -> to(row(key.oid()), child));
            }
        }
        context.changed();
    }

    /** The foreign keys to a partition that are there because of its parent. */
    static List<Relation.ForeignKey> references(Relation partition) {
        return partition.referencedBy().stream().filter(k -> k.parent() != 0
                && partition.referencedBy().stream().noneMatch(o -> o.oid() == k.parent())).toList();
    }

    /** PostgreSQL checks foreign keys by triggers, and clients look for relhastriggers. */
    private void markTriggers(int relation) {
        CatalogRow row = context.catalog().row("pg_class", 2662, relation).orElseThrow();
        if (!row.flag("relhastriggers")) {
            context.writer().update(row, row.with("relhastriggers", true));
        }
    }
}
