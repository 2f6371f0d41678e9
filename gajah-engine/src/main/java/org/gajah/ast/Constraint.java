package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** A constraint of a column, a table or a domain. Column constraints leave the list of columns empty. */
public sealed interface Constraint extends TableElement {
    /** The name of CONSTRAINT name, or empty. */
    Optional<String> name();

    /** Where it starts. */
    int location();

    /** DEFERRABLE and its kin; what was not written is as PostgreSQL's default. */
    record Attributes(boolean deferrable, boolean initiallyDeferred, boolean enforced, boolean notValid,
            boolean noInherit) {
        /** Nothing was written. */
        public static final Attributes NONE = new Attributes(false, false, true, false, false);
    }

    /** NULL. */
    record Null(Optional<String> name, int location) implements Constraint {
    }

    /** NOT NULL, of a column or as {@code NOT NULL column} of a table. */
    record NotNull(Optional<String> name, Optional<String> column, Attributes attributes, int location)
            implements Constraint {
    }

    /** DEFAULT expression. */
    record Default(Optional<String> name, Expression value, int location) implements Constraint {
    }

    /** GENERATED ALWAYS|BY DEFAULT AS IDENTITY (options). */
    record Identity(Optional<String> name, boolean always, List<DefElem> options, int location) implements Constraint {
    }

    /**
     * GENERATED ALWAYS AS (expression) STORED|VIRTUAL.
     *
     * @param always BY DEFAULT is read too, and refused by the analyzer
     */
    record Generated(Optional<String> name, boolean always, Expression expression, boolean stored, int location)
            implements Constraint {
    }

    /** CHECK (expression). */
    record Check(Optional<String> name, Expression expression, Attributes attributes, int location)
            implements Constraint {
    }

    /**
     * PRIMARY KEY or UNIQUE.
     *
     * @param including   INCLUDE's columns
     * @param usingIndex  ADD CONSTRAINT ... USING INDEX name
     * @param withoutOverlaps the last column is a WITHOUT OVERLAPS one
     */
    record Key(Optional<String> name, boolean primary, boolean nullsNotDistinct, List<String> columns,
            boolean withoutOverlaps, List<String> including, List<DefElem> options, Optional<String> tablespace,
            Optional<String> usingIndex, Attributes attributes, int location) implements Constraint {
    }

    /** EXCLUDE USING method (element WITH operator, ...) WHERE (...). */
    record Exclusion(Optional<String> name, String accessMethod, List<ExclusionElement> elements,
            List<String> including, List<DefElem> options, Optional<String> tablespace, Optional<Expression> where,
            Attributes attributes, int location) implements Constraint {
    }

    /** One element of EXCLUDE. */
    record ExclusionElement(IndexElem element, List<String> operator) {
    }

    /**
     * FOREIGN KEY ... REFERENCES.
     *
     * @param columns    the referencing columns; empty for a column constraint
     * @param period     the last column is PERIOD
     * @param references the referenced columns; empty for the primary key
     */
    record ForeignKey(Optional<String> name, List<String> columns, boolean period, RangeVar relation,
            List<String> references, boolean referencesPeriod, Match match, ReferentialAction onUpdate,
            ReferentialAction onDelete, Attributes attributes, int location) implements Constraint {
    }

    /** MATCH of a foreign key. */
    enum Match { SIMPLE, FULL, PARTIAL }

    /**
     * What a foreign key does when the row it references changes.
     *
     * @param columns of SET NULL (columns) and SET DEFAULT (columns)
     */
    record ReferentialAction(ActionKind kind, List<String> columns) {
        /** What holds if nothing was written. */
        public static final ReferentialAction NO_ACTION = new ReferentialAction(ActionKind.NO_ACTION, List.of());
    }

    /** The five referential actions. */
    enum ActionKind { NO_ACTION, RESTRICT, CASCADE, SET_NULL, SET_DEFAULT }
}
