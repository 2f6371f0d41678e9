package org.gajah.command;

import java.util.List;

import org.gajah.catalog.CatalogRow;

/** A row for pg_type of one of the kinds that users make. The functions are those that PostgreSQL uses for the kind. */
record NewType(CatalogValues values) {
    private static final int ARRAY_SUBSCRIPT = 6179;

    private static CatalogValues base(String name, int namespace, int owner, int length, char kind, char category) {
        return new CatalogValues("pg_type").set("typname", name).set("typnamespace", namespace).set("typowner", owner).set("typlen", length)
                .set("typtype", kind).set("typcategory", category).set("typdelim", ',').yes("typisdefined")
                .no("typbyval", "typispreferred", "typnotnull")
                .zero("typrelid", "typsubscript", "typelem", "typarray", "typmodin", "typmodout", "typanalyze", "typbasetype", "typndims", "typcollation")
                .set("typtypmod", -1);
    }

    private static CatalogValues io(CatalogValues v, int in, int out, int receive, int send, char align, char storage) {
        return v.set("typinput", in).set("typoutput", out).set("typreceive", receive).set("typsend", send).set("typalign", align)
                .set("typstorage", storage);
    }

    /** The row type of a relation, or a free-standing composite type. */
    static NewType composite(String name, int namespace, int owner, int relation, int array) {
        return new NewType(io(base(name, namespace, owner, -1, 'c', 'C').set("typrelid", relation).set("typarray", array), 2290, 2291, 2402, 2403,
                'd', 'x'));
    }

    /** The array type of another. */
    static NewType array(String name, int namespace, int owner, int element, char align) {
        return new NewType(io(base(name, namespace, owner, -1, 'b', 'A').set("typelem", element).set("typsubscript", ARRAY_SUBSCRIPT)
                .set("typanalyze", 3816), 750, 751, 2400, 2401, align, 'x'));
    }

    static NewType enumeration(String name, int namespace, int owner, int array) {
        return new NewType(io(base(name, namespace, owner, 4, 'e', 'E').set("typarray", array).yes("typbyval"), 3506, 3507, 3532, 3533, 'i', 'p'));
    }

    /** A domain over a type, whose row in pg_type is given; it begins with that type's default. */
    static NewType domain(String name, int namespace, int owner, int array, CatalogRow base) {
        CatalogValues v = base(name, namespace, owner, base.number("typlen"), 'd', base.letter("typcategory"));
        for (String same : List.of("typbyval", "typdelim", "typsubscript", "typoutput", "typsend", "typanalyze", "typalign", "typstorage",
                "typcollation", "typdefault", "typdefaultbin")) {
            v.set(same, base.get(same));
        }
        return new NewType(v.set("typinput", 2597).set("typreceive", 2598).set("typbasetype", base.number("oid")).set("typarray", array)
                .zero("typsubscript"));
    }

    void write(int oid, CommandContext context) {
        context.writer().insert("pg_type", values.set("oid", oid).row());
    }
}
