package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.catalog.Trigger.Event;

/** Shows a trigger as the command that makes it. */
final class TriggerDefinition {
    private final DeparseNames names;
    private final StoredText stored;
    private final Relation table;
    private final Trigger trigger;
    private final boolean pretty;

    TriggerDefinition(AnalyzeContext context, Relation table, Trigger trigger, boolean pretty) {
        this.table = table;
        this.trigger = trigger;
        this.pretty = pretty;
        names = new DeparseNames(context);
        stored = new StoredText(context);
    }

    String create() {
        StringBuilder out = new StringBuilder("CREATE ").append(trigger.constraint() != 0 ? "CONSTRAINT " : "").append("TRIGGER ")
                .append(Identifiers.quote(trigger.name())).append(' ').append(trigger.timing().name().replace('_', ' ')).append(' ').append(events())
                .append(" ON ").append(pretty ? names.relation(table.oid()) : names.qualifiedRelation(table.oid())).append(' ');
        if (trigger.constraint() != 0) {
            out.append(trigger.constrained() == 0 ? "" : "FROM " + names.relation(trigger.constrained()) + " ");
            out.append(trigger.deferrable() ? "" : "NOT ").append("DEFERRABLE INITIALLY ")
                    .append(trigger.initiallyDeferred() ? "DEFERRED " : "IMMEDIATE ");
        }
        if (trigger.oldTable().isPresent() || trigger.newTable().isPresent()) {
            out.append("REFERENCING ");
            trigger.oldTable().ifPresent(name -> out.append("OLD TABLE AS ").append(Identifiers.quote(name)).append(' '));
            trigger.newTable().ifPresent(name -> out.append("NEW TABLE AS ").append(Identifiers.quote(name)).append(' '));
        }
        out.append(trigger.forEachRow() ? "FOR EACH ROW " : "FOR EACH STATEMENT ");
        trigger.condition().ifPresent(text -> out.append("WHEN (").append(stored.triggerCondition(text, table, pretty)).append(") "));
        return out.append("EXECUTE FUNCTION ").append(names.function(trigger.function())).append('(')
                .append(trigger.arguments().stream().map(TriggerDefinition::literal).collect(Collectors.joining(", "))).append(')').toString();
    }

    private String events() {
        List<String> words = new ArrayList<>();
        for (Event event : List.of(Event.INSERT, Event.DELETE, Event.UPDATE, Event.TRUNCATE)) {
            if (trigger.firesAt(event)) {
                words.add(event.name() + (event == Event.UPDATE && !trigger.columns().isEmpty() ? " OF " + columns() : ""));
            }
        }
        return String.join(" OR ", words);
    }

    private String columns() {
        return trigger.columns().stream().map(number -> Identifiers.quote(table.column(number).name())).collect(Collectors.joining(", "));
    }

    private static String literal(String argument) {
        return "'" + argument.replace("'", "''") + "'";
    }
}
