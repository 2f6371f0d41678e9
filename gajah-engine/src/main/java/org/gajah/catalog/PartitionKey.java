package org.gajah.catalog;

import java.util.List;

/**
 * How a table is partitioned: a row of pg_partitioned_table.
 *
 * @param strategy    r, l or h
 * @param columns     for each key its column's number, or 0 for an expression
 * @param expressions stored node text, one for each 0 in {@code columns}
 */
public record PartitionKey(char strategy, List<Integer> columns, List<Integer> operatorClasses, List<Integer> collations, List<String> expressions) {
    public static final char RANGE = 'r';
    public static final char LIST = 'l';
    public static final char HASH = 'h';

    static PartitionKey of(CatalogRow row) {
        return new PartitionKey(row.letter("partstrat"), row.numbers("partattrs"), row.numbers("partclass"), row.numbers("partcollation"),
                row.textIfAny("partexprs").map(t -> List.of(t.split("\n"))).orElse(List.of()));
    }

    /** What CREATE TABLE calls the strategy. */
    public String strategyName() {
        return switch (strategy) {
            case RANGE -> "range";
            case LIST -> "list";
            default -> "hash";
        };
    }

    /** The key as an index over the table would have it: for what computes and encodes keys of rows. */
    public Relation.Index asIndex(Relation table) {
        int size = columns.size();
        List<Boolean> no = java.util.Collections.nCopies(size, false);
        return new Relation.Index(0, table.name(), table.oid(), 0, 0, false, false, false, false, true, true, true, columns, size, operatorClasses,
                collations, no, no, expressions, java.util.Optional.empty(), java.util.Optional.empty());
    }
}
