package org.gajah.type;

import java.util.Arrays;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.Vector;

/** An enum: values travel as the oid of their label's row and are ordered as pg_enum.enumsortorder says. */
public final class EnumCodec implements TypeCodec, Ordered {
    /**
     * A row of pg_enum.
     *
     * @param order     enumsortorder
     * @param forbidden not to be used before the transaction that added it has committed
     */
    public record Label(int oid, String name, float order, boolean forbidden) {
    }

    private final String typeName;
    private final List<Label> labels;
    private final int[] oids;
    private final int[] ranks;

    /** The labels in their sort order. */
    public EnumCodec(String typeName, List<Label> labels) {
        this.typeName = typeName;
        this.labels = List.copyOf(labels);
        Integer[] byOid = new Integer[labels.size()];
        Arrays.setAll(byOid, i -> i);
        Arrays.sort(byOid, (a, b) -> Integer.compareUnsigned(labels.get(a).oid(), labels.get(b).oid()));
        oids = new int[byOid.length];
        ranks = new int[byOid.length];
        for (int i = 0; i < byOid.length; i++) {
            oids[i] = labels.get(byOid[i]).oid();
            ranks[i] = byOid[i];
        }
    }

    public String typeName() {
        return typeName;
    }

    /** The labels in their sort order. */
    public List<Label> labels() {
        return labels;
    }

    /** The label; 55P04 if it may not be used yet. */
    public Label usable(Label label) {
        if (label.forbidden()) {
            throw new SqlError(SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE, "unsafe use of new value \"" + label.name() + "\" of enum type " + typeName)
                    .hint("New enum values must be committed before they can be used.");
        }
        return label;
    }

    /** The position of a label's oid in the sort order. */
    public int rank(int oid) {
        int low = 0;
        int high = oids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int c = Integer.compareUnsigned(oids[middle], oid);
            if (c == 0) {
                return ranks[middle];
            }
            if (c < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        throw new SqlError(SqlState.INVALID_BINARY_REPRESENTATION,
                "invalid internal value for enum: " + Integer.toUnsignedString(oid));
    }

    @Override
    public boolean isTextInBinary() {
        return true;
    }

    @Override
    public Carrier carrier() {
        return Carrier.INT;
    }

    @Override
    public int storedWidth() {
        return 4;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        String name = text.toString();
        for (Label label : labels) {
            if (label.name().equals(name)) {
                ((IntVector) out).put(row, usable(label).oid());
                return;
            }
        }
        throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION,
                "invalid input value for enum " + typeName + ": \"" + name + "\"");
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        out.put(labels.get(rank(((IntVector) values).values[row])).name());
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Utf8.validate(bytes);
        parse(bytes, typmod, context, out, row);
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        format(values, row, context, out);
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return Integer.compare(rank(((IntVector) a).values[rowA]), rank(((IntVector) b).values[rowB]));
    }

    @Override
    public long hash(Vector values, int row) {
        return Hash.mix(((IntVector) values).values[row]);
    }

    /** The key is the sort order, which other labels keep when one is put between them. */
    @Override
    public void key(Vector values, int row, ByteSink out) {
        int bits = Float.floatToIntBits(labels.get(rank(((IntVector) values).values[row])).order());
        out.putInt(bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE);
    }
}
