package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FunctionStatement.AlterFunction;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;

/** ALTER FUNCTION, PROCEDURE and ROUTINE. */
final class AlterRoutine {
    private final CommandContext context;

    AlterRoutine(CommandContext context) {
        this.context = context;
    }

    String run(AlterFunction a) {
        String tag = "ALTER " + a.kind().words();
        context.requireWritable(tag);
        CatalogRow row = own(a.kind(), a.function());
        boolean procedure = row.letter("prokind") == 'p';
        RoutineOptions o = RoutineOptions.read(a.options(), procedure);
        if (o.leakproof.orElse(false) && !context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "only superuser can define a leakproof function");
        }
        if (o.rows.isPresent() && !row.flag("proretset")) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "ROWS is not applicable when function does not return a set");
        }
        List<String> config = o.configure(row.get("proconfig") == null ? List.of() : row.texts("proconfig"), context);
        Changes changes = new Changes(row);
        changes.set("provolatile", o.volatility.map(c -> (int) c));
        changes.set("proparallel", o.parallel.map(c -> (int) c));
        changes.set("proisstrict", o.strict);
        changes.set("prosecdef", o.definer);
        changes.set("proleakproof", o.leakproof);
        changes.set("procost", o.cost.map(Float::doubleValue));
        changes.set("prorows", o.rows.map(Float::doubleValue));
        if (!o.settings.isEmpty()) {
            changes.put("proconfig", config.isEmpty() ? null : CatalogValues.texts(config));
        }
        context.writer().update(row, changes.values);
        context.changed();
        return tag;
    }

    /** A row's values as they are to be. */
    private static final class Changes {
        private final CatalogRow row;
        private final Object[] values;

        Changes(CatalogRow row) {
            this.row = row;
            this.values = row.values().clone();
        }

        void set(String column, Optional<?> value) {
            value.ifPresent(v -> put(column, v));
        }

        void put(String column, Object value) {
            values[row.table().column(column)] = value;
        }
    }

    private CatalogRow own(ObjectKind kind, ObjectRef.OfFunction ref) {
        ObjectLookup.Found found = new ObjectLookup(context).require(kind, ref);
        context.requireOwner(found.owner(), found.word(), found.name());
        return context.catalog().row("pg_proc", 2690, found.ref().oid()).orElseThrow();
    }

    void rename(ObjectKind kind, ObjectRef.OfFunction ref, String name) {
        CatalogRow row = own(kind, ref);
        requireFree(name, row.numbers("proargtypes"), row.number("pronamespace"));
        context.writer().update(row, row.with("proname", Slice.of(name)));
    }

    /** 42723 if there is a function of this name and these argument types in the schema. */
    void requireFree(String name, List<Integer> argTypes, int namespace) {
        boolean taken = context.catalog().functions(name).stream().anyMatch(f -> f.namespace() == namespace && f.argTypes().equals(argTypes));
        if (taken) {
            String types = String.join(", ", argTypes.stream().map(t -> org.gajah.sysfunc.RegNames.typeName(t, -1, context.analysis())).toList());
            String schema = context.catalog().schema(namespace).map(s -> s.name()).orElse("");
            throw new SqlError(SqlState.DUPLICATE_FUNCTION, "function " + name + "(" + types + ") already exists in schema \"" + schema + "\"");
        }
    }
}
