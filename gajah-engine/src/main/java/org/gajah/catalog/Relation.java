package org.gajah.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A relation with all that planning and execution need of it, put together from pg_class, pg_attribute, pg_attrdef, pg_index
 * and pg_constraint.
 *
 * @param kind        pg_class.relkind: r, i, S, v, m, c, f, p, t
 * @param storageId   relfilenode: names the relation's pages; 0 for a relation without storage
 * @param columns     by number, dropped ones included
 * @param triggers    in the order in which they fire: by name; {@code hasTriggers} is relhastriggers
 * @param rowSecurity present if ENABLE ROW LEVEL SECURITY holds for it
 * @param rowEstimate reltuples, -1 if never analyzed; {@code pages} relpages
 */
public record Relation(int oid, String name, int namespace, int owner, char kind, char persistence, int rowType, int storageId,
        boolean shared, List<Column> columns, List<Index> indexes, List<Check> checks, List<ForeignKey> foreignKeys,
        List<ForeignKey> referencedBy, List<Trigger> triggers, boolean hasTriggers, boolean hasRules, Optional<RowSecurity> rowSecurity, double rowEstimate, int pages,
        Optional<Acl> acl, Inheritance inheritance) {

    /** A relation that neither inherits nor is inherited from. */
    public Relation(int oid, String name, int namespace, int owner, char kind, char persistence, int rowType, int storageId, boolean shared,
            List<Column> columns, List<Index> indexes, List<Check> checks, List<ForeignKey> foreignKeys, List<ForeignKey> referencedBy,
            List<Trigger> triggers, boolean hasTriggers, boolean hasRules, Optional<RowSecurity> rowSecurity, double rowEstimate, int pages, Optional<Acl> acl) {
        this(oid, name, namespace, owner, kind, persistence, rowType, storageId, shared, columns, indexes, checks, foreignKeys, referencedBy,
                triggers, hasTriggers, hasRules, rowSecurity, rowEstimate, pages, acl, Inheritance.NONE);
    }

    /**
     * A column.
     *
     * @param number          attnum, from 1
     * @param defaultNode     default or generation expression as stored node text
     * @param identity        a, d, or 0 for none
     * @param generated       s, v, or 0 for none; h is virtual and hidden
     * @param missingValue    boxed value for rows older than the column; null if NULL
     */
    public record Column(int number, String name, int type, int typmod, int collation, boolean notNull, boolean dropped,
            Optional<String> defaultNode, char identity, char generated, Object missingValue) {
        /** Whether the column is found by name but left out of {@code *}: a computed one that only older clients ask for. */
        public boolean hidden() {
            return generated == 'h';
        }
    }

    /**
     * An index.
     *
     * @param columns    for each index column its table column number, or 0 for an expression
     * @param keyColumns how many of them are key columns; the rest is INCLUDEd
     * @param operatorClasses pg_opclass oids of the key columns
     * @param descending a flag for each key column; {@code nullsFirst} likewise
     * @param expressions stored node text, one for each 0 in {@code columns}
     * @param predicate  stored node text of a partial index
     * @param immediate  uniqueness checked at once (not deferrable)
     * @param deferral   present if not immediate
     */
    public record Index(int oid, String name, int table, int method, int storageId, boolean unique, boolean nullsNotDistinct, boolean primary, boolean exclusion,
            boolean immediate, boolean valid, boolean ready, List<Integer> columns, int keyColumns, List<Integer> operatorClasses,
            List<Integer> collations, List<Boolean> descending, List<Boolean> nullsFirst, List<String> expressions, Optional<String> predicate,
            Optional<Deferral> deferral) {
    }

    /** The deferrable constraint that an index belongs to. */
    public record Deferral(int constraint, boolean initiallyDeferred) {
    }

    /** A check constraint; {@code expression} is stored node text. A domain's stands in its type. */
    public record Check(int oid, String name, String expression, boolean enforced, boolean validated, boolean noInherit) {
    }

    /**
     * A foreign key. Actions are PostgreSQL's letters: a no action, r restrict, c cascade, n set null, d set default; match is
     * f, p or s. {@code parent} is the key of the partitioned table that this one is a part of, or 0.
     */
    public record ForeignKey(int oid, String name, int table, int referencedTable, int referencedIndex, List<Integer> columns,
            List<Integer> referencedColumns, char onUpdate, char onDelete, char match, List<Integer> setColumns, boolean deferrable, boolean initiallyDeferred,
            boolean enforced, boolean validated, List<Integer> equalityOperators, int parent) {
        /** The same from the columns of a partition of the referring table. */
        public ForeignKey from(Relation partition, Map<Integer, Integer> numbers) {
            return new ForeignKey(oid, name, partition.oid, referencedTable, referencedIndex, columns.stream().map(numbers::get).toList(),
                    referencedColumns, onUpdate, onDelete, match, setColumns.stream().map(numbers::get).toList(), deferrable, initiallyDeferred,
                    enforced, validated, equalityOperators, parent);
        }
    }

    /** What restricts who sees and writes which rows; {@code forced}: its owner too. Policies are in the order of their names. */
    public record RowSecurity(boolean forced, List<Policy> policies) {
    }

    /** For each column the number of the one of the same name in a table that inherits from this one. */
    public Map<Integer, Integer> numbersIn(Relation child) {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (Column c : columns) {
            if (!c.dropped()) {
                child.column(c.name()).ifPresent(own -> numbers.put(c.number(), own.number()));
            }
        }
        return numbers;
    }

    /** The column of this number. */
    public Column column(int number) {
        return columns.get(number - 1);
    }

    /** The column of this name that is not dropped. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> !c.dropped() && c.name().equals(name)).findFirst();
    }
}
