package org.gajah.engine;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.session.Rows;
import org.gajah.api.session.SessionStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/** A prepared statement of a {@link DirectSession}. Its parameters are kept as the engine wants them. */
final class DirectStatement implements SessionStatement {
    private static final List<Integer> WIDE = List.of(Oids.INT8, Oids.INT4, Oids.INT2);

    private final DirectSession owner;
    private final SessionImpl session;
    private final Prepared prepared;
    private final boolean planned;
    private final int[] types;
    private final TypeCodec[] codecs;
    private Object[] values;

    DirectStatement(DirectSession owner, Prepared prepared) {
        this.owner = owner;
        this.session = owner.session();
        this.prepared = prepared;
        this.planned = PlanSource.isPlanned(prepared);
        this.types = prepared.parameterTypes().stream().mapToInt(Integer::intValue).toArray();
        this.codecs = new TypeCodec[types.length];
        this.values = new Object[types.length];
        CatalogView catalog = session.transactions().isOpen() ? session.transactions().catalog() : null;
        for (int i = 0; i < types.length; i++) {
            codecs[i] = catalog == null ? session.context().codec(types[i]) : catalog.inputCodec(types[i]);
        }
    }

    private int place(int parameter) {
        if (parameter < 1 || parameter > types.length) {
            throw new SqlError(SqlState.UNDEFINED_PARAMETER, "there is no parameter $" + parameter);
        }
        return parameter - 1;
    }

    @Override
    public SessionStatement set(int parameter, long value) {
        int i = place(parameter);
        switch (types[i]) {
            case Oids.INT4 -> {
                if (value != (int) value) {
                    throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
                }
                values[i] = (int) value;
            }
            case Oids.INT8 -> values[i] = value;
            case Oids.FLOAT8 -> values[i] = (double) value;
            default -> set(parameter, Long.toString(value));
        }
        return this;
    }

    @Override
    public SessionStatement set(int parameter, double value) {
        int i = place(parameter);
        if (types[i] == Oids.FLOAT8) {
            values[i] = value;
            return this;
        }
        boolean whole = WIDE.contains(types[i]) && value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return set(parameter, whole ? Long.toString((long) value) : Double.toString(value));
    }

    @Override
    public SessionStatement set(int parameter, boolean value) {
        int i = place(parameter);
        if (types[i] == Oids.BOOL) {
            values[i] = value;
            return this;
        }
        return set(parameter, value ? "true" : "false");
    }

    @Override
    public SessionStatement set(int parameter, String value) {
        int i = place(parameter);
        values[i] = types[i] == Oids.TEXT ? Slice.of(value) : read(i, Slice.of(value), false);
        return this;
    }

    @Override
    public SessionStatement set(int parameter, byte[] value) {
        int i = place(parameter);
        values[i] = read(i, Slice.of(value.clone()), types[i] == Oids.BYTEA);
        return this;
    }

    private Object read(int i, Slice value, boolean binary) {
        Vector one = Vector.of(codecs[i].carrier(), 1);
        if (binary) {
            codecs[i].receive(value, -1, session.context(), one, 0);
        } else {
            codecs[i].parse(value, -1, session.context(), one, 0);
        }
        return one.get(0);
    }

    @Override
    public SessionStatement setNull(int parameter) {
        values[place(parameter)] = null;
        return this;
    }

    @Override
    public long update() {
        owner.enter(true);
        try {
            owner.endRows();
            DirectSink sink = new DirectSink();
            session.work(prepared.text(), () -> {
                session.runner().runDirect(prepared, values.clone(), sink);
                session.endImplicit();
            });
            return sink.processed();
        } finally {
            owner.leave();
        }
    }

    @Override
    public Rows query() {
        owner.enter(!planned);
        try {
            owner.endRows();
            DirectRows rows = new DirectRows(owner, prepared, values.clone());
            rows.start();
            return rows;
        } finally {
            owner.leave();
        }
    }

    @Override
    public void close() {
        // What it holds goes with it.
    }
}
