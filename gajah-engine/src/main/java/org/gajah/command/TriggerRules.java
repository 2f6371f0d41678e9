package org.gajah.command;

import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.TriggerStatement.CreateTrigger;
import org.gajah.ast.TriggerStatement.Event;
import org.gajah.ast.TriggerStatement.Timing;
import org.gajah.ast.TriggerStatement.Transition;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;

/** Which triggers there may be on which relations. PostgreSQL manual, CREATE TRIGGER. */
final class TriggerRules {
    private static final int FIRST_USER_OID = 16384;

    private TriggerRules() {
    }

    /** pg_trigger.tgtype. */
    static int type(CreateTrigger c) {
        int type = c.row() ? Trigger.ROW : 0;
        type |= switch (c.timing()) {
            case BEFORE -> Trigger.BEFORE;
            case AFTER -> 0;
            case INSTEAD_OF -> Trigger.INSTEAD;
        };
        for (Event event : c.events()) {
            type |= Trigger.Event.valueOf(event.name()).bit();
        }
        return type;
    }

    /** Whether the relation may have such a trigger. */
    static void require(CreateTrigger c, Relation table) {
        String kind = switch (table.kind()) {
            case 'p' -> c.timing() == Timing.INSTEAD_OF ? "table\nTables cannot have INSTEAD OF triggers."
                    : "";
            case 'r' -> c.timing() == Timing.INSTEAD_OF ? "table\nTables cannot have INSTEAD OF triggers." : "";
            case 'f' -> c.timing() == Timing.INSTEAD_OF ? "foreign table\nForeign tables cannot have INSTEAD OF triggers."
                    : c.constraint() ? "foreign table\nForeign tables cannot have constraint triggers."
                    : !c.transitions().isEmpty() ? "foreign table\nTriggers on foreign tables cannot have transition tables." : "";
            case 'v' -> c.timing() != Timing.INSTEAD_OF && c.row() ? "view\nViews cannot have row-level BEFORE or AFTER triggers."
                    : c.events().contains(Event.TRUNCATE) ? "view\nViews cannot have TRUNCATE triggers." : "";
            default -> throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "relation \"" + table.name() + "\" cannot have triggers")
                    .detail("This operation is not supported for " + ObjectNames.kinds(table.kind()) + ".");
        };
        if (c.row() && !c.transitions().isEmpty() && table.kind() == 'p') {
            throw SqlError.notSupported("\"" + table.name() + "\" is a partitioned table")
                    .detail("ROW triggers with transition tables are not supported on partitioned tables.");
        }
        if (c.row() && !c.transitions().isEmpty() && table.inheritance().partition()) {
            throw SqlError.notSupported("ROW triggers with transition tables are not supported on partitions");
        }
        if (!kind.isEmpty()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + table.name() + "\" is a " + kind.substring(0, kind.indexOf('\n')))
                    .detail(kind.substring(kind.indexOf('\n') + 1));
        }
        if (table.oid() < FIRST_USER_OID) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied: \"" + table.name() + "\" is a system catalog");
        }
    }

    /** Whether what was written fits together. */
    static void require(CreateTrigger c, String table, char kind) {
        if (c.row() && c.events().contains(Event.TRUNCATE)) {
            throw SqlError.notSupported("TRUNCATE FOR EACH ROW triggers are not supported");
        }
        if (c.timing() == Timing.INSTEAD_OF) {
            String wrong = !c.row() ? "INSTEAD OF triggers must be FOR EACH ROW"
                    : c.when().isPresent() ? "INSTEAD OF triggers cannot have WHEN conditions"
                    : !c.columns().isEmpty() ? "INSTEAD OF triggers cannot have column lists" : "";
            if (!wrong.isEmpty()) {
                throw SqlError.notSupported(wrong);
            }
        }
        if (!c.transitions().isEmpty() && kind == 'v') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + table + "\" is a view").detail("Triggers on views cannot have transition tables.");
        }
        boolean hasOld = false;
        boolean hasNew = false;
        for (Transition t : c.transitions()) {
            require(t, c, t.isNew() ? hasNew : hasOld);
            hasNew |= t.isNew();
            hasOld |= !t.isNew();
        }
        if (hasOld && hasNew && c.transitions().get(0).name().equals(c.transitions().get(1).name())) {
            throw definition("OLD TABLE name and NEW TABLE name cannot be the same");
        }
    }

    private static SqlError definition(String message) {
        return new SqlError(SqlState.INVALID_OBJECT_DEFINITION, message);
    }

    private static void require(Transition t, CreateTrigger c, boolean again) {
        if (!t.isTable()) {
            throw SqlError.notSupported("ROW variable naming in the REFERENCING clause is not supported")
                    .hint("Use OLD TABLE or NEW TABLE for naming transition tables.");
        }
        if (c.timing() != Timing.AFTER) {
            throw definition("transition table name can only be specified for an AFTER trigger");
        }
        if (c.events().contains(Event.TRUNCATE)) {
            throw SqlError.notSupported("TRUNCATE triggers with transition tables are not supported");
        }
        if (c.events().size() != 1) {
            throw SqlError.notSupported("transition tables cannot be specified for triggers with more than one event");
        }
        if (!c.columns().isEmpty()) {
            throw SqlError.notSupported("transition tables cannot be specified for triggers with column lists");
        }
        String word = t.isNew() ? "NEW" : "OLD";
        Set<Event> fitting = Set.of(Event.UPDATE, t.isNew() ? Event.INSERT : Event.DELETE);
        if (c.events().stream().noneMatch(fitting::contains)) {
            throw definition(word + " TABLE can only be specified for " + (t.isNew() ? "an INSERT" : "a DELETE") + " or UPDATE trigger");
        }
        if (again) {
            throw definition(word + " TABLE cannot be specified multiple times");
        }
    }

    /** Whether WHEN speaks only of what there is when the trigger fires. */
    static void requireSensible(Expr when, CreateTrigger c, Relation table) {
        Exprs.any(when, e -> {
            if (e instanceof Expr.Var v) {
                requireSensible(v, c, table);
            }
            return false;
        });
    }

    private static void requireSensible(Expr.Var v, CreateTrigger c, Relation table) {
        boolean isNew = v.rangeIndex() == 1;
        if (!c.row()) {
            throw definition("statement trigger's WHEN condition cannot reference column values").at(v.location());
        }
        if (!isNew && c.events().contains(Event.INSERT)) {
            throw definition("INSERT trigger's WHEN condition cannot reference OLD values").at(v.location());
        }
        if (isNew && c.events().contains(Event.DELETE)) {
            throw definition("DELETE trigger's WHEN condition cannot reference NEW values").at(v.location());
        }
        if (!isNew || c.timing() != Timing.BEFORE) {
            return;
        }
        if (v.attribute() < 0) {
            throw SqlError.notSupported("BEFORE trigger's WHEN condition cannot reference NEW system columns").at(v.location());
        }
        boolean whole = v.attribute() == 0 && table.columns().stream().anyMatch(x -> x.generated() != 0 && !x.dropped());
        boolean generated = v.attribute() > 0 && table.column(v.attribute()).generated() != 0;
        if (whole || generated) {
            throw definition("BEFORE trigger's WHEN condition cannot reference NEW generated columns").at(v.location())
                    .detail(whole ? "A whole-row reference is used and the table contains generated columns."
                            : "Column \"" + table.column(v.attribute()).name() + "\" is a generated column.");
        }
    }
}
