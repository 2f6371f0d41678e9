package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.LiteralLift;
import org.gajah.api.SqlError;
import org.gajah.catalog.CatalogView;
import org.gajah.parse.StatementShape;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Vector;

/** Reads the values of literals that have become parameters. */
final class LiftedValues {
    private final TypeContext types;
    private final CatalogView catalog;

    LiftedValues(TypeContext types, CatalogView catalog) {
        this.types = types;
        this.catalog = catalog;
    }

    /** The parameters' values; empty if one cannot be read, which is for the analyzer to complain about. */
    Optional<Object[]> read(List<LiteralLift.Slot> slots, StatementShape shape) {
        Object[] values = new Object[slots.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                LiteralLift.Slot slot = slots.get(i);
                if (shape.isString(slot.literal())) {
                    values[i] = parse(slot, shape);
                } else {
                    int number = shape.number(slot.literal());
                    values[i] = slot.negated() ? -number : number;
                }
            }
            return Optional.of(values);
        } catch (SqlError complaint) {
            return Optional.empty();
        }
    }

    private Object parse(LiteralLift.Slot slot, StatementShape shape) {
        TypeCodec codec = catalog.codec(slot.type());
        Vector one = Vector.of(codec.carrier(), 1);
        codec.parse(shape.string(slot.literal()), -1, types, one, 0);
        return one.get(0);
    }
}
