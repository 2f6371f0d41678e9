package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** Pseudo-types whose values never leave the engine: internal, and what else has no text form. */
final class InternalCodec implements TypeCodec {
    private final String name;

    InternalCodec(String name) {
        this.name = name;
    }

    @Override
    public Carrier carrier() {
        return Carrier.OBJECT;
    }

    @Override
    public int storedWidth() {
        return -1;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        throw SqlError.notSupported("cannot accept a value of type " + name);
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        throw SqlError.notSupported("cannot display a value of type " + name);
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        throw SqlError.notSupported("cannot accept a value of type " + name);
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        throw SqlError.notSupported("cannot display a value of type " + name);
    }
}
