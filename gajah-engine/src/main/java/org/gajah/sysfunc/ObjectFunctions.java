package org.gajah.sysfunc;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.table.Sequence;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;
import org.gajah.vector.BytesVector;

/** Facts about sequences, types and relations that take more than a look into one catalog. */
public final class ObjectFunctions {
    private static final int CLASS_OF_RELATIONS = 1259;

    private ObjectFunctions() {
    }

    static ArrayValue texts(List<String> values) {
        BytesVector elements = new BytesVector(Math.max(1, values.size()));
        for (int i = 0; i < values.size(); i++) {
            elements.put(i, Slice.of(values.get(i)));
        }
        return ArrayValue.of(Oids.TEXT, elements, values.size());
    }

    private static String qualified(SystemContext context, Relation relation) {
        String schema = context.catalog().schema(relation.namespace()).orElseThrow().name();
        return Identifiers.quote(schema) + "." + Identifiers.quote(relation.name());
    }

    /** The sequence that a serial or identity column owns. */
    public static Slice pg_get_serial_sequence(SystemContext context, Slice table, Slice column) {
        Relation relation = Names.relation(Identifiers.split(table.toString()), VisibilityFunctions.analysis(context));
        Relation.Column found = relation.column(column.toString()).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                "column \"" + column + "\" of relation \"" + relation.name() + "\" does not exist"));
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, CLASS_OF_RELATIONS, relation.oid(), found.number())) {
            if (row.number("classid") == CLASS_OF_RELATIONS && (row.letter("deptype") == 'a' || row.letter("deptype") == 'i')) {
                Optional<Relation> sequence = context.catalog().relation(row.number("objid")).filter(r -> r.kind() == 'S');
                if (sequence.isPresent()) {
                    return Slice.of(qualified(context, sequence.get()));
                }
            }
        }
        return null;
    }

    public static RecordValue pg_sequence_parameters(SystemContext context, int sequence) {
        CatalogRow row = context.catalog().row("pg_sequence", 5002, sequence).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "cache lookup failed for sequence " + Integer.toUnsignedString(sequence)));
        return new RecordValue(Oids.RECORD, List.of(Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.BOOL, Oids.INT8, Oids.OID),
                List.of("start_value", "minimum_value", "maximum_value", "increment", "cycle_option", "cache_size", "data_type"),
                new Object[] {row.get("seqstart"), row.get("seqmin"), row.get("seqmax"), row.get("seqincrement"), row.get("seqcycle"),
                    row.get("seqcache"), row.get("seqtypid")});
    }

    private static Optional<Sequence.State> state(SystemContext context, int sequence) {
        return context.catalog().relation(sequence).filter(r -> r.kind() == 'S')
                .map(r -> context.storage().sequence(context.storageId(r.storageId(), r.shared())).read());
    }

    /** The value given out last; null before the first. */
    public static Long pg_sequence_last_value(SystemContext context, int sequence) {
        return state(context, sequence).filter(Sequence.State::called).map(Sequence.State::lastValue).orElse(null);
    }

    public static RecordValue pg_get_sequence_data(SystemContext context, int sequence) {
        Object[] values = state(context, sequence).map(s -> new Object[] {s.lastValue(), s.called()}).orElseGet(() -> new Object[2]);
        return new RecordValue(Oids.RECORD, List.of(Oids.INT8, Oids.BOOL), List.of("last_value", "is_called"), values);
    }

    /** The type under a domain, or the type itself. */
    public static Integer pg_basetype(SystemContext context, int type) {
        Optional<TypeRow> row = context.catalog().type(type);
        while (row.isPresent() && row.get().kind() == 'd') {
            row = context.catalog().type(row.get().base());
        }
        return row.map(TypeRow::oid).orElse(null);
    }

    /** The collation in force for an argument, quoted; null for a type without. */
    public static Slice pg_collation_for(SystemContext context, Object value) {
        int type = context.argumentType(0);
        boolean collatable = context.catalog().row("pg_type", 2703, type).map(r -> r.number("typcollation") != 0).orElse(false);
        if (type == Oids.UNKNOWN) {
            return null;
        }
        if (!collatable) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "collations are not supported by type "
                    + context.types().names().typeName(type, -1));
        }
        return context.catalog().row("pg_collation", 3085, context.collation())
                .map(r -> Slice.of(Identifiers.quote(r.text("collname")))).orElse(null);
    }

    /** Options of the form name=value as rows. */
    public static Iterator<Object[]> pg_options_to_table(SystemContext context, ArrayValue options) {
        return java.util.stream.IntStream.range(0, options.count()).mapToObj(i -> options.elements().get(i).toString().split("=", 2))
                .map(p -> new Object[] {Slice.of(p[0]), p.length > 1 ? Slice.of(p[1]) : null}).iterator();
    }

    public static Integer pg_relation_filenode(SystemContext context, int relation) {
        return context.catalog().relation(relation).filter(r -> r.storageId() != 0).map(Relation::storageId).orElse(null);
    }

    /** Where PostgreSQL would keep it; here it names the relation within the data directory, where no such file is. */
    public static Slice pg_relation_filepath(SystemContext context, int relation) {
        return context.catalog().relation(relation).filter(r -> r.storageId() != 0)
                .map(r -> Slice.of((r.shared() ? "global" : "base/" + Integer.toUnsignedString(context.databaseOid())) + "/"
                        + Integer.toUnsignedString(r.storageId()))).orElse(null);
    }

    public static Integer pg_filenode_relation(SystemContext context, int tablespace, int filenode) {
        return context.catalog().rows("pg_class", 2662).stream().filter(r -> r.number("relfilenode") == filenode && filenode != 0)
                .map(r -> r.number("oid")).findFirst().orElse(null);
    }

    public static Integer pg_get_replica_identity_index(SystemContext context, int table) {
        return context.catalog().relation(table).flatMap(r -> r.indexes().stream().filter(Relation.Index::primary).findFirst())
                .map(Relation.Index::oid).orElse(null);
    }

    public static Slice pg_tablespace_location(SystemContext context, int tablespace) {
        return Slice.EMPTY;
    }

    public static Iterator<Object> pg_tablespace_databases(SystemContext context, int tablespace) {
        return tablespace != 1663 ? List.of().iterator()
                : context.catalog().rows("pg_database", 2672).stream().map(r -> (Object) r.number("oid")).iterator();
    }

    /** Flags of a setting, those that PostgreSQL's function knows. */
    public static ArrayValue pg_settings_get_flags(SystemContext context, Slice name) {
        List<String> known = Arrays.asList("EXPLAIN", "NO_RESET", "NO_RESET_ALL", "NO_SHOW_ALL", "NOT_IN_SAMPLE", "RUNTIME_COMPUTED");
        return org.gajah.settings.SettingDefinitions.all().stream().filter(d -> d.name().equalsIgnoreCase(name.toString())).findFirst()
                .map(d -> texts(known.stream().filter(d.flags()::contains).toList())).orElse(null);
    }

    /** Null: there are no extended statistics. */
    public static Slice pg_get_statisticsobjdef(SystemContext context, int statistics) {
        return null;
    }

    public static Slice pg_get_statisticsobjdef_columns(SystemContext context, int statistics) {
        return null;
    }

    public static ArrayValue pg_get_statisticsobjdef_expressions(SystemContext context, int statistics) {
        return null;
    }
}
