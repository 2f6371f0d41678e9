package org.gajah.javaroutine;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.spi.Row;
import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.TupleDescriptor;
import org.gajah.api.spi.TupleTable;
import org.gajah.exec.StoredRows;
import org.gajah.func.CallContext;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** Copies rows to where statements find them by a name. */
record TupleCopy(JavaSession host) {
    SpiCode register(String name, TupleTable table) {
        TupleDescriptor descriptor = table.descriptor();
        List<CallContext.Column> columns = new ArrayList<>();
        List<Carrier> carriers = new ArrayList<>();
        for (int i = 1; i <= descriptor.size(); i++) {
            columns.add(new CallContext.Column(descriptor.name(i), descriptor.typeOid(i), -1));
            carriers.add(host.types().codec(descriptor.typeOid(i)).carrier());
        }
        StoredRows copy = host.session().newRows(carriers);
        boolean named = false;
        try {
            fill(copy, table, columns, carriers);
            named = host.session().nameRows(name, columns, copy);
        } finally {
            if (!named) {
                copy.close();
            }
        }
        return named ? SpiCode.OK_REL_REGISTER : SpiCode.ERROR_REL_DUPLICATE;
    }

    private void fill(StoredRows copy, TupleTable table, List<CallContext.Column> columns, List<Carrier> carriers) {
        Batch batch = Batch.of(carriers, Batch.MAX_ROWS);
        int count = 0;
        for (Row row : table) {
            for (int c = 0; c < carriers.size(); c++) {
                batch.column(c).set(count, row instanceof SpiRow ours ? ours.values()[c] : host.types().toDatum(row.get(c + 1), columns.get(c).type()));
            }
            if (++count == Batch.MAX_ROWS) {
                count = flush(copy, batch, count);
            }
        }
        flush(copy, batch, count);
    }

    private static int flush(StoredRows copy, Batch batch, int count) {
        batch.selection().all(count);
        copy.add(batch);
        return 0;
    }
}
