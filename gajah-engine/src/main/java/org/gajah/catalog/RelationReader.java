package org.gajah.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Codecs;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** Puts a {@link Relation} together from its rows in pg_class, pg_attribute, pg_attrdef, pg_index and pg_constraint. */
final class RelationReader {
    private static final int DATABASE_CATALOG = 1262;

    private final CatalogView catalog;

    RelationReader(CatalogView catalog) {
        this.catalog = catalog;
    }

    Relation read(CatalogRow r) {
        int oid = r.number("oid");
        List<CatalogRow> constraints = catalog.rows("pg_constraint", 2665, oid);
        return new Relation(oid, r.text("relname"), r.number("relnamespace"), r.number("relowner"), r.letter("relkind"),
                r.letter("relpersistence"), r.number("reltype"), r.number("relfilenode"), r.flag("relisshared"), columns(oid),
                r.flag("relhasindex") ? indexes(oid) : List.of(),
                constraints.stream().filter(c -> c.letter("contype") == 'c').map(RelationReader::check).toList(),
                constraints.stream().filter(c -> c.letter("contype") == 'f').map(RelationReader::foreignKey).toList(),
                oid < 16384 ? List.of() : catalog.referencing(oid), r.flag("relhastriggers") ? triggers(oid) : List.of(), r.flag("relhastriggers"), r.flag("relhasrules"),
                r.flag("relrowsecurity") ? Optional.of(rowSecurity(r)) : Optional.empty(), r.real("reltuples"), r.number("relpages"), Acl.of(r.get("relacl")), inheritance(r));
    }

    private Relation.RowSecurity rowSecurity(CatalogRow r) {
        return new Relation.RowSecurity(r.flag("relforcerowsecurity"), catalog.rows("pg_policy", 3258, r.number("oid")).stream().map(Policy::of)
                .sorted(Comparator.comparing(p -> Slice.of(p.name()))).toList());
    }

    private Inheritance inheritance(CatalogRow r) {
        boolean children = r.flag("relhassubclass");
        boolean partitioned = r.letter("relkind") == 'p';
        if (!children && !partitioned && !r.flag("relispartition")) {
            return Inheritance.NONE;
        }
        return new Inheritance(children, r.flag("relispartition"),
                partitioned ? catalog.row("pg_partitioned_table", 3351, r.number("oid")).map(PartitionKey::of) : Optional.empty(),
                r.textIfAny("relpartbound").map(text -> PartitionBound.read(text, catalog::codec)));
    }

    /** In the order of their names, as bytes. */
    private List<Trigger> triggers(int relation) {
        return catalog.rows("pg_trigger", 2701, relation).stream().map(Trigger::of).sorted(Comparator.comparing(t -> Slice.of(t.name()))).toList();
    }

    private List<Relation.Column> columns(int relation) {
        Map<Integer, String> defaults = new HashMap<>();
        List<CatalogRow> rows = catalog.rows("pg_attribute", 2659, relation).stream().filter(r -> r.number("attnum") > 0)
                .sorted(Comparator.comparingInt(r -> r.number("attnum"))).toList();
        if (rows.stream().anyMatch(r -> r.flag("atthasdef"))) {
            catalog.rows("pg_attrdef", 2656, relation).forEach(r -> defaults.put(r.number("adnum"), r.text("adbin")));
        }
        List<Relation.Column> columns = new ArrayList<>();
        for (CatalogRow r : rows) {
            int number = r.number("attnum");
            columns.add(new Relation.Column(number, r.text("attname"), r.flag("attisdropped") ? droppedType(r) : r.number("atttypid"), r.number("atttypmod"),
                    r.number("attcollation"), r.flag("attnotnull"), r.flag("attisdropped"), Optional.ofNullable(defaults.get(number)),
                    r.letter("attidentity"), r.letter("attgenerated"), missing(r)));
        }
        if (relation == DATABASE_CATALOG) {
            columns.add(formerName(columns, "datlocale", "daticulocale"));
        }
        return List.copyOf(columns);
    }

    /** A dropped column's type is forgotten (atttypid 0); one whose values are as wide stands for it. */
    private static int droppedType(CatalogRow r) {
        return switch (r.number("attlen")) {
            case 1 -> Oids.CHAR;
            case 2 -> Oids.INT2;
            case 4 -> Oids.INT4;
            case 8 -> Oids.INT8;
            default -> Oids.BYTEA;
        };
    }

    /** A hidden column that gives an older client what it knows under another name. */
    private static Relation.Column formerName(List<Relation.Column> columns, String name, String former) {
        Relation.Column c = columns.stream().filter(x -> x.name().equals(name)).findFirst().orElseThrow();
        String node = "#1 (Expr$Var 0 " + c.number() + " " + c.type() + " " + c.typmod() + " " + c.collation() + " 0 0)";
        return new Relation.Column(columns.size() + 1, former, c.type(), c.typmod(), c.collation(), false, false, Optional.of(node), (char) 0, 'h', null);
    }

    /** attmissingval is a one-element array in text form; its element in the column's own text form. */
    private Object missing(CatalogRow r) {
        if (!r.flag("atthasmissing")) {
            return null;
        }
        TypeCodec codec = catalog.codec(r.number("atttypid"));
        Vector array = Vector.of(Carrier.OBJECT, 1);
        Codecs.of(1009).orElseThrow().parse(Slice.of(r.text("attmissingval")), -1, PlainContext.INSTANCE, array, 0);
        Vector value = Vector.of(codec.carrier(), 1);
        codec.parse((Slice) ((ArrayValue) array.get(0)).elements().get(0), r.number("atttypmod"), PlainContext.INSTANCE, value, 0);
        return value.get(0);
    }

    private List<Relation.Index> indexes(int relation) {
        return catalog.rows("pg_index", 2678, relation).stream().sorted(Comparator.comparing((CatalogRow r) -> Integer.toUnsignedLong(r.number("indexrelid"))))
                .map(this::index).toList();
    }

    private Relation.Index index(CatalogRow r) {
        int oid = r.number("indexrelid");
        CatalogRow owner = catalog.row("pg_class", 2662, oid).orElseThrow();
        List<Integer> options = r.numbers("indoption");
        return new Relation.Index(oid, owner.text("relname"), r.number("indrelid"), owner.number("relam"), owner.number("relfilenode"),
                r.flag("indisunique"), r.flag("indnullsnotdistinct"), r.flag("indisprimary"), r.flag("indisexclusion"),
                r.flag("indimmediate"), r.flag("indisvalid"), r.flag("indisready"), r.numbers("indkey"), r.number("indnkeyatts"),
                r.numbers("indclass"), r.numbers("indcollation"), options.stream().map(o -> (o & 1) != 0).toList(),
                options.stream().map(o -> (o & 2) != 0).toList(), expressions(r), r.textIfAny("indpred"), deferral(r));
    }

    private Optional<Relation.Deferral> deferral(CatalogRow index) {
        return index.flag("indimmediate") ? Optional.empty() : catalog.rows("pg_constraint", 2665, index.number("indrelid")).stream()
                .filter(c -> c.number("conindid") == index.number("indexrelid") && c.letter("contype") != 'f').findFirst()
                .map(c -> new Relation.Deferral(c.number("oid"), c.flag("condeferred")));
    }

    /** indexprs holds the expressions' node texts one a line; node text has no line breaks. */
    private static List<String> expressions(CatalogRow r) {
        return r.textIfAny("indexprs").map(t -> List.of(t.split("\n"))).orElse(List.of());
    }

    static Relation.Check check(CatalogRow r) {
        return new Relation.Check(r.number("oid"), r.text("conname"), r.text("conbin"), r.flag("conenforced"), r.flag("convalidated"),
                r.flag("connoinherit"));
    }

    static Relation.ForeignKey foreignKey(CatalogRow r) {
        return new Relation.ForeignKey(r.number("oid"), r.text("conname"), r.number("conrelid"), r.number("confrelid"),
                r.number("conindid"), r.numbers("conkey"), r.numbers("confkey"), r.letter("confupdtype"), r.letter("confdeltype"),
                r.letter("confmatchtype"), r.numbers("confdelsetcols"), r.flag("condeferrable"), r.flag("condeferred"),
                r.flag("conenforced"), r.flag("convalidated"), r.numbers("conpfeqop"), r.number("conparentid"));
    }
}
