package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** What functions of event triggers ask, and what objects are called. */
public final class EventFunctions {
    private static final int CLASS = 1259;
    private static final int PARAMETER = 6243;
    /** What objects of a catalog are called that are not there; besides those of {@link NamedKind}. */
    private static final Map<Integer, String> KINDS = Map.ofEntries(Map.entry(1247, "type"), Map.entry(1255, "routine"), Map.entry(2617, "operator"),
            Map.entry(2606, "constraint"), Map.entry(2604, "default value"), Map.entry(2618, "rule"), Map.entry(2620, "trigger"), Map.entry(3256, "policy"),
            Map.entry(1418, "user mapping"), Map.entry(826, "default acl"), Map.entry(2605, "cast"), Map.entry(2616, "operator class"),
            Map.entry(2753, "operator family"), Map.entry(2602, "operator of access method"), Map.entry(2603, "function of access method"));

    private EventFunctions() {
    }

    private static SqlError outside(String function, String where) {
        return new SqlError(SqlState.EVENT_TRIGGER_PROTOCOL_VIOLATED, function + "() can only be called in " + where + " function");
    }

    private static Slice text(Optional<String> text) {
        return text.map(Slice::of).orElse(null);
    }

    private static Optional<ObjectIdentity> identity(SystemContext context, int catalog, int oid, int column) {
        return ObjectIdentity.of(catalog, oid, column, context.catalog(), VisibilityFunctions.analysis(context));
    }

    /** The objects that the command has made or changed and that are still there. */
    public static Iterator<Object[]> pg_event_trigger_ddl_commands(SystemContext context) {
        EventState state = context.event().orElseThrow(() -> outside("pg_event_trigger_ddl_commands", "an event trigger"));
        List<Object[]> rows = new ArrayList<>();
        for (EventState.Done d : state.done()) {
            if (d.granted().isPresent()) {
                rows.add(new Object[] {null, null, null, Slice.of(d.tag()), Slice.of(d.granted().get()), null, null, false, null});
                continue;
            }
            identity(context, d.catalog(), d.oid(), d.column()).ifPresent(i -> rows.add(new Object[] {d.catalog(), d.oid(), d.column(),
                Slice.of(d.tag()), Slice.of(i.type()), text(i.schema()), Slice.of(i.identity()), isMember(context, d), null}));
        }
        return rows.iterator();
    }

    private static boolean isMember(SystemContext context, EventState.Done d) {
        return context.catalog().rows("pg_depend", 2673, d.catalog(), d.oid()).stream().anyMatch(r -> r.letter("deptype") == 'e');
    }

    /** The objects that the command has dropped. */
    public static Iterator<Object[]> pg_event_trigger_dropped_objects(SystemContext context) {
        EventState state = context.event().filter(EventState::tellsDrops)
                .orElseThrow(() -> outside("pg_event_trigger_dropped_objects", "a sql_drop event trigger"));
        List<Object[]> rows = new ArrayList<>();
        for (EventState.Dropped d : state.dropped()) {
            ObjectIdentity i = d.identity();
            rows.add(new Object[] {d.catalog(), d.oid(), d.column(), d.original(), d.normal(), i.isTemporary(), Slice.of(i.type()),
                text(i.schema().or(i::table)), text(i.name().filter(n -> d.column() == 0)), Slice.of(i.identity()), ObjectFunctions.texts(i.names()),
                ObjectFunctions.texts(i.arguments())});
        }
        return rows.iterator();
    }

    public static int pg_event_trigger_table_rewrite_oid(SystemContext context) {
        return rewrite(context, "pg_event_trigger_table_rewrite_oid").table();
    }

    public static int pg_event_trigger_table_rewrite_reason(SystemContext context) {
        return rewrite(context, "pg_event_trigger_table_rewrite_reason").reason();
    }

    private static EventState.Rewrite rewrite(SystemContext context, String function) {
        return context.event().flatMap(EventState::rewrite).orElseThrow(() -> outside(function, "a table_rewrite event trigger"));
    }

    public static RecordValue pg_identify_object(SystemContext context, int catalog, int oid, int column) {
        Optional<ObjectIdentity> found = identity(context, catalog, oid, column);
        return new RecordValue(Oids.RECORD, List.of(Oids.TEXT, Oids.TEXT, Oids.TEXT, Oids.TEXT), List.of("type", "schema", "name", "identity"),
                new Object[] {found.map(ObjectIdentity::type).or(() -> kind(catalog, column)).map(Slice::of).orElse(null),
                    text(found.flatMap(ObjectIdentity::schema)), text(found.flatMap(ObjectIdentity::name).map(Identifiers::quote)),
                    text(found.map(ObjectIdentity::identity))});
    }

    public static RecordValue pg_identify_object_as_address(SystemContext context, int catalog, int oid, int column) {
        Optional<ObjectIdentity> found = identity(context, catalog, oid, column);
        return new RecordValue(Oids.RECORD, List.of(Oids.TEXT, Oids.TEXT_ARRAY, Oids.TEXT_ARRAY), List.of("type", "object_names", "object_args"),
                new Object[] {found.map(ObjectIdentity::type).or(() -> kind(catalog, column)).map(Slice::of).orElse(null),
                    found.map(i -> ObjectFunctions.texts(i.names())).orElse(null), found.map(i -> ObjectFunctions.texts(i.arguments())).orElse(null)});
    }

    /** What a missing relation is taken for. */
    private static Optional<String> kind(int catalog, int column) {
        return catalog == CLASS ? Optional.of(column == 0 ? "relation" : "relation column")
                : Optional.ofNullable(KINDS.get(catalog)).or(() -> NamedKind.of(catalog).map(NamedKind::word));
    }

    /** What messages call the object; null if it is not there. */
    public static Slice pg_describe_object(SystemContext context, int catalog, int oid, int column) {
        if (catalog == 0 && oid == 0) {
            return null;
        }
        if (catalog != CLASS && catalog != PARAMETER && kind(catalog, column).isEmpty()) {
            throw new SqlError(SqlState.INTERNAL_ERROR, "unsupported object class: " + Integer.toUnsignedString(catalog));
        }
        return text(new ObjectDescription(context.catalog(), VisibilityFunctions.analysis(context)).of(catalog, oid, column));
    }

    /** The object that names and arguments identify. */
    public static RecordValue pg_get_object_address(SystemContext context, Slice type, ArrayValue names, ArrayValue arguments) {
        ObjectAddresses.Address found = new ObjectAddresses(context).find(type.toString(), strings(names), strings(arguments));
        return new RecordValue(Oids.RECORD, List.of(Oids.OID, Oids.OID, Oids.INT4), List.of("classid", "objid", "objsubid"),
                new Object[] {found.catalog(), found.oid(), found.column()});
    }

    private static List<String> strings(ArrayValue array) {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < array.count(); i++) {
            if (array.elements().isNull(i)) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "name or argument lists may not contain nulls");
            }
            strings.add(array.elements().get(i).toString());
        }
        return strings;
    }
}
