package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.ParameterTypes;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.RoutineMapping;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.sysfunc.RegNames;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.txn.Snapshot;
import org.gajah.type.ArrayValue;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;

/** Reads routine mappings out of the ordinary table that a wrapper keeps them in: function, server, options. */
final class RoutineMappings {
    private static final int[] COLUMNS = {0, 1, 2};

    private final SessionImpl session;

    RoutineMappings(SessionImpl session) {
        this.session = session;
    }

    List<RoutineMapping> of(ForeignWrapper wrapper, int server) {
        CatalogView catalog = session.transactions().catalog();
        Optional<Relation> table = wrapper.mappingTable().flatMap(name -> catalog.schema(name.substring(0, name.indexOf('.')))
                .flatMap(schema -> catalog.relation(name.substring(name.indexOf('.') + 1), schema.oid())));
        List<RoutineMapping> mappings = new ArrayList<>();
        if (table.isEmpty() || table.get().kind() != 'r') {
            return mappings;
        }
        Table rows = session.context().relations().table(table.get());
        Snapshot snapshot = session.transactions().transaction().acquireSnapshot();
        try (TableScan scan = rows.scan(snapshot, COLUMNS, PageRange.ALL)) {
            Batch batch = rows.layout().batch(COLUMNS, Batch.MAX_ROWS);
            LongVector tids = new LongVector(Batch.MAX_ROWS);
            while (scan.next(batch, tids)) {
                for (int i = 0; i < batch.count(); i++) {
                    int row = batch.selection().row(i);
                    if (batch.column(1).get(row) instanceof Integer of && of == server && batch.column(2).get(row) instanceof ArrayValue options) {
                        int function = (Integer) batch.column(0).get(row);
                        mappings.add(mapping(function, texts(options)));
                    }
                }
            }
        } finally {
            session.transactions().transaction().releaseSnapshot(snapshot);
        }
        return mappings;
    }

    /** A function's mapping with options as they are stored. */
    RoutineMapping mapping(int function, List<String> options) {
        CatalogView catalog = session.transactions().catalog();
        Optional<ProcRow> proc = catalog.function(function);
        String name = proc.map(p -> RegNames.signature(p, session.context().analysis(catalog, ParameterTypes.fixed(List.of()))))
                .orElse(Integer.toUnsignedString(function));
        return new RoutineMapping(function, name, proc.map(p -> p.variadic() != 0).orElse(false),
                ForeignCatalog.options(options.stream().filter(o -> o.indexOf('=') > 0).toList()));
    }

    /** How many parameters a function has, if there is one. */
    Optional<Integer> parameters(int function) {
        return session.transactions().catalog().function(function).map(p -> p.argTypes().size());
    }

    /** The elements of an array of texts that are not null. */
    static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (!(value instanceof ArrayValue array)) {
            return texts;
        }
        for (int i = 0; i < array.count(); i++) {
            Object element = array.elements().get(i);
            if (element != null) {
                texts.add(element.toString());
            }
        }
        return texts;
    }
}
