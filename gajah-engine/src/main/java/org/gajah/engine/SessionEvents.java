package org.gajah.engine;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.gajah.ast.Statement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.command.CommandContext;
import org.gajah.command.DoneObjects;
import org.gajah.command.EventTags;
import org.gajah.exec.EventCall;
import org.gajah.sysfunc.EventState;

/**
 * Fires event triggers around commands: ddl_command_start before, sql_drop and ddl_command_end behind, table_rewrite in between. A command
 * that one of their functions runs has its own.
 */
final class SessionEvents {
    private final SessionImpl session;
    private Optional<Running> running = Optional.empty();

    private record Running(String tag, EventState state, Set<Integer> rewritten) {
    }

    SessionEvents(SessionImpl session) {
        this.session = session;
    }

    /** What the innermost command that fires event triggers has noted. */
    Optional<EventState> state() {
        return running.map(Running::state);
    }

    /** After an error: no command runs any more. */
    void abandon() {
        running = Optional.empty();
    }

    /** A session begins: fires the login triggers. */
    void login() {
        fire("login", "LOGIN");
    }

    /** Runs a command with the triggers that it fires. */
    String run(Statement statement, CommandContext context, Supplier<String> command) {
        Optional<String> tag = EventTags.of(statement);
        if (tag.isEmpty() || triggers().isEmpty() || !session.settings().isOn("event_triggers")) {
            Optional<Running> outer = running;
            running = Optional.empty();
            String done = command.get();
            running = outer;
            return done;
        }
        Optional<Running> outer = running;
        EventState state = new EventState();
        running = Optional.of(new Running(tag.get(), state, new HashSet<>()));
        try {
            fire("ddl_command_start", tag.get());
            DoneObjects objects = new DoneObjects(context, statement, tag.get(), state);
            String done = command.get();
            session.transactions().catalogsChanged();
            objects.note();
            if (!state.dropped().isEmpty()) {
                next();
                state.tellDrops(true);
                fire("sql_drop", tag.get());
                state.tellDrops(false);
            }
            next();
            fire("ddl_command_end", tag.get());
            return done;
        } finally {
            running = outer;
        }
    }

    /** A table is about to be written anew; told once a command. */
    void rewrite(int table, int reason) {
        if (running.isPresent() && running.get().rewritten.add(table)) {
            EventState state = running.get().state;
            state.setRewrite(Optional.of(new EventState.Rewrite(table, reason)));
            fire("table_rewrite", running.get().tag);
            state.setRewrite(Optional.empty());
        }
    }

    private List<CatalogRow> triggers() {
        return session.transactions().catalog().allRows("pg_event_trigger");
    }

    private void fire(String event, String tag) {
        List<CatalogRow> firing = triggers().stream().filter(r -> r.text("evtevent").equals(event) && session.context().fires(r.letter("evtenabled")))
                .filter(r -> r.texts("evttags").isEmpty() || r.texts("evttags").contains(tag))
                .sorted(Comparator.comparing(r -> Slice.of(r.text("evtname")))).toList();
        for (CatalogRow row : firing) {
            ProcRow function = session.transactions().catalog().function(row.number("evtfoid")).orElseThrow();
            session.routines().fire(function, new EventCall(event, tag));
            next();
        }
    }

    /** What has been done is seen by what comes. */
    private void next() {
        session.transactions().transaction().incrementCommand();
        session.transactions().catalogsChanged();
    }
}
