package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

/**
 * An entry of a query's range table: something with columns that Vars refer to by the entry's index.
 *
 * <p>{@code alias} is the name that the query calls it by, {@code columnNames} the names in force after column aliases.
 */
public sealed interface RangeEntry {
    String alias();

    List<String> columnNames();

    /**
     * A table, view or other relation by oid; {@code kind} is pg_class.relkind; {@code inherit} includes children; {@code asOwner} is who a
     * uses it, or 0 for the current role. The rewriter puts into {@code security} the conditions of policies, which no other condition
     * may get ahead of; it is not kept in the catalogs.
     */
    record Relation(int oid, char kind, String alias, List<String> columnNames, boolean aliased, boolean inherit, boolean lateral, int asOwner,
            List<Expr> security) implements RangeEntry {
        /** One that is read by the current role. */
        public Relation(int oid, char kind, String alias, List<String> columnNames, boolean aliased, boolean inherit, boolean lateral) {
            this(oid, kind, alias, columnNames, aliased, inherit, lateral, 0, List.of());
        }

        /** The same used by another role. */
        Relation as(int owner) {
            return new Relation(oid, kind, alias, columnNames, aliased, inherit, lateral, owner, security);
        }

        /** The same with other conditions of policies. */
        Relation with(List<Expr> conditions) {
            return new Relation(oid, kind, alias, columnNames, aliased, inherit, lateral, asOwner, conditions);
        }
    }

    /** A subquery in FROM; a view that was expanded keeps its oid in {@code view} (0 if none). */
    record Subquery(Query query, int view, String alias, List<String> columnNames, boolean lateral) implements RangeEntry {
    }

    /**
     * The result of a join. {@code columns} gives each output column as a Var (or a COALESCE of two for a FULL JOIN's merged
     * column) over the joined entries.
     */
    record Join(JoinType type, List<Expr> columns, int mergedColumns, List<String> usingNames, String alias, List<String> columnNames)
            implements RangeEntry {
    }

    /** Functions in FROM (several for ROWS FROM), each with its column definitions; one more column if {@code ordinality}. */
    record Functions(List<RangeFunction> functions, boolean ordinality, String alias, List<String> columnNames, boolean lateral)
            implements RangeEntry {
    }

    /** VALUES lists; all lists have the same length and types. */
    record Values(List<List<Expr>> rows, List<Integer> types, List<Integer> typmods, List<Integer> collations, String alias,
            List<String> columnNames, boolean lateral) implements RangeEntry {
    }

    /** A reference to a WITH query, {@code levelsUp} queries out; {@code self} inside the recursive term itself. */
    record CteReference(String cte, int levelsUp, boolean self, List<Integer> types, List<Integer> typmods, List<Integer> collations,
            String alias, List<String> columnNames) implements RangeEntry {
    }

    /** The rows of a transition table or another named tuple store of the session. */
    record NamedStore(String store, List<Integer> types, List<Integer> typmods, List<Integer> collations, String alias,
            List<String> columnNames) implements RangeEntry {
    }

    /** The row before or after the change, as RETURNING's OLD and NEW see it; its columns are the target's. */
    record Returned(boolean isNew, int relation, String alias, List<String> columnNames) implements RangeEntry {
    }

    /** One function of a {@link Functions} entry with the types of the columns it gives. */
    record RangeFunction(Expr call, int columnCount, List<String> names, List<Integer> types, List<Integer> typmods,
            List<Integer> collations) {
    }

    /** Kinds of join; SEMI and ANTI are made by the planner, of EXISTS and IN. */
    enum JoinType { INNER, LEFT, RIGHT, FULL, SEMI, ANTI }

    /** What FROM is made of; WHERE stands in the query's {@link FromExpr}. */
    sealed interface FromItem {
        /** A leaf: an entry of the range table. */
        record Leaf(int rangeIndex) implements FromItem {
        }

        /** A join of two items; {@code rangeIndex} is its own entry, or -1 for an unnamed internal one. */
        record JoinExpr(JoinType type, FromItem left, FromItem right, Optional<Expr> condition, int rangeIndex)
                implements FromItem {
        }
    }

    /** FROM items side by side, and WHERE. */
    record FromExpr(List<FromItem> items, Optional<Expr> where) {
    }
}
