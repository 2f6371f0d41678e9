package org.gajah.command;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.TypeRow;
import org.gajah.type.Oids;

/** Makes the catalog rows of a relation: pg_class, pg_attribute, and its row type with that type's array type in pg_type. */
final class RelationCreation {
    private static final int SYSTEM_COLUMNS = 6;
    private static final List<String> SYSTEM_NAMES = List.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid");
    private static final int[] SYSTEM_TYPES = {Oids.TID, Oids.XID, Oids.CID, Oids.XID, Oids.CID, Oids.OID};
    private static final int[] SYSTEM_LENGTHS = {6, 4, 4, 4, 4, 4};

    private final CommandContext context;

    RelationCreation(CommandContext context) {
        this.context = context;
    }

    /** Writes the rows; gives the relation's oid, which is also its storage id. 42P07 if the name is taken. */
    int create(NewRelation relation) {
        requireFreeName(relation.name(), relation.namespace());
        int oid = context.newOid();
        boolean hasRowType = "rvmfpc".indexOf(relation.kind()) >= 0;
        int rowType = hasRowType ? createRowType(relation, oid) : 0;
        writeClass(relation, oid, rowType);
        for (int i = 0; i < relation.columns().size(); i++) {
            writeColumn(oid, i + 1, relation.columns().get(i));
            if (relation.kind() != 'i' && relation.kind() != 'I') {
                dependOnType(oid, i + 1, relation.columns().get(i).type());
            }
        }
        if ("rmfp".indexOf(relation.kind()) >= 0) {
            for (int i = 0; i < SYSTEM_COLUMNS; i++) {
                writeSystemColumn(oid, i);
            }
        }
        if (relation.kind() != 'i' && relation.kind() != 'I' && relation.kind() != 'c') {
            new Dependencies(context).normal(Dependencies.Ref.relation(oid),
                    new Dependencies.Ref(Dependencies.NAMESPACE, relation.namespace(), 0));
        }
        context.changed();
        return oid;
    }

    void requireFreeName(String name, int namespace) {
        if (context.catalog().relation(name, namespace).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
        }
    }

    /** The type of a relation's rows belongs to the relation; of a free-standing composite type it is the other way round. */
    private int createRowType(NewRelation relation, int relationOid) {
        TypeCreation types = new TypeCreation(context);
        try {
            types.requireFreeName(relation.name(), relation.namespace());
        } catch (SqlError e) {
            throw relation.kind() == 'c' ? e : e.hint(
                    "A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.");
        }
        int rowType = context.newOid();
        types.write(relation.name(), relation.namespace(), rowType, context.newOid(), 'd', array -> NewType.composite(relation.name(),
                relation.namespace(), context.currentRole().oid(), relationOid, array));
        Dependencies.Ref type = TypeCreation.typeRef(rowType);
        if (relation.kind() == 'c') {
            new Dependencies(context).internal(Dependencies.Ref.relation(relationOid), type);
            new Dependencies(context).normal(type, new Dependencies.Ref(Dependencies.NAMESPACE, relation.namespace(), 0));
        } else {
            new Dependencies(context).internal(type, Dependencies.Ref.relation(relationOid));
        }
        return rowType;
    }

    private void writeClass(NewRelation relation, int oid, int rowType) {
        boolean stored = "rmSi".indexOf(relation.kind()) >= 0;
        boolean ordinary = "rmtp".indexOf(relation.kind()) >= 0;
        Object acl = "rvmSfp".indexOf(relation.kind()) < 0 ? null : new DefaultPrivileges(context).forNew(
                relation.kind() == 'S' ? AclKind.SEQUENCE : AclKind.RELATION, context.currentRole().oid(), relation.namespace());
        context.writer().insert("pg_class", new CatalogValues("pg_class").set("oid", oid).set("relacl", acl).set("relname", relation.name())
                .set("relnamespace", relation.namespace()).set("reltype", rowType).set("relowner", context.currentRole().oid())
                .set("relam", relation.method()).set("relfilenode", stored ? oid : 0).set("reltuples", -1.0)
                .set("relpersistence", relation.persistence()).set("relkind", relation.kind()).set("relnatts", relation.columns().size())
                .set("relreplident", ordinary ? 'd' : 'n').yes("relispopulated")
                .zero("reloftype", "reltablespace", "relpages", "relallvisible", "relallfrozen", "reltoastrelid", "relchecks", "relrewrite",
                        "relfrozenxid", "relminmxid")
                .no("relhasindex", "relisshared", "relhasrules", "relhastriggers", "relhassubclass", "relrowsecurity", "relforcerowsecurity",
                        "relispartition").row());
    }

    /** Adds one column's row to pg_attribute. */
    void writeColumn(int relation, int number, NewRelation.NewColumn column) {
        TypeRow type = context.catalog().type(column.type()).orElseThrow();
        context.writer().insert("pg_attribute", new CatalogValues("pg_attribute").set("attrelid", relation).set("attname", column.name())
                .set("atttypid", column.type()).set("attlen", type.length()).set("attnum", number).set("atttypmod", column.typmod())
                .set("attndims", column.dimensions()).set("attbyval", type.byValue()).set("attalign", TypeLayout.align(type))
                .set("attstorage", TypeLayout.storage(type)).set("attcompression", (char) 0).set("attnotnull", column.notNull())
                .set("atthasdef", column.hasDefault()).set("attidentity", column.identity()).set("attgenerated", column.generated())
                .set("attcollation", column.collation()).yes("attislocal").no("atthasmissing", "attisdropped").zero("attinhcount").row());
    }

    /** A column cannot be without its type. */
    void dependOnType(int relation, int number, int type) {
        new Dependencies(context).normal(Dependencies.Ref.column(relation, number), TypeCreation.typeRef(type));
    }

    private void writeSystemColumn(int relation, int index) {
        context.writer().insert("pg_attribute", new CatalogValues("pg_attribute").set("attrelid", relation).set("attname", SYSTEM_NAMES.get(index))
                .set("atttypid", SYSTEM_TYPES[index]).set("attlen", SYSTEM_LENGTHS[index]).set("attnum", -(index + 1)).set("atttypmod", -1)
                .set("attbyval", index != 0).set("attalign", index == 0 ? 's' : 'i').set("attstorage", 'p').set("attcompression", (char) 0)
                .set("attidentity", (char) 0).set("attgenerated", (char) 0).yes("attnotnull", "attislocal")
                .no("atthasdef", "atthasmissing", "attisdropped").zero("attndims", "attinhcount", "attcollation").row());
    }
}
