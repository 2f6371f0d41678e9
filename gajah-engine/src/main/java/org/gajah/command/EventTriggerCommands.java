package org.gajah.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand.TriggerState;
import org.gajah.ast.DefElem;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.TriggerStatement.AlterEventTrigger;
import org.gajah.ast.TriggerStatement.CreateEventTrigger;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.RoleRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.type.Oids;

/** CREATE and ALTER EVENT TRIGGER and what else changes rows of pg_event_trigger. Statements about event triggers fire none. */
final class EventTriggerCommands {
    private static final int BY_NAME = 3467;
    private static final int BY_OID = 3468;
    private static final String LOGIN = "login";
    private static final String HAS_LOGIN = "dathasloginevt";

    private final CommandContext context;

    EventTriggerCommands(CommandContext context) {
        this.context = context;
    }

    String create(CreateEventTrigger c) {
        context.requireWritable("CREATE EVENT TRIGGER");
        if (!context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create event trigger \"" + c.name() + "\"")
                    .hint("Must be superuser to create an event trigger.");
        }
        if (!List.of("ddl_command_start", "ddl_command_end", "sql_drop", LOGIN, "table_rewrite").contains(c.event())) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized event name \"" + c.event() + "\"");
        }
        List<String> tags = tags(c);
        if (c.event().equals(LOGIN) && !c.filters().isEmpty()) {
            throw SqlError.notSupported("tag filtering is not supported for login event triggers");
        }
        if (find(c.name()).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "event trigger \"" + c.name() + "\" already exists");
        }
        ProcRow function = new Routines(context).find(new ObjectRef.OfFunction(c.function(), false, List.of(), Optional.empty(), 0), "function");
        if (function.returnType() != Oids.EVENT_TRIGGER) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "function " + String.join(".", c.function()) + " must return type event_trigger");
        }
        int oid = context.newOid();
        context.writer().insert("pg_event_trigger", new CatalogValues("pg_event_trigger").set("oid", oid).set("evtname", c.name())
                .set("evtevent", c.event()).set("evtowner", context.currentRole().oid()).set("evtfoid", function.oid()).set("evtenabled", 'O')
                .set("evttags", tags.isEmpty() ? null : CatalogValues.texts(tags)).row());
        new Dependencies(context).normal(new Ref(Dependencies.EVENT_TRIGGER, oid, 0), new Ref(Dependencies.PROC, function.oid(), 0));
        if (c.event().equals(LOGIN)) {
            noteLogin();
        }
        context.changed();
        return "CREATE EVENT TRIGGER";
    }

    /** Marks the database as one whose sessions have to look for login triggers. */
    private void noteLogin() {
        CatalogRow database = context.catalog().row("pg_database", 2672, context.database()).orElseThrow();
        if (!database.flag(HAS_LOGIN)) {
            context.writer().update(database, database.with(HAS_LOGIN, true));
        }
    }

    /** The tags of WHEN TAG IN, in upper case. */
    private static List<String> tags(CreateEventTrigger c) {
        for (DefElem filter : c.filters()) {
            if (!filter.name().equals("tag")) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized filter variable \"" + filter.name() + "\"");
            }
        }
        if (c.filters().size() > 1) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "filter variable \"tag\" specified more than once");
        }
        if (c.filters().isEmpty()) {
            return List.of();
        }
        List<String> written = ((DefElem.Value.Texts) c.filters().getFirst().value().orElseThrow()).values();
        for (String tag : written) {
            String name = tag.toUpperCase(Locale.ROOT);
            if (!EventTags.isKnown(name)) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "filter value \"" + tag + "\" not recognized for filter variable \"tag\"");
            }
            if (c.event().equals("table_rewrite") ? !EventTags.mayRewrite(name) : !EventTags.isSupported(name)) {
                throw SqlError.notSupported("event triggers are not supported for " + tag);
            }
        }
        return written.stream().map(t -> t.toUpperCase(Locale.ROOT)).toList();
    }

    String alter(AlterEventTrigger a) {
        context.requireWritable("ALTER EVENT TRIGGER");
        CatalogRow row = owned(a.name());
        int state = switch (a.state()) {
            case TriggerState.ENABLED -> 'O';
            case TriggerState.DISABLED -> 'D';
            case TriggerState.REPLICA -> 'R';
            case TriggerState.ALWAYS -> 'A';
        };
        context.writer().update(row, row.with("evtenabled", state));
        if (row.text("evtevent").equals(LOGIN) && state != 'D') {
            noteLogin();
        }
        context.changed();
        return "ALTER EVENT TRIGGER";
    }

    private Optional<CatalogRow> find(String name) {
        return context.catalog().rows("pg_event_trigger", BY_NAME, Slice.of(name)).stream().findFirst();
    }

    private CatalogRow require(String name) {
        return find(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "event trigger \"" + name + "\" does not exist"));
    }

    private CatalogRow owned(String name) {
        CatalogRow row = require(name);
        context.requireOwner(row.number("evtowner"), "event trigger", name);
        return row;
    }

    /** ALTER EVENT TRIGGER ... RENAME TO. */
    void rename(String name, String newName) {
        CatalogRow row = owned(name);
        if (find(newName).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "event trigger \"" + newName + "\" already exists");
        }
        context.writer().update(row, row.with("evtname", Slice.of(newName)));
    }

    /** ALTER EVENT TRIGGER ... OWNER TO. */
    void giveTo(String name, RoleSpec owner) {
        giveTo(owned(name), RoleNames.resolve(owner, context));
    }

    void giveTo(CatalogRow row, RoleRow role) {
        if (!role.superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to change owner of event trigger \"" + row.text("evtname") + "\"")
                    .hint("The owner of an event trigger must be a superuser.");
        }
        context.writer().update(row, row.with("evtowner", role.oid()));
    }

    /** The event trigger as COMMENT and DROP look for it. */
    ObjectLookup.Found found(String name) {
        CatalogRow row = require(name);
        return new ObjectLookup.Found(new Ref(Dependencies.EVENT_TRIGGER, row.number("oid"), 0), row.number("evtowner"), "event trigger", name);
    }

    /** Removes its row. */
    void drop(int oid) {
        context.writer().delete(context.catalog().row("pg_event_trigger", BY_OID, oid).orElseThrow());
    }
}
