package org.gajah.command;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.SystemTable;
import org.gajah.sysfunc.RegNames;

/** What CREATE OR REPLACE may not change, because others may rely on it. */
final class RoutineReplacement {
    private static final SystemTable PROC = SystemTable.of("pg_proc");

    private final ProcRow before;
    private final CommandContext context;

    RoutineReplacement(ProcRow before, CommandContext context) {
        this.before = before;
        this.context = context;
    }

    void require(Object[] row, RoutineParameters p) {
        int kind = (Integer) row[PROC.column("prokind")];
        if (kind != before.kind()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot change routine kind").detail("\"" + before.name() + "\" is "
                    + switch (before.kind()) {
                        case 'a' -> "an aggregate function.";
                        case 'p' -> "a procedure.";
                        case 'w' -> "a window function.";
                        default -> "a function.";
                    });
        }
        boolean sameResult = before.returnType() == (Integer) row[PROC.column("prorettype")]
                && before.returnsSet() == (Boolean) row[PROC.column("proretset")];
        if (!sameResult) {
            throw invalid(kind == 'p' ? "cannot change whether a procedure has output parameters" : "cannot change return type of existing function")
                    .hint(dropFirst());
        }
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < p.modes.size(); i++) {
            if ("obt".indexOf(RoutineParameters.letter(p.modes.get(i))) >= 0) {
                outputs.add(p.all.get(i) + " " + p.names.get(i));
            }
        }
        List<String> outputsBefore = new ArrayList<>();
        for (int i = 0; i < before.modes().size(); i++) {
            if ("obt".indexOf(before.modes().get(i)) >= 0) {
                outputsBefore.add(before.allTypes().get(i) + " " + (i < before.names().size() ? before.names().get(i) : ""));
            }
        }
        if (before.returnType() == 2249 && !outputs.equals(outputsBefore)) {
            throw invalid("cannot change return type of existing function").detail("Row type defined by OUT parameters is different.").hint(dropFirst());
        }
        requireNames(p);
        if (p.defaults.size() < before.defaultCount()) {
            throw invalid("cannot remove parameter defaults from existing function").hint(dropFirst());
        }
    }

    private void requireNames(RoutineParameters p) {
        for (int i = 0; i < before.names().size(); i++) {
            String old = before.names().get(i);
            boolean input = before.modes().isEmpty() || "ibv".indexOf(before.modes().get(i)) >= 0;
            if (input && !old.isEmpty() && (i >= p.names.size() || !p.names.get(i).equals(old))) {
                throw invalid("cannot change name of input parameter \"" + old + "\"").hint(dropFirst());
            }
        }
    }

    private static SqlError invalid(String message) {
        return new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, message);
    }

    private String dropFirst() {
        return "Use DROP " + (before.kind() == 'p' ? "PROCEDURE " : "FUNCTION ") + RegNames.signature(before, context.analysis()) + " first.";
    }
}
