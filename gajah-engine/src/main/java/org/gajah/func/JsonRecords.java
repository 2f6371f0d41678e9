package org.gajah.func;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.Datum;
import org.gajah.type.Errors;
import org.gajah.type.Oids;
import org.gajah.type.RecordCodec;
import org.gajah.type.RecordValue;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/** Rows made of json objects: a column gets the member of its name, read as the column's type reads text. */
public final class JsonRecords {
    private final CallContext context;
    private final String function;
    private final StackGuard guard = new StackGuard();

    private JsonRecords(CallContext context, String function) {
        this.context = context;
        this.function = function;
    }

    /** The row type to fill and its defaults. */
    private record Target(int type, List<CallContext.Column> columns, Object[] base) {
    }

    private Target target(Object base) {
        RecordValue record = (RecordValue) base;
        if (!context.resultColumns().isEmpty()) {
            return new Target(Oids.RECORD, context.resultColumns(), record == null ? null : record.fields());
        }
        if (context.types().codec(context.resultType()) instanceof RecordCodec codec && codec.typeOid() != Oids.RECORD) {
            return new Target(codec.typeOid(), columns(codec), record == null ? null : record.fields());
        }
        if (record == null) {
            throw undetermined();
        }
        List<CallContext.Column> columns = new ArrayList<>();
        for (int i = 0; i < record.fields().length; i++) {
            columns.add(new CallContext.Column(record.fieldNames().get(i), record.fieldTypes().get(i), -1));
        }
        return new Target(Oids.RECORD, columns, record.fields());
    }

    private static List<CallContext.Column> columns(RecordCodec codec) {
        return codec.fields().stream().map(f -> new CallContext.Column(f.name(), f.typeOid(), f.typmod())).toList();
    }

    private SqlError undetermined() {
        return SqlError.notSupported("could not determine row type for result of " + function)
                .hint("Provide a non-null record argument, or call the function in the FROM clause using a column definition list.");
    }

    private Target described() {
        if (context.resultColumns().isEmpty()) {
            throw undetermined();
        }
        return new Target(Oids.RECORD, context.resultColumns(), null);
    }

    private RecordValue record(Target target, JsonTree json) {
        if (json.kind() != JsonTree.Kind.OBJECT) {
            throw Errors.invalidParameter("cannot call populate_composite on "
                    + (json.kind() == JsonTree.Kind.ARRAY ? "an array" : "a scalar"));
        }
        guard.enter();
        Object[] fields = new Object[target.columns().size()];
        for (int i = 0; i < fields.length; i++) {
            CallContext.Column column = target.columns().get(i);
            Optional<JsonTree> member = json.member(Slice.of(column.name()));
            Object base = target.base() == null ? null : target.base()[i];
            fields[i] = member.isPresent() ? value(column, member.get(), base) : base;
        }
        guard.leave();
        return new RecordValue(target.type(), target.columns().stream().map(CallContext.Column::type).toList(),
                target.columns().stream().map(CallContext.Column::name).toList(), fields);
    }

    private Object value(CallContext.Column column, JsonTree json, Object base) {
        if (json.kind() == JsonTree.Kind.NULL) {
            return null;
        }
        TypeCodec codec = context.types().codec(column.type());
        if (json.kind() != JsonTree.Kind.STRING) {
            if (codec instanceof ArrayCodec array) {
                return array(array, column, json);
            }
            if (codec instanceof RecordCodec record && record.typeOid() != Oids.RECORD) {
                return record(new Target(record.typeOid(), columns(record), base == null ? null : ((RecordValue) base).fields()), json);
            }
        }
        return switch (column.type()) {
            case Oids.JSON -> json.json();
            case Oids.JSONB -> json.jsonb();
            default -> Datum.parse(codec, json.text(), column.typmod(), context.types());
        };
    }

    /** Whether values of the type are made of parts that a json array or object can hold. */
    static boolean hasParts(CallContext context, int type) {
        TypeCodec codec = context.types().codec(type);
        return codec instanceof ArrayCodec || codec instanceof RecordCodec record && record.typeOid() != Oids.RECORD;
    }

    /** A json value as a value of a column's type, boxed. */
    static Object value(CallContext context, CallContext.Column column, Slice json) {
        return new JsonRecords(context, "json_populate_record").value(column, JsonTree.ofText(json), null);
    }

    private static SqlError expectedArray(String name, List<Integer> at) {
        StringBuilder place = new StringBuilder();
        at.forEach(i -> place.append('[').append(i).append(']'));
        String hint = at.isEmpty() ? "See the value of key \"" + name + "\"."
                : "See the array element " + place + " of key \"" + name + "\".";
        return new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "expected JSON array").hint(hint);
    }

    private ArrayValue array(ArrayCodec codec, CallContext.Column column, JsonTree json) {
        if (json.kind() != JsonTree.Kind.ARRAY) {
            throw expectedArray(column.name(), List.of());
        }
        List<Integer> lengths = new ArrayList<>();
        JsonTree at = json;
        while (at.kind() == JsonTree.Kind.ARRAY) {
            lengths.add(at.count());
            if (at.count() == 0) {
                break;
            }
            at = at.element(0);
        }
        List<Object> values = new ArrayList<>();
        collect(codec, column, json, lengths, new ArrayList<>(), values);
        Vector elements = Vector.of(codec.element().carrier(), values.size());
        for (int i = 0; i < values.size(); i++) {
            elements.set(i, values.get(i));
        }
        if (values.isEmpty()) {
            return ArrayValue.of(codec.elementType(), elements, 0);
        }
        if (lengths.size() > ArrayCodec.MAX_DIMENSIONS) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "number of array dimensions (" + lengths.size()
                    + ") exceeds the maximum allowed (" + ArrayCodec.MAX_DIMENSIONS + ")");
        }
        int[] lowerBounds = new int[lengths.size()];
        Arrays.fill(lowerBounds, 1);
        return new ArrayValue(codec.elementType(), lengths.stream().mapToInt(Integer::intValue).toArray(), lowerBounds, elements);
    }

    private void collect(ArrayCodec codec, CallContext.Column column, JsonTree json, List<Integer> lengths, List<Integer> at,
            List<Object> values) {
        int depth = at.size();
        if (depth == lengths.size()) {
            if (json.kind() == JsonTree.Kind.ARRAY) {
                throw malformed();
            }
            values.add(value(new CallContext.Column(column.name(), codec.elementType(), column.typmod()), json, null));
            return;
        }
        if (json.kind() != JsonTree.Kind.ARRAY) {
            throw expectedArray(column.name(), at);
        }
        if (json.count() != lengths.get(depth)) {
            throw malformed();
        }
        guard.enter();
        for (int i = 0; i < json.count(); i++) {
            at.add(i);
            collect(codec, column, json.element(i), lengths, at, values);
            at.removeLast();
        }
        guard.leave();
    }

    private static SqlError malformed() {
        return new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "malformed JSON array")
                .detail("Multidimensional arrays must have sub-arrays with matching dimensions.");
    }

    private Iterator<Object> records(Target target, JsonTree json) {
        if (json.kind() != JsonTree.Kind.ARRAY) {
            throw Errors.invalidParameter("cannot call " + function + " on " + (json.kind() == JsonTree.Kind.OBJECT ? "an object"
                    : json instanceof JsonTree.Binary ? "a non-array" : "a scalar"));
        }
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < json.count(); i++) {
            context.checkCancelled();
            if (json.element(i).kind() != JsonTree.Kind.OBJECT) {
                throw Errors.invalidParameter("argument of " + function + " must be an array of objects");
            }
            rows.add(record(target, json.element(i)));
        }
        return rows.iterator();
    }

    private static Object populate(CallContext context, String function, Object base, JsonTree json) {
        JsonRecords records = new JsonRecords(context, function);
        return records.record(records.target(base), json);
    }

    public static Object json_populate_record(CallContext context, Object base, Slice json, Boolean asText) {
        return json == null ? base : populate(context, "json_populate_record", base, JsonTree.ofText(json));
    }

    public static Object jsonb_populate_record(CallContext context, Object base, Slice json) {
        return json == null ? base : populate(context, "jsonb_populate_record", base, JsonTree.ofJsonb(json));
    }

    /** Whether jsonb_populate_record would succeed. */
    public static Boolean jsonb_populate_record_valid(CallContext context, Object base, Slice json) {
        if (json == null) {
            return null;
        }
        try {
            JsonRecords records = new JsonRecords(context, "jsonb_populate_record_valid");
            Target target = context.types().codec(context.argumentType(0)) instanceof RecordCodec codec && codec.typeOid() != Oids.RECORD
                    ? new Target(codec.typeOid(), columns(codec), null) : records.target(base);
            records.record(target, JsonTree.ofJsonb(json));
            return true;
        } catch (SqlError e) {
            if (!e.state().code().startsWith("22")) {
                throw e;
            }
            return false;
        }
    }

    public static Iterator<Object> json_populate_recordset(CallContext context, Object base, Slice json, Boolean asText) {
        if (json == null) {
            return List.of().iterator();
        }
        JsonRecords records = new JsonRecords(context, "json_populate_recordset");
        return records.records(records.target(base), JsonTree.ofText(json));
    }

    public static Iterator<Object> jsonb_populate_recordset(CallContext context, Object base, Slice json) {
        if (json == null) {
            return List.of().iterator();
        }
        JsonRecords records = new JsonRecords(context, "jsonb_populate_recordset");
        return records.records(records.target(base), JsonTree.ofJsonb(json));
    }

    public static RecordValue json_to_record(CallContext context, Slice json) {
        JsonRecords records = new JsonRecords(context, "json_to_record");
        return records.record(records.described(), JsonTree.ofText(json));
    }

    public static RecordValue jsonb_to_record(CallContext context, Slice json) {
        JsonRecords records = new JsonRecords(context, "jsonb_to_record");
        return records.record(records.described(), JsonTree.ofJsonb(json));
    }

    public static Iterator<Object> json_to_recordset(CallContext context, Slice json) {
        JsonRecords records = new JsonRecords(context, "json_to_recordset");
        return records.records(records.described(), JsonTree.ofText(json));
    }

    public static Iterator<Object> jsonb_to_recordset(CallContext context, Slice json) {
        JsonRecords records = new JsonRecords(context, "jsonb_to_recordset");
        return records.records(records.described(), JsonTree.ofJsonb(json));
    }
}
