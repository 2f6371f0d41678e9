package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.NodeText;
import org.gajah.catalog.PartitionBound;
import org.gajah.catalog.PartitionBound.Datum;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.Relation;

/** Partitions' bounds as conditions in SQL. */
public final class PartitionConditions {
    private final AnalyzeContext context;

    public PartitionConditions(AnalyzeContext context) {
        this.context = context;
    }

    /** The condition for a partition's rows; empty if every row is right. */
    public String of(Relation partition) {
        List<String> parts = new ArrayList<>();
        collect(partition, parts);
        return parts.size() == 1 ? parts.getFirst() : and(parts);
    }

    private void collect(Relation partition, List<String> parts) {
        Relation parent = context.catalog().relation(context.catalog().parents(partition.oid()).getFirst()).orElseThrow();
        if (parent.inheritance().bound().isPresent()) {
            collect(parent, parts);
        }
        PartitionKey key = parent.inheritance().key().orElseThrow();
        parts.addAll(conditions(partition.inheritance().bound().orElseThrow(), parent, key, keys(parent, key)));
    }

    private List<String> keys(Relation table, PartitionKey key) {
        List<String> keys = new ArrayList<>();
        int expression = 0;
        for (int number : key.columns()) {
            Expr e = number > 0 ? var(table.column(number)) : NodeText.readExpr(key.expressions().get(expression++), context.catalog(), context.types());
            keys.add(PartitionText.expression(e, table, context));
        }
        return keys;
    }

    private static Expr var(Relation.Column c) {
        return new Expr.Var(0, c.number(), c.type(), c.typmod(), c.collation(), 0, 0);
    }

    private List<String> conditions(PartitionBound bound, Relation parent, PartitionKey key, List<String> keys) {
        return switch (bound) {
            case PartitionBound.Values v -> list(v.values(), keys.getFirst());
            case PartitionBound.Range r -> range(r, keys, true);
            case PartitionBound.Hash h -> List.of("satisfies_hash_partition('" + Integer.toUnsignedString(parent.oid()) + "'::oid, " + h.modulus() + ", "
                    + h.remainder() + ", " + String.join(", ", keys) + ")");
            case PartitionBound.Default d -> others(parent, key, keys);
        };
    }

    /** What no other partition takes. */
    private List<String> others(Relation parent, PartitionKey key, List<String> keys) {
        List<PartitionBound> bounds = context.catalog().partitions(parent).partitions().stream().map(r -> r.inheritance().bound().orElseThrow())
                .filter(b -> !(b instanceof PartitionBound.Default)).toList();
        if (bounds.isEmpty()) {
            return List.of();
        }
        if (key.strategy() == PartitionKey.LIST) {
            List<Datum> all = bounds.stream().flatMap(b -> ((PartitionBound.Values) b).values().stream()).toList();
            return List.of("(NOT " + and(list(all, keys.getFirst())) + ")");
        }
        List<String> arms = bounds.stream().map(b -> and(range((PartitionBound.Range) b, keys, false))).toList();
        List<String> parts = new ArrayList<>(keys.stream().map(k -> "(" + k + " IS NOT NULL)").toList());
        parts.add(arms.size() == 1 ? arms.getFirst() : "(" + String.join(" OR ", arms) + ")");
        return List.of("(NOT " + and(parts) + ")");
    }

    private List<String> list(List<Datum> values, String key) {
        List<String> some = values.stream().filter(Datum.Value.class::isInstance).map(this::literal).toList();
        String among = some.isEmpty() ? "" : some.size() == 1 ? "(" + key + " = " + some.getFirst() + ")"
                : "(" + key + " = ANY (ARRAY[" + String.join(", ", some) + "]))";
        if (some.size() == values.size()) {
            return List.of("(" + key + " IS NOT NULL)", among);
        }
        return List.of(among.isEmpty() ? "(" + key + " IS NULL)" : "((" + key + " IS NULL) OR " + among + ")");
    }

    private String literal(Datum datum) {
        Datum.Value v = (Datum.Value) datum;
        int collation = context.catalog().type(v.type()).map(t -> t.collation()).orElse(0);
        return new StoredText(context).show(new Expr.Const(v.type(), -1, collation, v.value(), 0), Optional.empty(), false, false);
    }

    private List<String> range(PartitionBound.Range r, List<String> keys, boolean withNulls) {
        List<String> parts = new ArrayList<>();
        if (withNulls) {
            keys.forEach(k -> parts.add("(" + k + " IS NOT NULL)"));
        }
        int first = 0;
        while (first < keys.size() - 1 && r.lower().get(first) instanceof Datum.Value && r.lower().get(first).equals(r.upper().get(first))) {
            parts.add("(" + keys.get(first) + " = " + literal(r.lower().get(first)) + ")");
            first++;
        }
        limit(r.lower(), keys, first, ">").ifPresent(parts::add);
        limit(r.upper(), keys, first, "<").ifPresent(parts::add);
        return parts;
    }

    /** One end of a range: the first key is beyond it, or equal and the second is beyond, and so on. */
    private Optional<String> limit(List<Datum> limit, List<String> keys, int first, String beyond) {
        boolean lower = beyond.equals(">");
        List<String> arms = new ArrayList<>();
        for (int i = first; i < keys.size() && limit.get(i) instanceof Datum.Value; i++) {
            List<String> arm = new ArrayList<>();
            for (int j = first; j < i; j++) {
                arm.add("(" + keys.get(j) + " = " + literal(limit.get(j)) + ")");
            }
            boolean last = i == keys.size() - 1;
            Datum next = last ? new Datum.Null() : limit.get(i + 1);
            boolean orEqual = lower ? last || next instanceof Datum.Least : next instanceof Datum.Most;
            arm.add("(" + keys.get(i) + " " + beyond + (orEqual ? "=" : "") + " " + literal(limit.get(i)) + ")");
            arms.add(arm.size() == 1 ? arm.getFirst() : and(arm));
        }
        return arms.isEmpty() ? Optional.empty() : Optional.of(arms.size() == 1 ? arms.getFirst() : "(" + String.join(" OR ", arms) + ")");
    }

    private static String and(List<String> parts) {
        return parts.size() == 1 ? parts.getFirst() : parts.isEmpty() ? "" : "(" + String.join(" AND ", parts) + ")";
    }
}
