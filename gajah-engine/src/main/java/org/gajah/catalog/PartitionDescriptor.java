package org.gajah.catalog;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.PartitionBound.Datum;
import org.gajah.table.KeyEncoder;
import org.gajah.type.Ordered;
import org.gajah.type.TypeCodec;

/**
 * The partitions of one table in the order of their bounds, the default one last, and which of them takes a row. Keys are encoded as
 * those of an index over the key's columns; a range is the encoded keys from a low one up to but not including a high one. Immutable.
 */
public final class PartitionDescriptor {
    /** Sorts behind every key that begins with what stands before it. */
    public static final int ABOVE_ALL = 0xFF;

    /** A partition; {@code low} and {@code high} of a range, of a list {@code low} is its least value. */
    private record Part(Relation relation, PartitionBound bound, Slice low, Slice high) {
    }

    private final PartitionKey key;
    private final List<Part> parts;
    private final List<Relation> partitions;
    private final int defaultPartition;
    private final TreeMap<Slice, Integer> values = new TreeMap<>();
    private final int nullPartition;
    private final int[] ofRemainder;

    private PartitionDescriptor(PartitionKey key, List<Part> parts, Catalog catalog) {
        this.key = key;
        this.parts = parts;
        partitions = parts.stream().map(Part::relation).toList();
        int last = parts.size() - 1;
        defaultPartition = last >= 0 && parts.get(last).bound instanceof PartitionBound.Default ? last : -1;
        ofRemainder = remainders(parts);
        int nulls = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).bound instanceof PartitionBound.Values v) {
                for (Datum d : v.values()) {
                    if (d instanceof Datum.Value) {
                        values.put(encode(List.of(d), catalog), i);
                    } else {
                        nulls = i;
                    }
                }
            }
        }
        nullPartition = nulls;
    }

    /** The partitions of a partitioned table, as the catalogs have them. */
    public static PartitionDescriptor of(Relation table, Catalog catalog) {
        PartitionKey key = table.inheritance().key().orElseThrow();
        List<Part> parts = catalog.children(table.oid()).stream().map(oid -> catalog.relation(oid).orElseThrow())
                .filter(r -> r.inheritance().bound().isPresent()).map(r -> part(r, catalog)).sorted(ORDER).toList();
        return new PartitionDescriptor(key, parts, catalog);
    }

    private static final Comparator<Part> ORDER = Comparator.comparing((Part p) -> p.bound instanceof PartitionBound.Default)
            .thenComparing(p -> p.bound instanceof PartitionBound.Values v && v.values().stream().noneMatch(Datum.Value.class::isInstance))
            .thenComparing(p -> p.bound instanceof PartitionBound.Hash h ? h.modulus() : 0)
            .thenComparing(p -> p.bound instanceof PartitionBound.Hash h ? h.remainder() : 0).thenComparing(Part::low);

    private static Part part(Relation relation, Catalog catalog) {
        PartitionBound bound = relation.inheritance().bound().orElseThrow();
        return switch (bound) {
            case PartitionBound.Range r -> new Part(relation, bound, encode(r.lower(), catalog), encode(r.upper(), catalog));
            case PartitionBound.Values v -> new Part(relation, bound, v.values().stream().filter(Datum.Value.class::isInstance)
                    .map(d -> encode(List.of(d), catalog)).min(Comparator.naturalOrder()).orElse(Slice.EMPTY), Slice.EMPTY);
            case PartitionBound.Hash h -> new Part(relation, bound, Slice.EMPTY, Slice.EMPTY);
            case PartitionBound.Default d -> new Part(relation, bound, Slice.EMPTY, Slice.EMPTY);
        };
    }

    private static int[] remainders(List<Part> parts) {
        int greatest = parts.stream().mapToInt(p -> p.bound instanceof PartitionBound.Hash h ? h.modulus() : 0).max().orElse(0);
        int[] of = new int[greatest];
        Arrays.fill(of, -1);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).bound instanceof PartitionBound.Hash h) {
                for (int r = h.remainder(); r < greatest; r += h.modulus()) {
                    of[r] = i;
                }
            }
        }
        return of;
    }

    /** The encoded form of a bound, or of the values of some leading key columns. */
    public static Slice encode(List<Datum> datums, Catalog catalog) {
        ByteSink out = new ByteSink();
        for (Datum datum : datums) {
            switch (datum) {
                case Datum.Value v -> {
                    TypeCodec codec = catalog.codec(v.type());
                    new KeyEncoder(List.of(new KeyEncoder.Part((Ordered) codec, false, false))).encodePart(0, PartitionBound.vector(v, codec), 0, out);
                }
                case Datum.Null n -> throw new IllegalStateException("null in a range");
                case Datum.Least l -> {
                    return out.view().copy();
                }
                case Datum.Most m -> {
                    return out.putByte(ABOVE_ALL).view().copy();
                }
            }
        }
        return out.view().copy();
    }

    public PartitionKey key() {
        return key;
    }

    /** The partitions in the order of their bounds. */
    public List<Relation> partitions() {
        return partitions;
    }

    /** The default partition's number, or -1. */
    public int defaultPartition() {
        return defaultPartition;
    }

    /** The number of the partition of a range that takes a key, or -1. A key with a null is for the default partition only. */
    public int ofRange(Slice encoded, boolean hasNull) {
        int low = 0;
        int high = rangeCount() - 1;
        while (low <= high && !hasNull) {
            int middle = (low + high) >>> 1;
            if (parts.get(middle).low.compareTo(encoded) > 0) {
                high = middle - 1;
            } else if (parts.get(middle).high.compareTo(encoded) <= 0) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return defaultPartition;
    }

    private int rangeCount() {
        return defaultPartition < 0 ? parts.size() : parts.size() - 1;
    }

    /** The number of the partition that lists a key, or -1. */
    public int ofValue(Slice encoded) {
        return values.getOrDefault(encoded, defaultPartition);
    }

    /** Whether the key stands in some partition's list. */
    public boolean isListed(Slice encoded) {
        return values.containsKey(encoded);
    }

    /** The number of the partition that lists null, or -1. */
    public int ofNull() {
        return nullPartition >= 0 ? nullPartition : defaultPartition;
    }

    /** The number of a partition that lists nothing but null, or -1. */
    public int onlyNull() {
        return nullPartition >= 0 && !values.containsValue(nullPartition) ? nullPartition : -1;
    }

    /** Whether some partition lists null. */
    public boolean listsNull() {
        return nullPartition >= 0;
    }

    /** The number of the partition that takes keys with this hash, or -1. */
    public int ofHash(long hash) {
        return ofRemainder.length == 0 ? -1 : ofRemainder[(int) Long.remainderUnsigned(hash, ofRemainder.length)];
    }

    /** The greatest modulus; 0 without partitions. */
    public int modulus() {
        return ofRemainder.length;
    }

    /** The first partition of a hash whose rows another bound would take too, or -1. */
    public int overlapping(PartitionBound.Hash hash) {
        for (int r = hash.remainder(); r < Math.max(ofRemainder.length, hash.remainder() + 1); r += hash.modulus()) {
            int of = ofRemainder.length == 0 ? -1 : ofRemainder[r % ofRemainder.length];
            if (of >= 0) {
                return of;
            }
        }
        return -1;
    }

    /** The partitions of a range that may have keys from {@code low} up to but not including {@code high}; also the default one if it may. */
    public BitSet ofRanges(Slice low, Slice high) {
        BitSet found = new BitSet();
        Slice covered = low;
        for (int i = 0; i < rangeCount(); i++) {
            Part p = parts.get(i);
            if (p.low.compareTo(high) < 0 && low.compareTo(p.high) < 0) {
                found.set(i);
                if (p.low.compareTo(covered) <= 0) {
                    covered = p.high;
                }
            }
        }
        if (defaultPartition >= 0 && covered.compareTo(high) < 0) {
            found.set(defaultPartition);
        }
        return found;
    }

    /** The partitions that list a value from {@code low} up to but not including {@code high}; the default one may always have some. */
    public BitSet ofLists(Slice low, Slice high) {
        BitSet found = new BitSet();
        if (low.compareTo(high) < 0) {
            for (Map.Entry<Slice, Integer> e : values.subMap(low, high).entrySet()) {
                found.set(e.getValue());
            }
            if (defaultPartition >= 0) {
                found.set(defaultPartition);
            }
        }
        return found;
    }

    /** The number of a partition by its oid. */
    public OptionalInt number(int oid) {
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).oid() == oid) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The encoded bounds of a partition of a range. */
    public Slice low(int number) {
        return parts.get(number).low;
    }

    /** See {@link #low}. */
    public Slice high(int number) {
        return parts.get(number).high;
    }
}
