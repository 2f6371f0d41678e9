package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

/** A name in FROM with its columns, as far as it can be referred to. What is visible changes while FROM is being analyzed. */
final class NamespaceItem {
    final String alias;
    final int rangeIndex;
    final List<Column> columns;
    /** The relation behind it and whether it was given an alias: only a bare one is found by its schema-qualified name. */
    final Optional<RangeEntry.Relation> relation;
    final boolean join;
    boolean relationVisible = true;
    boolean columnsVisible = true;
    boolean lateralOnly;
    boolean lateralOk = true;

    /**
     * A column, and the Var that stands for it.
     *
     * @param hidden found by name, but not part of {@code *}
     */
    record Column(String name, int rangeIndex, int attribute, int type, int typmod, int collation, boolean dropped, boolean hidden) {
        Expr.Var var(int levelsUp, int location) {
            return new Expr.Var(rangeIndex, attribute, type, typmod, collation, levelsUp, location);
        }

        Column named(String other) {
            return new Column(other, rangeIndex, attribute, type, typmod, collation, dropped, hidden);
        }
    }

    NamespaceItem(String alias, int rangeIndex, List<Column> columns, Optional<RangeEntry.Relation> relation, boolean join) {
        this.alias = alias;
        this.rangeIndex = rangeIndex;
        this.columns = columns;
        this.relation = relation;
        this.join = join;
    }

    NamespaceItem visible(boolean relationVisible, boolean columnsVisible) {
        this.relationVisible = relationVisible;
        this.columnsVisible = columnsVisible;
        return this;
    }

    /** Columns that {@code *} stands for. */
    List<Column> starColumns() {
        return columns.stream().filter(c -> !c.dropped() && !c.hidden()).toList();
    }
}
