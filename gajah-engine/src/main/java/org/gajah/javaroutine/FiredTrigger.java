package org.gajah.javaroutine;

import java.util.List;
import java.util.Optional;

import org.gajah.api.spi.Row;
import org.gajah.api.spi.TriggerData;
import org.gajah.api.spi.TupleTable;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.exec.StoredRows;
import org.gajah.exec.TriggerCall;

/** A trigger that fires, as its function in Java sees it. */
record FiredTrigger(TriggerCall call, JavaSession host) implements TriggerData {
    @Override
    public String name() {
        return call.trigger().name();
    }

    @Override
    public String when() {
        return call.trigger().timing().name().replace('_', ' ');
    }

    @Override
    public String level() {
        return call.trigger().forEachRow() ? "ROW" : "STATEMENT";
    }

    @Override
    public String operation() {
        return call.event().name();
    }

    @Override
    public int relation() {
        return call.relation().oid();
    }

    @Override
    public String tableName() {
        return call.relation().name();
    }

    @Override
    public String schemaName() {
        return host.session().catalog().schema(call.relation().namespace()).map(SchemaRow::name).orElse("");
    }

    @Override
    public List<String> arguments() {
        return call.trigger().arguments();
    }

    @Override
    public Optional<Row> oldRow() {
        return call.oldRow().map(host.types().rows()::toJava);
    }

    @Override
    public Optional<Row> newRow() {
        return call.newRow().map(host.types().rows()::toJava);
    }

    @Override
    public Optional<TupleTable> oldTable() {
        return call.oldTable().map(this::table);
    }

    @Override
    public Optional<TupleTable> newTable() {
        return call.newTable().map(this::table);
    }

    private TupleTable table(StoredRows rows) {
        List<Relation.Column> columns = call.relation().columns().stream().filter(c -> !c.dropped()).toList();
        Columns shape = new Columns(columns.stream().map(Relation.Column::name).toList(), columns.stream().map(Relation.Column::type).toList(),
                host.types());
        int[] places = columns.stream().mapToInt(c -> c.number() - 1).toArray();
        return new TransitionRows(shape, places, rows);
    }
}
