package org.gajah.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DropBehavior;
import org.gajah.catalog.CatalogRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.EventState;
import org.gajah.sysfunc.ObjectIdentity;

/**
 * Which objects go when some are dropped: what depends on them automatically goes too, what depends normally goes with CASCADE and
 * otherwise forbids it. Objects are dropped in the order that dependents come first, newer ones before older ones; messages name them the
 * other way round, each with the object by which it was met first.
 */
final class DropPlan {
    private final CommandContext context;
    private final ObjectNames names;
    private final Set<Ref> named = new LinkedHashSet<>();
    private final Set<Ref> found = new LinkedHashSet<>();
    private final List<Ref> order = new ArrayList<>();
    private final Map<Ref, Ref> because = new LinkedHashMap<>();

    private boolean quiet;

    DropPlan(CommandContext context) {
        this.context = context;
        this.names = new ObjectNames(context);
    }

    /** Without notices about what goes too. */
    DropPlan quietly() {
        quiet = true;
        return this;
    }

    void add(Ref ref) {
        named.add(ref);
    }

    /** Drops everything; the notices and errors are PostgreSQL's. */
    void run(DropBehavior behavior) {
        for (Ref ref : named) {
            requireNoOwner(ref);
        }
        named.forEach(this::collect);
        List<Ref> cascaded = order.reversed().stream().filter(r -> because.containsKey(r) && !named.contains(r) && !goesWithAnother(r)).toList();
        MappingDependents mappings = new MappingDependents(context, found);
        if (!cascaded.isEmpty() || !mappings.named().isEmpty()) {
            if (behavior == DropBehavior.RESTRICT) {
                throw refusal(cascaded, mappings);
            }
            announce(cascaded, mappings);
        }
        mappings.drop();
        context.event().ifPresent(this::note);
        Dropper dropper = new Dropper(context);
        order.stream().filter(ref -> !isWithin(ref)).forEach(dropper::drop);
        context.changed();
    }

    /** Tells event triggers of one object that a command takes away itself. */
    static void noteNamed(CommandContext context, Ref ref) {
        context.event().ifPresent(state -> ObjectIdentity.of(ref.catalog(), ref.oid(), ref.column(), context.catalog(), context.analysis())
                .ifPresent(identity -> state.add(new EventState.Dropped(ref.catalog(), ref.oid(), ref.column(), true, false, identity))));
    }

    /** Tells event triggers what goes, as long as it can be named. */
    private void note(EventState state) {
        for (Ref ref : order.reversed()) {
            if (!isWithin(ref)) {
                ObjectIdentity.of(ref.catalog(), ref.oid(), ref.column(), context.catalog(), context.analysis()).ifPresent(identity ->
                    state.add(new EventState.Dropped(ref.catalog(), ref.oid(), ref.column(), named.contains(ref), because.containsKey(ref) || isNeeded(ref), identity)));
            }
        }
    }

    /** Whether the object goes because it needs something that goes, not just as a part of it. */
    private boolean isNeeded(Ref ref) {
        return context.catalog().rows("pg_depend", 2673, ref.catalog(), ref.oid()).stream().anyMatch(row -> row.letter("deptype") == 'n'
                && row.number("objsubid") == ref.column() && (found.contains(new Ref(row.number("refclassid"), row.number("refobjid"), 0))
                        || found.contains(new Ref(row.number("refclassid"), row.number("refobjid"), row.number("refobjsubid")))));
    }

    private void requireNoOwner(Ref ref) {
        Optional<Ref> owner = owner(ref, "Pie");
        if (owner.isPresent() && !named.contains(owner.get())) {
            String whole = names.describe(owner.get());
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                    "cannot drop " + names.describe(ref) + " because " + whole + " requires it").hint("You can drop " + whole + " instead.");
        }
    }

    /** The object that this one is a part of. */
    private Optional<Ref> owner(Ref ref) {
        return owner(ref, "ie");
    }

    private Optional<Ref> owner(Ref ref, String kinds) {
        for (CatalogRow row : context.catalog().rows("pg_depend", 2673, ref.catalog(), ref.oid())) {
            boolean column = row.number("objsubid") == ref.column();
            if (column && kinds.indexOf(row.letter("deptype")) >= 0) {
                return Optional.of(new Ref(row.number("refclassid"), row.number("refobjid"), row.number("refobjsubid")));
            }
        }
        return Optional.empty();
    }

    /** Parts of another object, and members of an extension. */
    private static boolean isPart(CatalogRow row) {
        return "ie".indexOf(row.letter("deptype")) >= 0;
    }

    private void collect(Ref ref) {
        if (!found.add(ref)) {
            return;
        }
        List<CatalogRow> dependents = context.catalog().rows("pg_depend", 2674, ref.catalog(), ref.oid()).stream()
                .sorted(Comparator.comparing((CatalogRow r) -> isTypesRelation(r, ref))
                        .thenComparing(r -> -Integer.toUnsignedLong(r.number("objid")))
                        .thenComparing(r -> r.number("objsubid"))).toList();
        for (CatalogRow row : dependents) {
            if (ref.column() != 0 && row.number("refobjsubid") != ref.column()) {
                continue;
            }
            Ref dependent = new Ref(row.number("classid"), row.number("objid"), row.number("objsubid"));
            boolean part = isPart(row);
            Ref whole = part ? dependent : owner(dependent).filter(o -> !found.contains(o)).orElse(dependent);
            if (row.letter("deptype") == 'n' && !found.contains(whole) && !isWithin(whole)) {
                because.putIfAbsent(whole, ref);
            }
            collect(whole);
            collect(dependent);
        }
        order.add(ref);
    }

    /** The relation behind a composite type goes last: columns of the type need it as long as they are there. */
    private static boolean isTypesRelation(CatalogRow dependent, Ref ref) {
        return ref.catalog() == Dependencies.TYPE && dependent.number("classid") == Dependencies.CLASS && dependent.letter("deptype") == 'i';
    }

    /** Whether the object would go silently with something else that goes. */
    private boolean goesWithAnother(Ref ref) {
        return context.catalog().rows("pg_depend", 2673, ref.catalog(), ref.oid()).stream().anyMatch(row -> "aiePS".indexOf(row.letter("deptype")) >= 0
                && row.number("objsubid") == ref.column() && (found.contains(new Ref(row.number("refclassid"), row.number("refobjid"), row.number("refobjsubid")))
                        || found.contains(new Ref(row.number("refclassid"), row.number("refobjid"), 0))));
    }

    /** A column of a table that goes as a whole needs no mention and no work. */
    private boolean isWithin(Ref ref) {
        return ref.column() != 0 && found.contains(new Ref(ref.catalog(), ref.oid(), 0));
    }

    private SqlError refusal(List<Ref> cascaded, MappingDependents mappings) {
        String lines = String.join("\n", Stream.concat(cascaded.stream().map(r -> names.describe(r) + " depends on " + names.describe(because.get(r))),
                mappings.named().stream().map(m -> "routine mapping " + m.name() + " depends on " + names.describe(m.needed()))).toList());
        String what = named.size() == 1 ? "cannot drop " + names.describe(named.iterator().next()) + " because other objects depend on it"
                : "cannot drop desired object(s) because other objects depend on them";
        return new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, what).detail(lines)
                .hint("Use DROP ... CASCADE to drop the dependent objects too.");
    }

    private void announce(List<Ref> cascaded, MappingDependents mappings) {
        if (quiet) {
            return;
        }
        List<String> gone = Stream.concat(cascaded.stream().map(names::describe), mappings.named().stream().map(m -> "routine mapping " + m.name())).toList();
        if (gone.size() == 1) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "drop cascades to " + gone.getFirst()));
        } else {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "drop cascades to " + gone.size() + " other objects")
                    .detail(String.join("\n", gone.stream().map(g -> "drop cascades to " + g).toList())));
        }
    }
}
