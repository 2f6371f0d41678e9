package org.gajah.catalog;

import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.table.Attribute;
import org.gajah.table.RowLayout;
import org.gajah.table.StoredForm;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Carrier;

/** How relations' columns lie in storage. */
public final class Layouts {
    private Layouts() {
    }

    /** A column of a type, present from the start. */
    public static Attribute attribute(TypeCodec codec) {
        return attribute(codec, false, null);
    }

    /** A column of a type; {@code missing} is the boxed value of rows that are older than it. */
    public static Attribute attribute(TypeCodec codec, boolean dropped, Object missing) {
        int width = codec.storedWidth() < 0 ? Attribute.VARIABLE : codec.storedWidth();
        Optional<StoredForm> form = codec.carrier() == Carrier.OBJECT ? Optional.of(new CodecForm(codec)) : Optional.empty();
        return new Attribute(codec.carrier(), width, form, dropped, missing);
    }

    /** All columns of a relation. */
    public static RowLayout of(Relation relation, Catalog catalog) {
        return new RowLayout(relation.columns().stream()
                .map(c -> attribute(catalog.codec(c.type()), c.dropped(), c.missingValue()))
                .toList());
    }

    private record CodecForm(TypeCodec codec) implements StoredForm {
        @Override
        public void store(Object value, ByteSink out) {
            codec.store(value, out);
        }

        @Override
        public Object load(Slice in) {
            return codec.load(in);
        }
    }
}
