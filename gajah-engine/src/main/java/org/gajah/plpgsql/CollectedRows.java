package org.gajah.plpgsql;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.gajah.exec.RowIterator;
import org.gajah.exec.StoredRows;
import org.gajah.spi.SpiSession;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** The set that a function has collected for its caller, in the session's memory or, when that is short, in a file. */
final class CollectedRows {
    private static final int PIECE = 256;

    private final SpiSession session;
    private final int type;
    private Optional<StoredRows> stored = Optional.empty();
    /** Rows that have not gone to {@link #stored} yet; as many as the batch selects. */
    private Optional<Batch> piece = Optional.empty();

    CollectedRows(SpiSession session, int type) {
        this.session = session;
        this.type = type;
    }

    /** One more value: a scalar or a row. */
    void add(Object value) {
        if (piece.isEmpty()) {
            Carrier carrier = session.types().codec(type).carrier();
            stored = Optional.of(session.newRows(List.of(carrier)));
            piece = Optional.of(Batch.of(List.of(carrier), PIECE));
            piece.get().selection().all(0);
        }
        Batch batch = piece.get();
        int row = batch.count();
        batch.column(0).set(row, value);
        batch.selection().all(row + 1);
        if (row + 1 == PIECE) {
            store();
        }
    }

    private void store() {
        piece.ifPresent(batch -> {
            stored.orElseThrow().add(batch);
            batch.reset();
            batch.selection().all(0);
        });
    }

    void close() {
        stored.ifPresent(StoredRows::close);
        stored = Optional.empty();
        piece = Optional.empty();
    }

    /** The values, for the caller, who closes them. */
    RowIterator rows() {
        store();
        long size = stored.map(StoredRows::size).orElse(0L);
        return new RowIterator() {
            private long next;

            @Override
            public boolean hasNext() {
                if (next < size) {
                    return true;
                }
                close();
                return false;
            }

            @Override
            public Object next() {
                if (next >= size) {
                    throw new NoSuchElementException();
                }
                return stored.orElseThrow().get(next++, 0);
            }

            @Override
            public void close() {
                CollectedRows.this.close();
            }
        };
    }
}
