package org.gajah.exec;

import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;

/**
 * Where the inputs of a Modify's expressions stand in one batch: the child's columns, then the new row's, then the old row's,
 * then the row's that is (the new one or, if there is none, the old one). A row has its columns, then ctid, tableoid, xmin, xmax, and the
 * command that cmin and cmax are.
 */
record ModifyColumns(int childColumns, int tableColumns) implements ExprCompiler.InputColumns {
    private static final int CTID = -1;
    private static final int XMIN = -2;
    private static final int CMIN = -3;
    private static final int XMAX = -4;
    private static final int CMAX = -5;
    private static final int TABLE_OID = -6;
    /** How many of a row's system columns say who has written it; they are the last. */
    static final int WRITERS = 3;
    private static final int SYSTEM_COLUMNS = 2 + WRITERS;

    static ModifyColumns of(Plan.Modify plan, Relation relation) {
        return new ModifyColumns(plan.child().columns().size(), relation.columns().size());
    }

    static ModifyColumns of(Plan.ForeignModify plan, Relation relation) {
        return new ModifyColumns(plan.child().columns().size(), relation.columns().size());
    }

    @Override
    public int at(int input, int column) {
        if (input == Plan.Modify.CHILD) {
            return column;
        }
        return start(input) + switch (column) {
            case CTID -> tableColumns;
            case TABLE_OID -> tableColumns + 1;
            case XMIN -> tableColumns + 2;
            case XMAX -> tableColumns + 3;
            case CMIN, CMAX -> tableColumns + 4;
            default -> column;
        };
    }

    /** The first column of an input. */
    int start(int input) {
        return input == Plan.Modify.CHILD ? 0 : childColumns + (input - 1) * (tableColumns + SYSTEM_COLUMNS);
    }

    /** The column with an input's ctid. */
    int tid(int input) {
        return start(input) + tableColumns;
    }

    /** The column with an input's tableoid. */
    int tableOid(int input) {
        return start(input) + tableColumns + 1;
    }

    /** The first of the columns that say who has written an input's row: xmin, xmax, the command. */
    int writers(int input) {
        return start(input) + tableColumns + 2;
    }

    int total() {
        return start(Plan.Modify.ROW + 1);
    }
}
