package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.Partitioning;
import org.gajah.base.Slice;
import org.gajah.catalog.PartitionBound;
import org.gajah.catalog.PartitionBound.Datum;
import org.gajah.catalog.PartitionDescriptor;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.Relation;
import org.gajah.sysfunc.PartitionText;
import org.gajah.sysfunc.RegNames;

/** FOR VALUES: reads a new partition's bound and compares it with those that are there. */
final class PartitionBounds {
    private final CommandContext context;
    private final Relation parent;
    private final PartitionKey key;
    private final List<Expr> keys;

    PartitionBounds(CommandContext context, Relation parent) {
        this.context = context;
        this.parent = parent;
        this.key = parent.inheritance().key().orElseThrow();
        this.keys = PartitionKeys.expressions(parent, context);
    }

    /** The bound as written, its values of the key's types. */
    PartitionBound read(Partitioning.PartitionBound written, String partition) {
        return switch (written) {
            case Partitioning.PartitionBound.DefaultPartition d -> {
                if (key.strategy() == PartitionKey.HASH) {
                    throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "a hash-partitioned table may not have a default partition");
                }
                yield new PartitionBound.Default();
            }
            case Partitioning.PartitionBound.HashBound h -> {
                require(PartitionKey.HASH, h.location());
                yield hash(h);
            }
            case Partitioning.PartitionBound.ListBound l -> {
                require(PartitionKey.LIST, l.location());
                List<Datum> values = new ArrayList<>();
                for (Expression e : l.values()) {
                    Datum d = datum(e, 0);
                    if (!values.contains(d)) {
                        values.add(d);
                    }
                }
                yield new PartitionBound.Values(List.copyOf(values));
            }
            case Partitioning.PartitionBound.RangeBound r -> {
                require(PartitionKey.RANGE, r.location());
                yield range(r, partition);
            }
        };
    }

    private void require(char strategy, int location) {
        if (key.strategy() != strategy) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "invalid bound specification for a " + key.strategyName() + " partition").at(location);
        }
    }

    private static PartitionBound hash(Partitioning.PartitionBound.HashBound h) {
        String wrong = h.modulus() <= 0 ? "modulus for hash partition must be an integer value greater than zero"
                : h.remainder() < 0 ? "remainder for hash partition must be an integer value greater than or equal to zero"
                : h.remainder() >= h.modulus() ? "remainder for hash partition must be less than modulus" : "";
        if (!wrong.isEmpty()) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, wrong);
        }
        return new PartitionBound.Hash(h.modulus(), h.remainder());
    }

    private PartitionBound range(Partitioning.PartitionBound.RangeBound r, String partition) {
        if (r.lower().size() != keys.size()) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "FROM must specify exactly one value per partitioning column");
        }
        if (r.upper().size() != keys.size()) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "TO must specify exactly one value per partitioning column");
        }
        List<Datum> lower = limits(r.lower());
        List<Datum> upper = limits(r.upper());
        if (PartitionDescriptor.encode(lower, context.catalog()).compareTo(PartitionDescriptor.encode(upper, context.catalog())) >= 0) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "empty range bound specified for partition \"" + partition + "\"")
                    .detail("Specified lower bound " + text(lower) + " is greater than or equal to upper bound " + text(upper) + ".")
                    .at(r.lower().getFirst().location());
        }
        return new PartitionBound.Range(lower, upper);
    }

    private String text(List<Datum> datums) {
        return datums.stream().map(d -> PartitionText.datum(d, context.catalog(), context.analysis().types())).collect(Collectors.joining(", ", "(", ")"));
    }

    private List<Datum> limits(List<Expression> written) {
        List<Datum> made = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Datum d = datum(written.get(i), i);
            if (d instanceof Datum.Null) {
                throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot specify NULL in range bound");
            }
            Optional<Datum> before = i == 0 ? Optional.empty() : Optional.of(made.getLast()).filter(x -> !(x instanceof Datum.Value));
            if (before.isPresent() && !before.get().equals(d)) {
                String word = before.get() instanceof Datum.Least ? "MINVALUE" : "MAXVALUE";
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "every bound following " + word + " must also be " + word).at(written.get(i).location());
            }
            made.add(d);
        }
        return List.copyOf(made);
    }

    private Datum datum(Expression e, int column) {
        if (key.strategy() == PartitionKey.RANGE && e instanceof ColumnRef c && !c.star() && c.fields().size() == 1) {
            String word = c.fields().getFirst();
            if (word.equals("minvalue")) {
                return new Datum.Least();
            } else if (word.equals("maxvalue")) {
                return new Datum.Most();
            }
        }
        Expr wanted = keys.get(column);
        Expr value = Definitions.partitionBound(e, context.analysis());
        Expr fitted = Definitions.assigned(value, wanted.type(), wanted.typmod(), context.analysis()).orElseThrow(() -> new SqlError(
                SqlState.DATATYPE_MISMATCH, "specified value cannot be cast to type " + RegNames.typeName(wanted.type(), -1, context.analysis())
                        + " for column \"" + keyName(column) + "\"").at(e.location()));
        Object result = context.evaluate(List.of(fitted))[0];
        return result == null ? new Datum.Null() : new Datum.Value(wanted.type(), result);
    }

    private String keyName(int column) {
        return keys.get(column) instanceof Expr.Var v ? parent.column(v.attribute()).name() : PartitionText.expression(keys.get(column), parent,
                context.analysis());
    }

    /** 42P17 if a row could be in two partitions. */
    void requireFree(PartitionBound bound, Partitioning.PartitionBound written, String name) {
        PartitionDescriptor partitions = context.catalog().partitions(parent);
        switch (bound) {
            case PartitionBound.Default d -> {
                if (partitions.defaultPartition() >= 0) {
                    throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "partition \"" + name + "\" conflicts with existing default partition \""
                            + partitions.partitions().get(partitions.defaultPartition()).name() + "\"").at(location(written, 0));
                }
            }
            case PartitionBound.Hash h -> {
                requireFactor(h, partitions);
                overlap(name, partitions, partitions.overlapping(h), location(written, 0));
            }
            case PartitionBound.Values v -> {
                for (int i = 0; i < v.values().size(); i++) {
                    Datum d = v.values().get(i);
                    if (d instanceof Datum.Value) {
                        Slice encoded = PartitionDescriptor.encode(List.of(d), context.catalog());
                        overlap(name, partitions, partitions.isListed(encoded) ? partitions.ofValue(encoded) : -1, location(written, i));
                    } else {
                        overlap(name, partitions, partitions.listsNull() ? partitions.ofNull() : -1, location(written, i));
                    }
                }
            }
            case PartitionBound.Range r -> {
                Slice low = PartitionDescriptor.encode(r.lower(), context.catalog());
                Slice high = PartitionDescriptor.encode(r.upper(), context.catalog());
                int first = partitions.ofRanges(low, high).nextSetBit(0);
                if (first >= 0 && first != partitions.defaultPartition()) {
                    overlap(name, partitions, first, ((Partitioning.PartitionBound.RangeBound) written), r,
                            partitions.low(first).compareTo(low) <= 0);
                }
            }
        }
    }

    /** Where an overlap is said to be: at the value, or at the lower end. */
    private static int location(Partitioning.PartitionBound written, int value) {
        return switch (written) {
            case Partitioning.PartitionBound.DefaultPartition d -> d.location();
            case Partitioning.PartitionBound.HashBound h -> h.location();
            case Partitioning.PartitionBound.ListBound l -> l.values().get(Math.min(value, l.values().size() - 1)).location();
            case Partitioning.PartitionBound.RangeBound r -> r.lower().getFirst().location();
        };
    }

    /** The place that is told is the value in which the new bound first differs from the one that it runs into. */
    private static void overlap(String name, PartitionDescriptor partitions, int with, Partitioning.PartitionBound.RangeBound written,
            PartitionBound.Range bound, boolean atLower) {
        List<Datum> other = ((PartitionBound.Range) partitions.partitions().get(with).inheritance().bound().orElseThrow()).lower();
        List<Datum> own = atLower ? bound.lower() : bound.upper();
        int at = 0;
        while (at < own.size() && own.get(at).equals(other.get(at))) {
            at++;
        }
        overlap(name, partitions, with, (atLower ? written.lower() : written.upper()).get(at == own.size() ? 0 : at).location());
    }

    private static void overlap(String name, PartitionDescriptor partitions, int with, int location) {
        if (with >= 0) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "partition \"" + name + "\" would overlap partition \""
                    + partitions.partitions().get(with).name() + "\"").at(location);
        }
    }

    /** Each modulus must be a factor of the next larger one. */
    private static void requireFactor(PartitionBound.Hash h, PartitionDescriptor partitions) {
        for (int i = partitions.partitions().size() - 1; i >= 0; i--) {
            Relation other = partitions.partitions().get(i);
            int modulus = ((PartitionBound.Hash) other.inheritance().bound().orElseThrow()).modulus();
            if (modulus <= h.modulus()) {
                if (h.modulus() % modulus != 0) {
                    throw notFactor("The new modulus " + h.modulus() + " is not divisible by " + modulus, other);
                }
                int next = i + 1;
                while (next < partitions.partitions().size() && modulus(partitions, next) <= h.modulus()) {
                    next++;
                }
                if (next < partitions.partitions().size() && modulus(partitions, next) % h.modulus() != 0) {
                    throw notFactor("The new modulus " + h.modulus() + " is not a factor of " + modulus(partitions, next), partitions.partitions().get(next));
                }
                return;
            }
        }
        if (!partitions.partitions().isEmpty() && modulus(partitions, 0) % h.modulus() != 0) {
            throw notFactor("The new modulus " + h.modulus() + " is not a factor of " + modulus(partitions, 0), partitions.partitions().getFirst());
        }
    }

    private static int modulus(PartitionDescriptor partitions, int number) {
        return ((PartitionBound.Hash) partitions.partitions().get(number).inheritance().bound().orElseThrow()).modulus();
    }

    private static SqlError notFactor(String what, Relation other) {
        return new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "every hash partition modulus must be a factor of the next larger modulus")
                .detail(what + ", the modulus of existing partition \"" + other.name() + "\".");
    }
}
