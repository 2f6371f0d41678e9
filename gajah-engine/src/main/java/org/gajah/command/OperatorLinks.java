package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.command.Dependencies.Ref;

/**
 * An operator's commutator and negator. Each of two names the other; one that is not there yet is made as a shell, a row without a function, for somebody
 * to fill in.
 */
final class OperatorLinks {
    /** What makes an operator the one it is. */
    record Signature(String name, int namespace, int left, int right) {
        static Signature of(CatalogRow row) {
            return new Signature(row.text("oprname"), row.number("oprnamespace"), row.number("oprleft"), row.number("oprright"));
        }
    }

    private final CommandContext context;
    private final Signature self;

    OperatorLinks(CommandContext context, Signature self) {
        this.context = context;
        this.self = self;
    }

    String name() {
        return self.name;
    }

    /** Its row, if there is one already. */
    Optional<CatalogRow> own() {
        return context.catalog().row("pg_operator", 2689, Slice.of(self.name), self.left, self.right, self.namespace);
    }

    /** The operator of a name for these very types, under the search path or in its schema. */
    static Optional<CatalogRow> lookup(CommandContext context, List<String> name, int left, int right) {
        return places(context, name).stream().flatMap(place -> context.catalog().row("pg_operator", 2689, Slice.of(name.getLast()), left, right, place).stream()).findFirst();
    }

    /** The schemas that a name is looked for in. */
    static List<Integer> places(CommandContext context, List<String> name) {
        if (name.size() == 1) {
            return context.analysis().searchPath();
        }
        String schema = name.get(name.size() - 2);
        return List.of(context.catalog().schema(schema).map(SchemaRow::oid)
                .orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist")));
    }

    /** The commutator's oid; {@code oid} is the operator's own. */
    int commutator(List<String> name, int oid) {
        return other(name, self.right, self.left).orElse(oid);
    }

    int negator(List<String> name, int oid) {
        int found = other(name, self.left, self.right).orElse(oid);
        if (found == oid) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "operator cannot be its own negator");
        }
        return found;
    }

    /** Another operator, as it is or as a shell; empty if it is this one. */
    private Optional<Integer> other(List<String> name, int left, int right) {
        Optional<CatalogRow> there = lookup(context, name, left, right);
        if (there.isPresent()) {
            context.requireOwner(there.get().number("oprowner"), "operator", String.join(".", name));
            return Optional.of(there.get().number("oid"));
        }
        int namespace = name.size() == 1 ? context.creationNamespace() : new Namespaces(context).named(name.get(name.size() - 2));
        Signature wanted = new Signature(name.getLast(), namespace, left, right);
        if (wanted.equals(self)) {
            return Optional.empty();
        }
        context.requireCreate(namespace);
        int oid = context.newOid();
        OperatorLinks shell = new OperatorLinks(context, wanted);
        context.writer().insert("pg_operator", shell.row(context.currentRole().oid()).set("oid", oid).row());
        context.changed();
        shell.depend(oid);
        return Optional.of(oid);
    }

    /** A row with nothing but the signature. */
    CatalogValues row(int owner) {
        return new CatalogValues("pg_operator").set("oprname", self.name).set("oprnamespace", self.namespace).set("oprowner", owner)
                .set("oprkind", self.left == 0 ? 'l' : 'b').set("oprleft", self.left).set("oprright", self.right).no("oprcanmerge", "oprcanhash")
                .zero("oprresult", "oprcom", "oprnegate", "oprcode", "oprrest", "oprjoin");
    }

    /** Notes what the operator of this row needs. */
    void depend(int oid) {
        CatalogRow row = context.catalog().row("pg_operator", 2688, oid).orElseThrow();
        Ref ref = new Ref(Dependencies.OPERATOR, oid, 0);
        Dependencies depend = new Dependencies(context);
        depend.normal(ref, new Ref(Dependencies.NAMESPACE, self.namespace, 0));
        List.of("oprleft", "oprright", "oprresult").stream().map(row::number).distinct().filter(t -> t != 0)
                .forEach(t -> depend.normal(ref, new Ref(Dependencies.TYPE, t, 0)));
        List.of("oprcode", "oprrest", "oprjoin").stream().map(row::number).distinct().filter(f -> f != 0)
                .forEach(f -> depend.normal(ref, new Ref(Dependencies.PROC, f, 0)));
    }

    /** Lets the others name this one. */
    void point(int oid, int commutator, int negator) {
        point(oid, commutator, "oprcom", "commutator");
        point(oid, negator, "oprnegate", "negator");
    }

    private void point(int oid, int other, String column, String word) {
        if (other == 0 || other == oid) {
            return;
        }
        CatalogRow row = context.catalog().row("pg_operator", 2688, other).orElseThrow();
        int names = row.number(column);
        if (names != 0 && names != oid) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, word + " operator " + row.text("oprname") + " is already the " + word + " of operator "
                    + context.catalog().row("pg_operator", 2688, names).map(r -> r.text("oprname")).orElse(Integer.toUnsignedString(names)));
        }
        if (names == 0) {
            context.writer().update(row, row.with(column, oid));
            context.changed();
        }
    }

    /** The operator goes. */
    static void release(CommandContext context, int oid, int commutator, int negator) {
        release(context, oid, commutator, "oprcom");
        release(context, oid, negator, "oprnegate");
    }

    private static void release(CommandContext context, int oid, int other, String column) {
        context.catalog().row("pg_operator", 2688, other).filter(r -> other != oid && r.number(column) == oid).ifPresent(r -> {
            context.writer().update(r, r.with(column, 0));
            context.changed();
        });
    }
}
