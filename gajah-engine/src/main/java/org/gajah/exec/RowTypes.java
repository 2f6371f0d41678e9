package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;

import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.type.RecordValue;

/** The fields of composite types. */
final class RowTypes {
    private RowTypes() {
    }

    /** Fields by number; those of dropped columns have type 0. */
    record Fields(List<Integer> types, List<String> names) {
    }

    static Fields fields(Catalog catalog, int type) {
        int relation = catalog.type(type).orElseThrow().relation();
        List<Integer> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Relation.Column column : catalog.relation(relation).orElseThrow().columns()) {
            types.add(column.dropped() ? 0 : column.type());
            names.add(column.name());
        }
        return new Fields(types, names);
    }

    /** The columns that a function's OUT parameters describe; none for one without any. */
    static Fields results(CompileContext context, int function) {
        List<Integer> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        context.catalog().function(function).ifPresent(proc -> {
            for (int i = 0; i < proc.modes().size(); i++) {
                if ("obt".indexOf(proc.modes().get(i)) >= 0) {
                    types.add(proc.allTypes().get(i));
                    names.add(i < proc.names().size() ? proc.names().get(i) : "column" + (types.size()));
                }
            }
        });
        return new Fields(types, names);
    }

    /** A row of one composite type as another's: fields by name, null where there is none. */
    static ValueKernels.RowFunction conversion(int type, Fields to) {
        return values -> {
            if (values[0] == null) {
                return null;
            }
            RecordValue from = (RecordValue) values[0];
            Object[] fields = new Object[to.names().size()];
            for (int i = 0; i < fields.length; i++) {
                int at = from.fieldNames().indexOf(to.names().get(i));
                fields[i] = at < 0 ? null : from.fields()[at];
            }
            return new RecordValue(type, to.types(), to.names(), fields);
        };
    }
}
