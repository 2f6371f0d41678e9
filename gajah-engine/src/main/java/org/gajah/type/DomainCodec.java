package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/**
 * A domain where values come from outside: array elements, fields of rows, COPY, parameters. It is its base type's codec but for
 * that everything read is checked; values within the server are checked by the cast to the domain.
 */
public class DomainCodec implements TypeCodec {
    private final int domain;
    private final TypeCodec base;

    private DomainCodec(int domain, TypeCodec base) {
        this.domain = domain;
        this.base = base;
    }

    /** The checking codec of a domain over a base type that is none. */
    public static TypeCodec of(int domain, TypeCodec base) {
        return base instanceof Ordered ordered ? new Comparable(domain, base, ordered) : new DomainCodec(domain, base);
    }

    @Override
    public Carrier carrier() {
        return base.carrier();
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        base.parse(text, typmod, context, out, row);
        context.checkDomain(domain, out, row);
    }

    @Override
    public void parseNull(TypeContext context) {
        Vector one = Vector.of(base.carrier(), 1);
        one.setNull(0);
        context.checkDomain(domain, one, 0);
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        base.format(values, row, context, out);
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        base.receive(bytes, typmod, context, out, row);
        context.checkDomain(domain, out, row);
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        base.send(values, row, context, out);
    }

    @Override
    public int storedWidth() {
        return base.storedWidth();
    }

    @Override
    public void store(Object value, ByteSink out) {
        base.store(value, out);
    }

    @Override
    public Object load(Slice stored) {
        return base.load(stored);
    }

    private static final class Comparable extends DomainCodec implements Ordered {
        private final Ordered order;

        Comparable(int domain, TypeCodec base, Ordered order) {
            super(domain, base);
            this.order = order;
        }

        @Override
        public int compare(Vector a, int rowA, Vector b, int rowB) {
            return order.compare(a, rowA, b, rowB);
        }

        @Override
        public long hash(Vector values, int row) {
            return order.hash(values, row);
        }

        @Override
        public void key(Vector values, int row, ByteSink out) {
            order.key(values, row, out);
        }
    }
}
