package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.plan.Plan;
import org.gajah.table.KeyEncoder;
import org.gajah.table.KeyRange;
import org.gajah.type.ArrayValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** The ranges of keys that an index scan's conditions describe, computed anew for each run. */
final class IndexBounds {
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int INT8 = 20;

    private final KeyEncoder encoder;
    private final List<Boolean> descending;
    private final int[] columnTypes;
    private final Vector[] scratch;
    private final List<Condition> conditions;
    private final Optional<Bound> lower;
    private final Optional<Bound> upper;
    private final boolean hasRange;
    private final Batch input = Vectors.oneRow();

    /** A key condition with its value's kernel; none for IS NULL. */
    record Condition(Optional<Kernel> value, boolean any) {
    }

    /** One end of the range. */
    record Bound(Kernel value, boolean inclusive) {
    }

    IndexBounds(KeyEncoder encoder, List<Boolean> descending, int[] columnTypes, Carrier[] carriers, List<Condition> conditions,
            Optional<Plan.KeyRange> range, Optional<Bound> lower, Optional<Bound> upper) {
        this.encoder = encoder;
        this.descending = descending;
        this.columnTypes = columnTypes;
        this.conditions = conditions;
        this.hasRange = range.isPresent();
        this.lower = lower;
        this.upper = upper;
        this.scratch = new Vector[carriers.length];
        for (int i = 0; i < carriers.length; i++) {
            scratch[i] = Vector.of(carriers[i], 1);
        }
    }

    /** The ranges in the order of the scan; none if nothing can match. */
    List<KeyRange> ranges(boolean backward) {
        if (conditions.size() == 1 && !hasRange && !conditions.getFirst().any && conditions.getFirst().value.isPresent()) {
            return point(conditions.getFirst().value.get(), backward);
        }
        List<Slice> prefixes = List.of(Slice.EMPTY);
        for (int i = 0; i < conditions.size(); i++) {
            prefixes = extend(prefixes, i, conditions.get(i));
        }
        if (prefixes.size() == 1) {
            Optional<KeyRange> only = range(prefixes.getFirst());
            return only.isEmpty() ? List.of() : List.of(backward ? only.get().reversed() : only.get());
        }
        List<KeyRange> ranges = new ArrayList<>();
        prefixes.stream().distinct().sorted().forEach(prefix -> range(prefix).ifPresent(ranges::add));
        return backward ? ranges.reversed().stream().map(KeyRange::reversed).toList() : ranges;
    }

    /** One value that the first column is to equal, which most lookups are. */
    private List<KeyRange> point(Kernel kernel, boolean backward) {
        Object value = kernel.eval(input, input.selection()).get(0);
        if (value == null || outside(0, value) != 0) {
            return List.of();
        }
        KeyRange range = KeyRange.prefix(encode(0, value));
        return List.of(backward ? range.reversed() : range);
    }

    private List<Slice> extend(List<Slice> prefixes, int column, Condition condition) {
        List<Slice> extended = new ArrayList<>();
        List<Optional<Slice>> parts = parts(column, condition);
        for (Slice prefix : prefixes) {
            for (Optional<Slice> part : parts) {
                part.ifPresent(slice -> extended.add(join(prefix, slice)));
            }
        }
        return extended;
    }

    private List<Optional<Slice>> parts(int column, Condition condition) {
        if (condition.value.isEmpty()) {
            ByteSink out = new ByteSink(1);
            encoder.encodeNull(column, out);
            return List.of(Optional.of(out.view()));
        }
        Object value = condition.value.get().eval(input, input.selection()).get(0);
        if (!condition.any) {
            return List.of(equal(column, value));
        }
        List<Optional<Slice>> parts = new ArrayList<>();
        if (value instanceof ArrayValue array) {
            for (int i = 0; i < array.count(); i++) {
                parts.add(equal(column, array.elements().get(i)));
            }
        }
        return parts;
    }

    /** The key part of a value that a column is to equal; none if it can't. */
    private Optional<Slice> equal(int column, Object value) {
        return value == null || outside(column, value) != 0 ? Optional.empty() : Optional.of(encode(column, value));
    }

    /** The range of keys with a prefix; none if the bounds leave nothing. */
    private Optional<KeyRange> range(Slice prefix) {
        if (!hasRange) {
            return Optional.of(prefix.isEmpty() ? KeyRange.ALL : KeyRange.prefix(prefix));
        }
        int column = conditions.size();
        ByteSink notNull = new ByteSink();
        notNull.put(prefix);
        encoder.encodeNotNull(notNull);
        Slice all = notNull.view();
        Optional<Slice> from = Optional.of(all);
        Optional<Slice> to = KeyRange.successor(all);
        boolean down = descending.get(column);
        for (int end = 0; end < 2; end++) {
            boolean isLower = end == 0;
            Optional<Bound> bound = isLower ? lower : upper;
            if (bound.isEmpty()) {
                continue;
            }
            Object value = bound.get().value.eval(input, input.selection()).get(0);
            int side = value == null ? 0 : outside(column, value);
            if (value == null || side > 0 && isLower || side < 0 && !isLower) {
                return Optional.empty();
            }
            if (side == 0) {
                Slice key = join(prefix, encode(column, value));
                if (isLower != down) {
                    from = bound.get().inclusive ? Optional.of(key) : KeyRange.successor(key);
                } else {
                    to = bound.get().inclusive ? KeyRange.successor(key) : Optional.of(key);
                }
            }
        }
        return from.isEmpty() ? Optional.empty() : Optional.of(new KeyRange(from, true, to, false, false));
    }

    /** Whether an integer lies below (-1) or above (1) what the column's type can hold. */
    private int outside(int column, Object value) {
        if (!(value instanceof Number number) || value instanceof Double) {
            return 0;
        }
        long n = number.longValue();
        return switch (columnTypes[column]) {
            case INT2 -> n < Short.MIN_VALUE ? -1 : n > Short.MAX_VALUE ? 1 : 0;
            case INT4 -> n < Integer.MIN_VALUE ? -1 : n > Integer.MAX_VALUE ? 1 : 0;
            default -> 0;
        };
    }

    private Slice encode(int column, Object value) {
        ByteSink out = new ByteSink();
        Vector one = scratch[column];
        one.reset();
        if (columnTypes[column] == INT8 && value instanceof Integer i) {
            one.set(0, i.longValue());
        } else if ((columnTypes[column] == INT4 || columnTypes[column] == INT2) && value instanceof Long l) {
            one.set(0, Math.toIntExact(l));
        } else {
            one.set(0, value);
        }
        encoder.encodePart(column, one, 0, out);
        return out.view();
    }

    private static Slice join(Slice prefix, Slice part) {
        byte[] all = new byte[prefix.length() + part.length()];
        System.arraycopy(prefix.array(), prefix.offset(), all, 0, prefix.length());
        System.arraycopy(part.array(), part.offset(), all, prefix.length(), part.length());
        return Slice.of(all);
    }
}
