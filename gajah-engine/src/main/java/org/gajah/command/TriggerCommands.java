package org.gajah.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.TriggerStatement.CreateTrigger;
import org.gajah.ast.TriggerStatement.Transition;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Oids;
import org.gajah.type.Privilege;

/** CREATE TRIGGER, ALTER TRIGGER RENAME and ALTER TABLE ENABLE and DISABLE TRIGGER: rows of pg_trigger. */
final class TriggerCommands {
    private static final int BY_NAME = 2701;

    private final CommandContext context;

    TriggerCommands(CommandContext context) {
        this.context = context;
    }

    String create(CreateTrigger c) {
        context.requireWritable("CREATE TRIGGER");
        if (c.replace() && c.constraint()) {
            throw SqlError.notSupported("CREATE OR REPLACE CONSTRAINT TRIGGER is not supported").at(1);
        }
        Relation table = new ObjectLookup(context).relation(c.relation());
        context.lockRelation(table.oid(), LockMode.SHARE_ROW_EXCLUSIVE);
        Optional<Relation> other = c.constrained().map(name -> new ObjectLookup(context).relation(name));
        TriggerRules.require(c, table);
        context.requireHeld(table, Privilege.TRIGGER);
        other.ifPresent(o -> context.requireHeld(o, Privilege.TRIGGER));
        TriggerRules.require(c, table.name(), table.kind());
        Optional<Expr> when = c.when().map(w -> Definitions.triggerWhen(w, table, context.analysis()));
        when.ifPresent(w -> TriggerRules.requireSensible(w, c, table));
        ProcRow function = function(c.function());
        if (function.returnType() != Oids.TRIGGER) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "function " + String.join(".", c.function()) + " must return type trigger");
        }
        Optional<CatalogRow> old = find(table, c.name());
        old.ifPresent(row -> requireReplaceable(row, c, table));
        List<Integer> columns = columns(c.columns(), table);
        int oid = old.map(row -> row.number("oid")).orElseGet(context::newOid);
        int constraint = c.constraint() ? constraint(c, table) : 0;
        CatalogValues row = values(c, table, columns).set("oid", oid).set("tgconstraint", constraint).set("tgfoid", function.oid())
                .set("tgconstrrelid", other.map(Relation::oid).orElse(0));
        when.ifPresent(w -> row.set("tgqual", NodeText.write(w, context.catalog(), context.analysis().types())));
        if (old.isPresent()) {
            context.writer().update(old.get(), row.row());
            new Dependencies(context).forget(new Ref(Dependencies.TRIGGER, oid, 0));
        } else {
            context.writer().insert("pg_trigger", row.row());
        }
        mark(table.oid());
        dependencies(oid, c, table, other, columns, when, function, constraint);
        context.changed();
        if (table.kind() == 'p') {
            PartitionedTriggers partitions = new PartitionedTriggers(context);
            if (old.isPresent()) {
                context.catalog().children(table.oid()).forEach(child -> partitions.takeBack(child, oid));
            }
            partitions.spread(oid);
        }
        return "CREATE TRIGGER";
    }

    private Optional<CatalogRow> find(Relation table, String name) {
        return context.catalog().rows("pg_trigger", BY_NAME, table.oid(), Slice.of(name)).stream().findFirst();
    }

    /** A trigger by its table's name and its own. */
    CatalogRow require(Relation table, String name) {
        return find(table, name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "trigger \"" + name + "\" for table \"" + table.name() + "\" does not exist"));
    }

    private static void requireReplaceable(CatalogRow old, CreateTrigger c, Relation table) {
        String which = "trigger \"" + c.name() + "\" for relation \"" + table.name() + "\"";
        if (!c.replace()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, which + " already exists");
        }
        if (old.flag("tgisinternal")) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, which + " is an internal or a child trigger");
        }
        if (old.number("tgconstraint") != 0) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, which + " is a constraint trigger");
        }
    }

    private ProcRow function(List<String> name) {
        if (name.size() > 1 && !name.get(name.size() - 2).equals("pg_temp")) {
            new Namespaces(context).named(name.get(name.size() - 2));
        }
        ProcRow function;
        try {
            function = new Routines(context).find(new ObjectRef.OfFunction(name, false, List.of(), Optional.empty(), 0), "function");
        } catch (SqlError e) {
            throw e.state() == SqlState.UNDEFINED_FUNCTION ? e.at(0) : e;
        }
        CatalogRow row = context.catalog().row("pg_proc", 2690, function.oid()).orElseThrow();
        if ((context.rights().held(context.currentRole().oid(), AclKind.FUNCTION, row) & Privilege.EXECUTE.bit()) == 0) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for function " + function.name());
        }
        return function;
    }

    private static List<Integer> columns(List<String> names, Relation table) {
        List<Integer> columns = new ArrayList<>();
        for (String name : names) {
            int number = table.column(name).map(Relation.Column::number).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                    "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist"));
            if (columns.contains(number)) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
            }
            columns.add(number);
        }
        return columns;
    }

    private int constraint(CreateTrigger c, Relation table) {
        if (!context.catalog().rows("pg_constraint", 2665, table.oid(), 0, Slice.of(c.name())).isEmpty()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "constraint \"" + c.name() + "\" for relation \"" + table.name() + "\" already exists");
        }
        int oid = context.newOid();
        context.writer().insert("pg_constraint", new CatalogValues("pg_constraint").set("oid", oid).set("conname", c.name())
                .set("connamespace", table.namespace()).set("contype", 't').set("condeferrable", c.deferrable())
                .set("condeferred", c.initiallyDeferred()).set("conrelid", table.oid()).set("confupdtype", ' ').set("confdeltype", ' ')
                .set("confmatchtype", ' ').zero("contypid", "conindid", "conparentid", "confrelid", "coninhcount")
                .yes("conislocal", "conenforced", "convalidated", "connoinherit").no("conperiod").row());
        return oid;
    }

    private static CatalogValues values(CreateTrigger c, Relation table, List<Integer> columns) {
        CatalogValues row = new CatalogValues("pg_trigger").set("tgrelid", table.oid()).set("tgname", c.name()).set("tgtype", TriggerRules.type(c))
                .set("tgenabled", 'O').set("tgdeferrable", c.deferrable()).set("tginitdeferred", c.initiallyDeferred())
                .set("tgnargs", c.arguments().size()).set("tgattr", CatalogValues.vector(Oids.INT2, columns)).set("tgargs", arguments(c.arguments()))
                .zero("tgparentid", "tgconstrindid").no("tgisinternal");
        for (Transition t : c.transitions()) {
            row.set(t.isNew() ? "tgnewtable" : "tgoldtable", t.name());
        }
        return row;
    }

    private static Slice arguments(List<String> arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String argument : arguments) {
            bytes.writeBytes(argument.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        return Slice.of(bytes.toByteArray());
    }

    private void mark(int table) {
        CatalogRow row = context.catalog().row("pg_class", 2662, table).orElseThrow();
        if (!row.flag("relhastriggers")) {
            context.writer().update(row, row.with("relhastriggers", true));
        }
    }

    private void dependencies(int oid, CreateTrigger c, Relation table, Optional<Relation> other, List<Integer> columns, Optional<Expr> when,
            ProcRow function, int constraint) {
        Dependencies depend = new Dependencies(context);
        Ref self = new Ref(Dependencies.TRIGGER, oid, 0);
        depend.normal(self, new Ref(Dependencies.PROC, function.oid(), 0));
        depend.automatic(self, Ref.relation(table.oid()));
        other.ifPresent(o -> depend.automatic(self, Ref.relation(o.oid())));
        if (constraint != 0) {
            depend.internal(new Ref(Dependencies.CONSTRAINT, constraint, 0), self);
            depend.automatic(new Ref(Dependencies.CONSTRAINT, constraint, 0), Ref.relation(table.oid()));
        }
        TreeSet<Integer> needed = new TreeSet<>(columns);
        when.ifPresent(w -> Exprs.any(w, e -> e instanceof Expr.Var v && v.attribute() > 0 && needed.add(v.attribute()) && v.attribute() < 0));
        needed.forEach(number -> depend.normal(self, Ref.column(table.oid(), number)));
        when.ifPresent(w -> depend.ofExpression(self, w, 0));
    }

    /** ALTER TRIGGER ... RENAME TO. */
    void rename(ObjectRef.OnRelation on, String name) {
        Relation table = new ObjectLookup(context).relation(on.relation(), false).orElseThrow();
        if ("rvfp".indexOf(table.kind()) < 0) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "relation \"" + table.name() + "\" cannot have triggers")
                    .detail("This operation is not supported for " + ObjectNames.kinds(table.kind()) + ".");
        }
        context.requireOwner(table.owner(), ObjectNames.kind(table.kind()), table.name());
        context.lockRelation(table.oid(), LockMode.ACCESS_EXCLUSIVE);
        CatalogRow row = require(table, on.name());
        if (find(table, name).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "trigger \"" + name + "\" for relation \"" + table.name() + "\" already exists");
        }
        if (row.number("tgparentid") != 0) {
            Relation parent = context.catalog().relation(context.catalog().parents(table.oid()).getFirst()).orElseThrow();
            throw SqlError.notSupported("cannot rename trigger \"" + on.name() + "\" on table \"" + table.name() + "\"")
                    .hint("Rename the trigger on the partitioned table \"" + parent.name() + "\" instead.");
        }
        context.writer().update(row, row.with("tgname", Slice.of(name)));
        for (int below : new PartitionTree(context).below(table.oid())) {
            find(context.catalog().relation(below).orElseThrow(), on.name()).filter(r -> r.number("tgparentid") != 0)
                    .ifPresent(r -> context.writer().update(r, r.with("tgname", Slice.of(name))));
        }
    }

    /** ALTER TABLE ... ENABLE or DISABLE TRIGGER. */
    void enable(Relation table, AlterTableCommand.EnableTrigger e) {
        int state = switch (e.state()) {
            case ENABLED -> 'O';
            case DISABLED -> 'D';
            case REPLICA -> 'R';
            case ALWAYS -> 'A';
        };
        boolean keys = e.scope() == AlterTableCommand.TriggerScope.ALL && !(table.foreignKeys().isEmpty() && table.referencedBy().isEmpty());
        if (keys && state != 'O') {
            throw SqlError.notSupported("foreign keys of table \"" + table.name() + "\" cannot be switched off with its triggers")
                    .hint("Use DISABLE TRIGGER USER, or set session_replication_role to replica.");
        }
        List<CatalogRow> rows = switch (e.scope()) {
            case NAMED -> List.of(require(table, e.name()));
            case ALL, USER -> context.catalog().rows("pg_trigger", BY_NAME, table.oid());
        };
        rows.forEach(row -> context.writer().update(row, row.with("tgenabled", state)));
    }

    /** Removes a trigger's row; pg_class goes on saying that there may be triggers. */
    void drop(int oid) {
        CatalogRow row = context.catalog().row("pg_trigger", 2702, oid).orElseThrow();
        context.lockRelation(row.number("tgrelid"), LockMode.ACCESS_EXCLUSIVE);
        context.writer().delete(row);
    }

    /** The trigger as COMMENT and DROP look for it. */
    ObjectLookup.Found found(Relation table, String name) {
        return new ObjectLookup.Found(new Ref(Dependencies.TRIGGER, Trigger.of(require(table, name)).oid(), 0), table.owner(), "relation",
                table.name());
    }
}
