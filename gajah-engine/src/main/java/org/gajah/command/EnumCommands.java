package org.gajah.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.TypeStatement.AddEnumValue;
import org.gajah.ast.TypeStatement.CreateEnum;
import org.gajah.ast.TypeStatement.RenameEnumValue;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.txn.lock.LockMode;
import org.gajah.txn.lock.LockTag;

/** CREATE TYPE ... AS ENUM, ALTER TYPE ... ADD VALUE and RENAME VALUE: rows of pg_enum. */
final class EnumCommands {
    private static final int MAX_BYTES = 63;

    private final CommandContext context;

    EnumCommands(CommandContext context) {
        this.context = context;
    }

    void create(CreateEnum c) {
        TypeCreation types = new TypeCreation(context);
        int namespace = types.namespace(c.name());
        int owner = context.currentRole().oid();
        int type = types.create(c.name().getLast(), namespace, 'i',
                array -> NewType.enumeration(c.name().getLast(), namespace, owner, array));
        for (int i = 0; i < c.labels().size(); i++) {
            String label = c.labels().get(i);
            requireShort(label);
            if (c.labels().indexOf(label) < i) {
                throw new SqlError(SqlState.UNIQUE_VIOLATION, "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"")
                        .detail("Key (enumtypid, enumlabel)=(" + Integer.toUnsignedString(type) + ", " + label + ") already exists.")
                        .constraint("pg_catalog", "pg_enum", "pg_enum_typid_label_index");
            }
            write(type, label, i + 1);
        }
        context.uncommittedEnums().addType(type);
        context.changed();
    }

    private static void requireShort(String label) {
        if (label.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new SqlError(SqlState.INVALID_NAME, "invalid enum label \"" + label + "\"").detail("Labels must be 63 bytes or less.");
        }
    }

    private int write(int type, String label, double order) {
        int oid = context.newOid();
        context.writer().insert("pg_enum", new CatalogValues("pg_enum").set("oid", oid).set("enumtypid", type).set("enumsortorder", order)
                .set("enumlabel", label).row());
        return oid;
    }

    private TypeRow find(List<String> name) {
        TypeRow type = new ObjectLookup(context).typeRow(name);
        if (type.kind() != 'e') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, new ObjectLookup(context).typeName(type) + " is not an enum");
        }
        context.requireOwner(type.owner(), "type", type.name());
        context.lock(LockTag.object(context.database(), Dependencies.TYPE, type.oid(), 0), LockMode.EXCLUSIVE);
        return type;
    }

    private List<CatalogRow> labels(int type) {
        return context.catalog().rows("pg_enum", 3534, type);
    }

    private static Optional<CatalogRow> labelled(List<CatalogRow> labels, String label) {
        return labels.stream().filter(r -> r.text("enumlabel").equals(label)).findFirst();
    }

    private static SqlError noSuchLabel(String label) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE, "\"" + label + "\" is not an existing enum label");
    }

    private static SqlError alreadyThere(String label, String more) {
        return new SqlError(SqlState.DUPLICATE_OBJECT, "enum label \"" + label + "\" already exists" + more);
    }

    void addValue(AddEnumValue a) {
        TypeRow type = find(a.name());
        requireShort(a.label());
        List<CatalogRow> labels = labels(type.oid());
        if (labelled(labels, a.label()).isPresent()) {
            if (!a.ifNotExists()) {
                throw alreadyThere(a.label(), "");
            }
            context.message("NOTICE", alreadyThere(a.label(), ", skipping"));
            return;
        }
        int place = place(labels, a);
        Optional<Double> order = between(labels, place);
        if (order.isEmpty()) {
            renumber(type.oid(), labels);
            order = between(labels(type.oid()), place);
        }
        int oid = write(type.oid(), a.label(), order.orElseThrow());
        context.uncommittedEnums().addValue(type.oid(), oid);
        context.changed();
    }

    /** How many labels stand before the new one. */
    private static int place(List<CatalogRow> labels, AddEnumValue a) {
        if (a.neighbour().isEmpty()) {
            return labels.size();
        }
        int neighbour = labels.indexOf(labelled(labels, a.neighbour().get()).orElseThrow(() -> noSuchLabel(a.neighbour().get())));
        return a.after() ? neighbour + 1 : neighbour;
    }

    /** A sort order, a float4, between the labels around a place; none if no number is left there. */
    private static Optional<Double> between(List<CatalogRow> labels, int place) {
        if (labels.isEmpty()) {
            return Optional.of(1.0);
        } else if (place == labels.size()) {
            return Optional.of((double) ((float) labels.getLast().real("enumsortorder") + 1));
        } else if (place == 0) {
            return Optional.of((double) ((float) labels.getFirst().real("enumsortorder") - 1));
        }
        float low = (float) labels.get(place - 1).real("enumsortorder");
        float high = (float) labels.get(place).real("enumsortorder");
        float middle = (low + high) / 2;
        return middle == low || middle == high ? Optional.empty() : Optional.of((double) middle);
    }

    /** Numbers the labels from 1 again, and makes indexes anew that may hold keys of them. */
    private void renumber(int type, List<CatalogRow> labels) {
        List<CatalogRow> rows = new ArrayList<>(labels);
        Collections.reverse(rows);
        int number = labels.size();
        for (CatalogRow row : rows) {
            context.writer().update(row, row.with("enumsortorder", (double) number--));
        }
        context.changed();
        TypeUse use = new TypeUse(context);
        for (Relation table : use.tablesWith(type)) {
            if (!table.indexes().isEmpty()) {
                context.lockRelation(table.oid(), LockMode.ACCESS_EXCLUSIVE);
                new NewStorage(context).reindex(table.oid());
            }
        }
    }

    void renameValue(RenameEnumValue r) {
        TypeRow type = find(r.name());
        requireShort(r.newLabel());
        List<CatalogRow> labels = labels(type.oid());
        CatalogRow row = labelled(labels, r.label()).orElseThrow(() -> noSuchLabel(r.label()));
        if (labelled(labels, r.newLabel()).isPresent()) {
            throw alreadyThere(r.newLabel(), "");
        }
        context.writer().update(row, row.with("enumlabel", Slice.of(r.newLabel())));
        context.changed();
    }
}
