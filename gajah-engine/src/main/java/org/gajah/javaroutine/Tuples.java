package org.gajah.javaroutine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Row;
import org.gajah.api.spi.TupleDescriptor;
import org.gajah.api.spi.TupleTable;
import org.gajah.exec.StoredRows;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.SpiRows;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** Rows that a command gave: a few as they are, many where the session keeps rows, which may be a file. */
final class Tuples implements TupleTable, SpiRows {
    private static final int FEW = 256;

    private final Connection owner;
    private final JavaSession host;
    private final Columns columns;
    private final List<Object[]> few = new ArrayList<>(1);
    private Optional<StoredRows> many = Optional.empty();
    private boolean freed;

    Tuples(Connection owner, List<ResultColumn> columns) {
        this.owner = owner;
        this.host = owner.call().host();
        this.columns = host.columns(columns);
    }

    @Override
    public void rows(Batch batch) {
        if (many.isEmpty() && few.size() + batch.count() > FEW) {
            keepElsewhere();
        }
        if (many.isPresent()) {
            many.get().add(batch);
            return;
        }
        for (int i = 0; i < batch.count(); i++) {
            Object[] row = new Object[columns.size()];
            int at = batch.selection().row(i);
            for (int c = 0; c < row.length; c++) {
                row[c] = batch.column(c).get(at);
            }
            few.add(row);
        }
    }

    private void keepElsewhere() {
        List<Carrier> carriers = columns.types().stream().map(t -> host.session().types().codec(t).carrier()).toList();
        StoredRows rows = host.session().newRows(carriers);
        many = Optional.of(rows);
        owner.owns(this);
        if (!few.isEmpty()) {
            Batch batch = Batch.of(carriers, few.size());
            for (int i = 0; i < few.size(); i++) {
                for (int c = 0; c < carriers.size(); c++) {
                    batch.column(c).set(i, few.get(i)[c]);
                }
            }
            batch.selection().all(few.size());
            rows.add(batch);
            few.clear();
        }
    }

    @Override
    public TupleDescriptor descriptor() {
        return columns;
    }

    @Override
    public long size() {
        return many.map(StoredRows::size).orElse((long) few.size());
    }

    @Override
    public Row row(long number) {
        if (freed || owner.isFinished()) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "the tuple table is gone with its SPI connection");
        }
        if (number < 0 || number >= size()) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "there is no row " + number + " in a tuple table of " + size());
        }
        if (many.isEmpty()) {
            return new SpiRow(columns, few.get((int) number));
        }
        Object[] row = new Object[columns.size()];
        for (int c = 0; c < row.length; c++) {
            row[c] = many.get().get(number, c);
        }
        return new SpiRow(columns, row);
    }

    @Override
    public void free() {
        freed = true;
        few.clear();
        many.ifPresent(StoredRows::close);
        many = Optional.empty();
    }
}
