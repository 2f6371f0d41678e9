package org.gajah.plan;

import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ColumnStatistics;
import org.gajah.type.Ordered;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/**
 * An expression whose values the planner knows something about.
 *
 * @param rows     rows of the table that it is a column of
 * @param unique   whether no value comes twice
 * @param notNull  whether it is never null
 */
record Variable(int type, double rows, boolean unique, boolean notNull, Optional<ColumnStatistics> statistics, Optional<TypeCodec> codec) {
    private static final double FEW = 200;
    private static final double SHARE = 0.1;

    /** Something of which nothing is known but how many rows there are. */
    static Variable unknown(int type, double rows) {
        return new Variable(type, rows, false, false, Optional.empty(), Optional.empty());
    }

    static Variable of(Expr.Var v, BaseTable table, double rows, Catalog catalog) {
        boolean unique = false;
        for (var index : table.relation().indexes()) {
            unique |= index.unique() && index.keyColumns() == 1 && index.columns().getFirst() == v.attribute() && index.predicate().isEmpty();
        }
        boolean notNull = v.attribute() < 0 || v.attribute() > 0 && table.relation().column(v.attribute()).notNull();
        return new Variable(v.type(), rows, unique || v.attribute() == -1, notNull, catalog.statistics(table.relation().oid(), v.attribute()),
                Optional.of(catalog.codec(v.type())));
    }

    double distinct() {
        if (unique) {
            return rows;
        }
        if (statistics.isPresent()) {
            return statistics.get().distinctIn(rows);
        }
        return Math.min(rows, Math.max(FEW, rows * SHARE));
    }

    double nullFraction() {
        return notNull ? 0 : statistics.map(ColumnStatistics::nullFraction).orElse(0.005);
    }

    /** The order of the type, if it is one that statistics were made by. */
    Optional<Ordered> order() {
        return codec.filter(Ordered.class::isInstance).map(Ordered.class::cast);
    }

    /** A constant as a vector that can be compared with the statistics' values; none if its type is another. */
    Optional<Vector> comparable(Expr.Const c) {
        if (codec.isEmpty() || c.value() == null) {
            return Optional.empty();
        }
        Carrier carrier = codec.get().carrier();
        Object value = c.value();
        boolean same = c.type() == type || isText(c.type()) && isText(type);
        if (carrier == Carrier.LONG && value instanceof Integer i && isInteger(c.type()) && isInteger(type)) {
            value = i.longValue();
        } else if (carrier == Carrier.INT && value instanceof Long l && isInteger(c.type()) && isInteger(type) && l == l.intValue()) {
            value = l.intValue();
        } else if (!same && !(isInteger(c.type()) && isInteger(type) && carrier == Carrier.INT && value instanceof Integer)) {
            return Optional.empty();
        }
        Vector one = Vector.of(carrier, 1);
        one.set(0, value);
        return Optional.of(one);
    }

    private static boolean isInteger(int type) {
        return type == 20 || type == 21 || type == 23;
    }

    private static boolean isText(int type) {
        return type == 25 || type == 1043 || type == 19;
    }
}
