package org.gajah.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.ParameterTypes;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.RoutineMapping;
import org.gajah.catalog.CatalogRow;
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
        Map<Integer, Row> best = new LinkedHashMap<>();
        if (table.isEmpty() || table.get().kind() != 'r') {
            return List.of();
        }
        CatalogRow asked = catalog.row("pg_foreign_server", 113, server).orElseThrow();
        Table rows = session.context().relations().table(table.get());
        Snapshot snapshot = session.transactions().transaction().acquireSnapshot();
        try (TableScan scan = rows.scan(snapshot, COLUMNS, PageRange.ALL)) {
            Batch batch = rows.layout().batch(COLUMNS, Batch.MAX_ROWS);
            LongVector tids = new LongVector(Batch.MAX_ROWS);
            while (scan.next(batch, tids)) {
                for (int i = 0; i < batch.count(); i++) {
                    int row = batch.selection().row(i);
                    if (batch.column(1).get(row) instanceof Integer of && batch.column(2).get(row) instanceof ArrayValue options) {
                        Row found = new Row((Integer) batch.column(0).get(row), of, texts(options), nearness(of, texts(options), asked));
                        if (found.nearness > 0) {
                            best.merge(found.function, found, Row::nearer);
                        }
                    }
                }
            }
        } finally {
            session.transactions().transaction().releaseSnapshot(snapshot);
        }
        return best.values().stream().map(r -> mapping(r.function, r.options)).toList();
    }

    /** A row of the table; the nearer it is to a server, the more specific. */
    private record Row(int function, int server, List<String> options, int nearness) {
        /** The more specific one; of equals that of the older server. */
        Row nearer(Row other) {
            return other.nearness > nearness || other.nearness == nearness && Integer.compareUnsigned(other.server, server) < 0 ? other : this;
        }
    }

    /** How much a mapping is about a server: its own 4; by option {@code scope} one of the same version 3, type 2, wrapper 1; otherwise 0. */
    private int nearness(int of, List<String> options, CatalogRow asked) {
        if (of == asked.number("oid")) {
            return OWN;
        }
        Optional<String> scope = options.stream().filter(o -> o.startsWith("scope=")).map(o -> o.substring("scope=".length())).findFirst();
        Optional<CatalogRow> other = scope.isEmpty() ? Optional.empty() : session.transactions().catalog().row("pg_foreign_server", 113, of)
                .filter(o -> o.number("srvfdw") == asked.number("srvfdw"));
        boolean type = other.map(o -> o.textIfAny("srvtype").equals(asked.textIfAny("srvtype"))).orElse(false);
        boolean version = type && other.map(o -> o.textIfAny("srvversion").equals(asked.textIfAny("srvversion"))).orElse(false);
        return other.isEmpty() ? 0 : switch (scope.get()) {
            case "wrapper" -> 1;
            case "type" -> type ? 2 : 0;
            case "version" -> version ? 3 : 0;
            default -> 0;
        };
    }

    private static final int OWN = 4;

    /** A function's mapping with options as they are stored. */
    RoutineMapping mapping(int function, List<String> options) {
        CatalogView catalog = session.transactions().catalog();
        Optional<ProcRow> proc = catalog.function(function);
        String name = proc.map(p -> RegNames.signature(p, session.context().analysis(catalog, ParameterTypes.fixed(List.of()))))
                .orElse(Integer.toUnsignedString(function));
        return new RoutineMapping(function, name, proc.map(p -> p.variadic() != 0).orElse(false),
                proc.map(ProcRow::strict).orElse(false),
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
