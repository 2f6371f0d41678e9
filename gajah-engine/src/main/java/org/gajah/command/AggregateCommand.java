package org.gajah.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Names;
import org.gajah.analyze.Polymorphism;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.FunctionParameter.Mode;
import org.gajah.ast.TypeName;
import org.gajah.ast.TypeStatement.Define;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.Oids;
import org.gajah.vector.Vector;

/** CREATE AGGREGATE: rows of pg_proc and pg_aggregate. Functions for partial states are kept and not used. */
final class AggregateCommand {
    private static final Set<String> KNOWN = Set.of("sfunc", "sfunc1", "stype", "stype1", "basetype", "finalfunc", "finalfunc_extra",
            "finalfunc_modify", "initcond", "initcond1", "sspace", "combinefunc", "serialfunc", "deserialfunc", "msfunc", "minvfunc", "mstype",
            "msspace", "mfinalfunc", "mfinalfunc_extra", "mfinalfunc_modify", "minitcond", "sortop", "parallel", "hypothetical");

    private final CommandContext context;
    private final Map<String, DefElem> options = new HashMap<>();
    private final Set<Integer> needed = new LinkedHashSet<>();

    /** A function that an aggregate uses, and what it returns here. */
    private record Support(ProcRow proc, int result) {
    }

    AggregateCommand(CommandContext context) {
        this.context = context;
    }

    void run(Define d) {
        int namespace = d.name().size() == 1 ? context.creationNamespace() : new Namespaces(context).named(d.name().get(d.name().size() - 2));
        context.requireCreate(namespace);
        read(d);
        TypeName stype = type("stype", "stype1").orElseThrow(() -> invalid("aggregate stype must be specified"));
        List<String> sfunc = name("sfunc", "sfunc1").orElseThrow(() -> invalid("aggregate sfunc must be specified"));
        List<Integer> arguments = arguments(d);
        int state = Names.type(stype, context.analysis()).type();
        requireState(state, arguments);
        List<Integer> taken = with(state, arguments);
        Support transition = function(sfunc, taken);
        if (transition.result != state) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "return type of transition function " + String.join(".", sfunc) + " is not " + typeName(state));
        }
        Optional<String> initial = text("initcond", "initcond1");
        boolean startsWithValue = initial.isPresent() || !arguments.isEmpty() && arguments.getFirst() == state;
        if (transition.proc.strict() && !startsWithValue) {
            throw invalid("must not omit initial value when transition function is strict and transition type is not compatible with input type");
        }
        initial.filter(text -> !Polymorphism.isPolymorphic(state)).ifPresent(text -> requireValue(text, state));
        boolean extra = flag("finalfunc_extra");
        Optional<Support> last = name("finalfunc").map(n -> function(n, extra ? taken : List.of(state)));
        Optional<Support> combine = name("combinefunc").map(n -> function(n, List.of(state, state)));
        int result = last.map(Support::result).orElse(state);
        CatalogValues aggregate = new CatalogValues("pg_aggregate").set("aggkind", 'n').set("aggtransfn", transition.proc.oid())
                .set("aggfinalfn", last.map(l -> l.proc.oid()).orElse(0)).set("aggcombinefn", combine.map(c -> c.proc.oid()).orElse(0))
                .set("aggfinalextra", extra).set("aggfinalmodify", 'r').set("aggmfinalmodify", 'r').set("aggtranstype", state)
                .set("aggtransspace", text("sspace").map(Integer::valueOf).orElse(0)).no("aggmfinalextra")
                .zero("aggnumdirectargs", "aggserialfn", "aggdeserialfn", "aggmtransfn", "aggminvtransfn", "aggmfinalfn", "aggsortop", "aggmtranstype",
                        "aggmtransspace");
        initial.ifPresent(text -> aggregate.set("agginitval", text));
        moving(aggregate, arguments, result);
        write(d, namespace, arguments, result, aggregate);
        context.changed();
    }

    private static SqlError invalid(String message) {
        return new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, message);
    }

    private void read(Define d) {
        for (DefElem option : d.options()) {
            if (KNOWN.contains(option.name())) {
                options.put(option.name(), option);
            } else {
                context.message("WARNING", new SqlError(SqlState.SYNTAX_ERROR, "aggregate attribute \"" + option.name() + "\" not recognized"));
            }
        }
        if (d.directCount().isPresent() || flag("hypothetical")) {
            throw SqlError.notSupported("ordered-set aggregates of users are not supported");
        }
        for (String rare : List.of("sortop", "serialfunc", "deserialfunc")) {
            if (options.containsKey(rare)) {
                throw SqlError.notSupported("CREATE AGGREGATE with " + rare + " is not supported");
            }
        }
    }

    /** How the aggregate moves with a window: checked and noted. */
    private void moving(CatalogValues aggregate, List<Integer> arguments, int result) {
        Optional<TypeName> type = type("mstype");
        for (String each : List.of("msfunc", "minvfunc")) {
            if (type.isPresent() && !options.containsKey(each)) {
                throw invalid("aggregate " + each + " must be specified when mstype is specified");
            }
        }
        for (String each : List.of("msfunc", "minvfunc", "mfinalfunc", "msspace", "minitcond")) {
            if (type.isEmpty() && options.containsKey(each)) {
                throw invalid("aggregate " + each + " must not be specified without mstype");
            }
        }
        if (type.isEmpty()) {
            return;
        }
        int state = Names.type(type.get(), context.analysis()).type();
        requireState(state, arguments);
        List<Integer> taken = with(state, arguments);
        Support forward = function(name("msfunc").orElseThrow(), taken);
        requireReturn(forward, state, "transition function " + String.join(".", name("msfunc").orElseThrow()));
        boolean startsWithValue = options.containsKey("minitcond") || !arguments.isEmpty() && arguments.getFirst() == state;
        if (forward.proc.strict() && !startsWithValue) {
            throw invalid("must not omit initial value when transition function is strict and transition type is not compatible with input type");
        }
        Support back = function(name("minvfunc").orElseThrow(), taken);
        requireReturn(back, state, "inverse transition function " + String.join(".", name("minvfunc").orElseThrow()));
        if (forward.proc.strict() != back.proc.strict()) {
            throw invalid("strictness of aggregate's forward and inverse transition functions must match");
        }
        boolean extra = flag("mfinalfunc_extra");
        Optional<Support> last = name("mfinalfunc").map(n -> function(n, extra ? taken : List.of(state)));
        int movingResult = last.map(Support::result).orElse(state);
        if (movingResult != result) {
            throw invalid("moving-aggregate implementation returns type " + typeName(movingResult) + ", but plain implementation returns type "
                    + typeName(result));
        }
        text("minitcond").filter(text -> !Polymorphism.isPolymorphic(state)).ifPresent(text -> requireValue(text, state));
        aggregate.set("aggmtranstype", state).set("aggmtransfn", forward.proc.oid()).set("aggminvtransfn", back.proc.oid())
                .set("aggmfinalfn", last.map(l -> l.proc.oid()).orElse(0)).set("aggmfinalextra", extra)
                .set("aggmtransspace", text("msspace").map(Integer::valueOf).orElse(0));
        text("minitcond").ifPresent(text -> aggregate.set("aggminitval", text));
    }

    private void requireReturn(Support function, int state, String what) {
        if (function.result != state) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "return type of " + what + " is not " + typeName(state));
        }
    }

    private boolean flag(String name) {
        return options.containsKey(name) && OptionValues.flag(options.get(name)).orElse(false);
    }

    private Optional<String> text(String... names) {
        return option(names).flatMap(OptionValues::text);
    }

    private Optional<DefElem> option(String... names) {
        for (String name : names) {
            if (options.containsKey(name)) {
                return Optional.of(options.get(name));
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> name(String... names) {
        return option(names).filter(o -> o.value().isPresent()).map(OptionValues::names);
    }

    private Optional<TypeName> type(String... names) {
        return option(names).filter(o -> o.value().isPresent()).map(OptionValues::type);
    }

    private List<Integer> arguments(Define d) {
        if (d.oldStyle()) {
            String base = text("basetype").orElseThrow(() -> invalid("aggregate input type must be specified"));
            boolean any = base.equalsIgnoreCase("any") || base.equals("*");
            return any ? List.of() : List.of(Names.type(type("basetype").orElseThrow(), context.analysis()).type());
        }
        if (d.arguments().stream().anyMatch(a -> a.mode() == Mode.VARIADIC)) {
            throw SqlError.notSupported("variadic aggregates of users are not supported");
        }
        return d.arguments().stream().map(a -> Names.type(a.type(), context.analysis()).type()).toList();
    }

    private void requireState(int state, List<Integer> arguments) {
        boolean pseudo = context.catalog().type(state).map(t -> t.kind() == 'p').orElse(false);
        if (Polymorphism.isPolymorphic(state) && arguments.stream().noneMatch(Polymorphism::isPolymorphic)) {
            throw invalid("cannot determine transition data type").detail("A result of type " + typeName(state)
                    + " requires at least one input of type anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange.");
        }
        boolean may = Polymorphism.isPolymorphic(state) || state == Oids.INTERNAL && context.currentRole().superuser();
        if (pseudo && !may) {
            throw invalid("aggregate transition data type cannot be " + typeName(state));
        }
    }

    private void requireValue(String text, int type) {
        var codec = context.catalog().codec(type);
        codec.parse(Slice.of(text), -1, context.analysis().types(), Vector.of(codec.carrier(), 1), 0);
    }

    private static List<Integer> with(int first, List<Integer> rest) {
        List<Integer> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private String typeName(int type) {
        return RegNames.typeName(type, -1, context.analysis());
    }

    /** The function of a name for these arguments: one of exactly these types, or a polymorphic one. */
    private Support function(List<String> name, List<Integer> types) {
        List<Integer> places = name.size() > 1 ? List.of(new Namespaces(context).named(name.get(name.size() - 2))) : context.analysis().searchPath();
        List<ProcRow> visible = context.catalog().functions(name.getLast()).stream()
                .filter(f -> f.kind() == 'f' && places.contains(f.namespace()) && f.argTypes().size() == types.size()).toList();
        Support found = visible.stream().filter(f -> f.argTypes().equals(types)).findFirst().map(f -> new Support(f, f.returnType()))
                .or(() -> visible.stream().flatMap(f -> polymorphic(f, types).stream()).findFirst())
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION, "function " + String.join(".", name) + "("
                        + String.join(", ", types.stream().map(this::typeName).toList()) + ") does not exist"));
        if (found.proc.returnsSet()) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "function " + RegNames.signature(found.proc, context.analysis()) + " returns a set");
        }
        needed.add(found.proc.oid());
        return found;
    }

    /** A function for elements and arrays of whatever type, as one for these. */
    private Optional<Support> polymorphic(ProcRow f, List<Integer> types) {
        int element = 0;
        for (int i = 0; i < types.size(); i++) {
            int declared = f.argTypes().get(i);
            boolean array = declared == Oids.ANYARRAY || declared == Oids.ANYCOMPATIBLEARRAY;
            boolean single = declared == Oids.ANYELEMENT || declared == Oids.ANYCOMPATIBLE;
            int meant = array ? context.catalog().type(types.get(i)).filter(t -> t.trueArray()).map(t -> t.element()).orElse(0) : types.get(i);
            boolean fits = array || single ? meant != 0 && !Polymorphism.isPolymorphic(meant) && (element == 0 || element == meant)
                    : declared == types.get(i);
            if (!fits) {
                return Optional.empty();
            }
            element = array || single ? meant : element;
        }
        int result = f.returnType();
        boolean array = result == Oids.ANYARRAY || result == Oids.ANYCOMPATIBLEARRAY;
        boolean single = result == Oids.ANYELEMENT || result == Oids.ANYCOMPATIBLE;
        int of = element;
        return Optional.of(new Support(f, array ? context.catalog().type(of).map(t -> t.array()).orElse(0) : single ? of : result));
    }

    private void write(Define d, int namespace, List<Integer> arguments, int result, CatalogValues aggregate) {
        String name = d.name().getLast();
        Optional<ProcRow> old = context.catalog().functions(name).stream().filter(f -> f.namespace() == namespace && f.argTypes().equals(arguments))
                .findFirst();
        if (old.isPresent() && !d.replace()) {
            throw new SqlError(SqlState.DUPLICATE_FUNCTION, "function \"" + name + "\" already exists with same argument types");
        }
        old.ifPresent(o -> requireReplaceable(o, result));
        int owner = old.map(ProcRow::owner).orElse(context.currentRole().oid());
        int oid = old.map(ProcRow::oid).orElseGet(context::newOid);
        Optional<CatalogRow> stored = old.flatMap(o -> context.catalog().row("pg_proc", 2690, o.oid()));
        // prosrc is what PostgreSQL itself writes for every aggregate: an aggregate has no body, its functions stand in pg_aggregate.
        CatalogValues proc = new CatalogValues("pg_proc").set("oid", oid).set("proname", name).set("pronamespace", namespace).set("proowner", owner)
                .set("prolang", 12).set("procost", 1.0).set("prorows", 0.0).set("prokind", 'a').set("provolatile", 'i')
                .set("proparallel", text("parallel").map(p -> p.charAt(0)).orElse('u')).set("pronargs", arguments.size()).set("prorettype", result)
                .set("proargtypes", CatalogValues.vector(Oids.OID, arguments)).set("prosrc", "aggregate_dummy")
                .zero("provariadic", "prosupport", "pronargdefaults").no("prosecdef", "proleakproof", "proisstrict", "proretset")
                .set("proacl", stored.map(s -> s.get("proacl")).orElseGet(() -> new DefaultPrivileges(context).forNew(AclKind.FUNCTION, owner, namespace)));
        aggregate.set("aggfnoid", oid);
        Ref self = new Ref(Dependencies.PROC, oid, 0);
        Dependencies depend = new Dependencies(context);
        if (stored.isPresent()) {
            context.writer().update(stored.get(), proc.row());
            context.catalog().row("pg_aggregate", 2650, oid).ifPresent(row -> context.writer().update(row, aggregate.row()));
            depend.forget(self);
        } else {
            context.writer().insert("pg_proc", proc.row());
            context.writer().insert("pg_aggregate", aggregate.row());
        }
        depend.normal(self, new Ref(Dependencies.NAMESPACE, namespace, 0));
        with(result, arguments).stream().distinct().forEach(t -> depend.normal(self, new Ref(Dependencies.TYPE, t, 0)));
        needed.forEach(f -> depend.normal(self, new Ref(Dependencies.PROC, f, 0)));
    }

    private void requireReplaceable(ProcRow old, int result) {
        context.requireOwner(old.owner(), "aggregate", old.name());
        if (old.kind() != 'a') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot change routine kind").detail("\"" + old.name() + "\" is "
                    + ObjectLookup.article(Routines.word(old)) + ".");
        }
        if (old.returnType() != result) {
            throw invalid("cannot change return type of existing function").hint("Use DROP AGGREGATE " + RegNames.signature(old, context.analysis())
                    + " first.");
        }
    }
}
