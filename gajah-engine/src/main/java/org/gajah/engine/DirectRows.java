package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.session.Rows;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.exec.StoredRows;
import org.gajah.type.Numeric;
import org.gajah.type.Oids;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/**
 * The rows of one run of a {@link DirectStatement}: read from the batches as they are made, or kept where the statement had to run to
 * its end first. They end with their transaction.
 */
final class DirectRows implements Rows {
    private static final Batch NOTHING = Batch.of(List.of(), 0);

    private final DirectSession owner;
    private final SessionImpl session;
    private final Prepared prepared;
    private final Object[] values;
    private List<ResultColumn> columns = List.of();
    private Optional<Portal> portal = Optional.empty();
    private Optional<StoredRows> kept = Optional.empty();
    private long position;
    private Batch batch = NOTHING;
    private int index = -1;
    private int row = -1;
    private boolean over;

    DirectRows(DirectSession owner, Prepared prepared, Object[] values) {
        this.owner = owner;
        this.session = owner.session();
        this.prepared = prepared;
        this.values = values;
    }

    /** Runs the statement as far as its first rows. */
    void start() {
        session.work(prepared.text(), PlanSource.isPlanned(prepared) ? this::startPlan : this::startCommand);
        owner.opened(this);
    }

    private void startPlan() {
        StatementRunner runner = session.runner();
        Prepared.Current current = runner.planNow(prepared);
        columns = current.columns;
        Portal made = new Portal(session.portals().freshName(), prepared, values, columns, Portal.Cursor.NONE).running(current);
        session.portals().put(made);
        portal = Optional.of(made);
        PortalRunner running = runner.portalRunner();
        running.start(made);
        if (current.plan.changesRows()) {
            running.keepRest(made);
            kept = made.stored();
            batch = view();
        } else {
            batch = running.next(made, Batch.MAX_ROWS);
        }
    }

    private void startCommand() {
        session.runner().runDirect(prepared, values, new Keeper());
        batch = kept.isPresent() ? view() : NOTHING;
    }

    /** The kept rows from the present position on. */
    private Batch view() {
        StoredRows rows = kept.orElseThrow();
        return position < rows.size() ? rows.view(position, Batch.MAX_ROWS) : NOTHING;
    }

    @Override
    public boolean next() {
        if (++index >= batch.count() && !(more() && batch.count() > 0)) {
            row = -1;
            return false;
        }
        row = batch.selection().row(index);
        return true;
    }

    /** Fetches the next batch; false if all is over. */
    private boolean more() {
        if (over) {
            return false;
        }
        owner.enter(false);
        try {
            session.work(prepared.text(), this::fetch);
            return !over;
        } finally {
            owner.leave();
        }
    }

    private void fetch() {
        index = 0;
        if (kept.isPresent() || portal.isEmpty()) {
            position += batch.count();
            batch = kept.isPresent() ? view() : NOTHING;
        } else {
            Portal running = portal.get();
            if (running.execution().isEmpty()) {
                throw new SqlError(SqlState.INVALID_CURSOR_NAME, "the rows have ended with their transaction");
            }
            batch = session.runner().portalRunner().next(running, Batch.MAX_ROWS);
            if (batch.count() == 0) {
                session.runner().portalRunner().finish(running);
            }
        }
        if (batch.count() == 0) {
            end();
        }
    }

    private void end() {
        forget();
        portal.ifPresent(p -> session.portals().closeIfThere(p));
        if (portal.isEmpty()) {
            kept.ifPresent(StoredRows::close);
        }
        session.endImplicit();
    }

    /** The session takes care of the rest. */
    void forget() {
        over = true;
        batch = NOTHING;
        row = -1;
        owner.closed(this);
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        owner.enter(false);
        try {
            session.work(prepared.text(), this::end);
        } finally {
            owner.leave();
        }
    }

    @Override
    public int columnCount() {
        return columns.size();
    }

    private ResultColumn described(int column) {
        if (column < 1 || column > columns.size()) {
            throw new SqlError(SqlState.UNDEFINED_COLUMN, "there is no column " + column);
        }
        return columns.get(column - 1);
    }

    @Override
    public String columnName(int column) {
        return described(column).name();
    }

    @Override
    public int columnType(int column) {
        return described(column).type();
    }

    private Vector vector(int column) {
        if (row < 0) {
            throw new SqlError(SqlState.INVALID_CURSOR_STATE, "there is no present row");
        }
        if (column < 1 || column > columns.size()) {
            described(column);
        }
        return batch.column(column - 1);
    }

    private Vector value(int column) {
        Vector vector = vector(column);
        if (vector.isNull(row)) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "column " + column + " is NULL");
        }
        return vector;
    }

    @Override
    public boolean isNull(int column) {
        return vector(column).isNull(row);
    }

    @Override
    public int getInt(int column) {
        if (value(column) instanceof IntVector ints) {
            return ints.values[row];
        }
        long value = getLong(column);
        if (value != (int) value) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
        }
        return (int) value;
    }

    @Override
    public long getLong(int column) {
        return switch (value(column)) {
            case IntVector ints -> columns.get(column - 1).type() == Oids.OID ? Integer.toUnsignedLong(ints.values[row]) : ints.values[row];
            case LongVector longs -> longs.values[row];
            case ObjectVector objects when objects.get(row) instanceof Numeric n -> n.toLong(Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
            case ObjectVector _, DoubleVector _, BoolVector _, BytesVector _ -> throw isNot(column, "an integer");
        };
    }

    @Override
    public double getDouble(int column) {
        return switch (value(column)) {
            case DoubleVector doubles -> doubles.values[row];
            case ObjectVector objects when objects.get(row) instanceof Numeric n -> n.toDouble();
            case IntVector _, LongVector _ -> getLong(column);
            case ObjectVector _, BoolVector _, BytesVector _ -> throw isNot(column, "a number");
        };
    }

    @Override
    public boolean getBoolean(int column) {
        if (value(column) instanceof BoolVector bools) {
            return bools.values[row];
        }
        throw isNot(column, "a boolean");
    }

    private SqlError isNot(int column, String wanted) {
        return new SqlError(SqlState.CANNOT_COERCE, "column " + column + " is not " + wanted);
    }

    @Override
    public String getText(int column) {
        Vector vector = vector(column);
        return vector.isNull(row) ? null : text(column, vector).toString();
    }

    private Slice text(int column, Vector vector) {
        int type = columns.get(column - 1).type();
        if (vector instanceof BytesVector bytes && (type == Oids.TEXT || type == Oids.VARCHAR)) {
            return bytes.slice(row);
        }
        ByteSink sink = new ByteSink(32);
        columns.get(column - 1).codec().format(vector, row, session.context(), sink);
        return new Slice(sink.array(), 0, sink.size());
    }

    @Override
    public byte[] getBytes(int column) {
        Vector vector = vector(column);
        if (vector.isNull(row)) {
            return null;
        }
        Slice bytes = columns.get(column - 1).type() == Oids.BYTEA && vector instanceof BytesVector own ? own.slice(row) : text(column, vector);
        return java.util.Arrays.copyOfRange(bytes.array(), bytes.offset(), bytes.offset() + bytes.length());
    }

    /** Keeps the rows of a command. */
    private final class Keeper extends DirectSink {
        @Override
        public void columns(List<ResultColumn> shape, TypeContext context) {
            columns = shape;
            List<Carrier> carriers = new ArrayList<>();
            shape.forEach(c -> carriers.add(c.codec().carrier()));
            kept = Optional.of(new StoredRows(carriers, session.workspace()));
        }

        @Override
        public void rows(Batch rows) {
            kept.orElseThrow().add(rows);
        }
    }
}
