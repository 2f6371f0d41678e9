package org.gajah.javaroutine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Row;
import org.gajah.catalog.Relation;
import org.gajah.func.CallContext;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** Values of composite types: {@link Row} for what comes in; going out also arrays, lists and Java records, field by field. */
final class JavaRows {
    private final JavaTypes types;

    JavaRows(JavaTypes types) {
        this.types = types;
    }

    Row toJava(RecordValue record) {
        List<String> names = new ArrayList<>();
        List<Integer> fieldTypes = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < record.fields().length; i++) {
            if (!record.isDropped(i)) {
                names.add(record.fieldNames().get(i));
                fieldTypes.add(record.fieldTypes().get(i));
                values.add(record.fields()[i]);
            }
        }
        return new SpiRow(new Columns(names, fieldTypes, types), values.toArray());
    }

    /** A row of a composite type; empty if the value is nothing like a row. */
    Optional<Object> toDatum(Object value, int type) {
        if (type == Oids.RECORD) {
            return value instanceof SpiRow row ? Optional.of(row.record()) : Optional.empty();
        }
        List<CallContext.Column> columns = columns(type);
        return fields(value).map(fields -> record(type, columns, fields));
    }

    List<CallContext.Column> columns(int type) {
        List<CallContext.Column> columns = new ArrayList<>();
        for (Relation.Column c : types.session().catalog().type(type).flatMap(t -> types.session().catalog().relation(t.relation()))
                .map(Relation::columns).orElse(List.of())) {
            columns.add(new CallContext.Column(c.name(), c.dropped() ? 0 : c.type(), c.typmod()));
        }
        return columns;
    }

    /** The fields' Java values. */
    Optional<Object[]> fields(Object value) {
        return switch (value) {
            case SpiRow row -> {
                Object[] fields = new Object[row.values().length];
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = new RawValue(row.values()[i], row.columns().types().get(i));
                }
                yield Optional.of(fields);
            }
            case Row row -> {
                Object[] fields = new Object[row.descriptor().size()];
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = row.get(i + 1);
                }
                yield Optional.of(fields);
            }
            case Object[] fields -> Optional.of(fields);
            case List<?> list -> Optional.of(list.toArray());
            case Record record -> Optional.of(components(record));
            default -> Optional.empty();
        };
    }

    private static Object[] components(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = components[i].getAccessor().invoke(record);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new SqlError(SqlState.EXTERNAL_ROUTINE_EXCEPTION, "record " + record.getClass().getTypeName() + " cannot be read: it must be public", e);
            }
        }
        return values;
    }

    /** A row of these columns, of which dropped ones have type 0. */
    RecordValue record(int type, List<CallContext.Column> columns, Object[] given) {
        long wanted = columns.stream().filter(c -> c.type() != 0).count();
        if (wanted != given.length) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "returned row structure does not match the function's result")
                    .detail("Number of returned columns (" + given.length + ") does not match expected column count (" + wanted + ").");
        }
        Object[] fields = new Object[columns.size()];
        int at = 0;
        for (int i = 0; i < fields.length; i++) {
            if (columns.get(i).type() != 0) {
                fields[i] = types.toDatum(given[at++], columns.get(i).type());
            }
        }
        return new RecordValue(type, columns.stream().map(CallContext.Column::type).toList(), columns.stream().map(CallContext.Column::name).toList(),
                fields);
    }
}
