package org.gajah.catalog;

import org.gajah.type.AclItem;
import org.gajah.type.Privilege;

import java.util.ArrayList;
import java.util.List;

/** A kind of object that has an ACL: where it stands in the catalogs and what its privileges are. PostgreSQL manual, table 5.2. */
public enum AclKind {
    RELATION("pg_class", 2662, "relname", "relowner", "relacl", "table", "arwdDxtm", ""),
    SEQUENCE("pg_class", 2662, "relname", "relowner", "relacl", "sequence", "rwU", ""),
    COLUMN("pg_attribute", 2659, "attname", "", "attacl", "column", "arwx", ""),
    DATABASE("pg_database", 2672, "datname", "datdba", "datacl", "database", "CTc", "Tc"),
    FUNCTION("pg_proc", 2690, "proname", "proowner", "proacl", "function", "X", "X"),
    LANGUAGE("pg_language", 2682, "lanname", "lanowner", "lanacl", "language", "U", "U"),
    SCHEMA("pg_namespace", 2685, "nspname", "nspowner", "nspacl", "schema", "UC", ""),
    TABLESPACE("pg_tablespace", 2697, "spcname", "spcowner", "spcacl", "tablespace", "C", ""),
    TYPE("pg_type", 2703, "typname", "typowner", "typacl", "type", "U", "U"),
    PARAMETER("pg_parameter_acl", 6247, "parname", "", "paracl", "parameter", "sA", ""),
    FOREIGN_DATA_WRAPPER("pg_foreign_data_wrapper", 112, "fdwname", "fdwowner", "fdwacl", "foreign-data wrapper", "U", ""),
    FOREIGN_SERVER("pg_foreign_server", 113, "srvname", "srvowner", "srvacl", "foreign server", "U", ""),
    LARGE_OBJECT("pg_largeobject_metadata", 2996, "oid", "lomowner", "lomacl", "large object", "rw", "");

    private final String catalog;
    private final int index;
    private final String nameColumn;
    private final String ownerColumn;
    private final String aclColumn;
    private final String word;
    private final long all;
    private final long everybody;

    AclKind(String catalog, int index, String nameColumn, String ownerColumn, String aclColumn, String word, String all, String everybody) {
        this.catalog = catalog;
        this.index = index;
        this.nameColumn = nameColumn;
        this.ownerColumn = ownerColumn;
        this.aclColumn = aclColumn;
        this.word = word;
        this.all = Privilege.mask(all);
        this.everybody = Privilege.mask(everybody);
    }

    public String catalog() {
        return catalog;
    }

    /** The catalog's index by oid. */
    public int index() {
        return index;
    }

    public String aclColumn() {
        return aclColumn;
    }

    public String nameColumn() {
        return nameColumn;
    }

    /** What messages call it. */
    public String word() {
        return word;
    }

    /** All privileges that it has. */
    public long all() {
        return all;
    }

    /** Who owns the object of this row; the first superuser where there are no owners. */
    public int owner(CatalogRow row) {
        return ownerColumn.isEmpty() ? Bootstrap.FIRST_SUPERUSER : row.number(ownerColumn);
    }

    /** Whether rows have an owner. */
    public boolean owned() {
        return !ownerColumn.isEmpty();
    }

    public String ownerColumn() {
        return ownerColumn;
    }

    /** What holds as long as nothing was granted: everything for the owner, something for everybody. */
    public Acl initial(int owner) {
        List<AclItem> items = new ArrayList<>();
        if (everybody != 0) {
            items.add(new AclItem(0, owner, everybody, 0));
        }
        if (this != COLUMN) {
            items.add(new AclItem(owner, owner, all, 0));
        }
        return new Acl(items);
    }

    /** The ACL of the object of this row, as it is or as it is by default. */
    public Acl acl(CatalogRow row) {
        return Acl.of(row.get(aclColumn)).orElseGet(() -> initial(owner(row)));
    }
}
