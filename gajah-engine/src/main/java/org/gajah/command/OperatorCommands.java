package org.gajah.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.TypeName;
import org.gajah.ast.TypeStatement.AlterOperator;
import org.gajah.ast.TypeStatement.Define;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.Oids;
import org.gajah.type.Privilege;

/**
 * CREATE, ALTER and DROP OPERATOR: rows of pg_operator. What is said about estimates, hashing and merging is kept and not used: plans use what they know
 * of the operators of families.
 */
final class OperatorCommands {
    private static final Set<String> KNOWN = Set.of("leftarg", "rightarg", "function", "procedure", "commutator", "negator", "restrict", "join", "hashes",
            "merges", "sort1", "sort2", "ltcmp", "gtcmp");
    private static final Set<String> FIXED = Set.of("leftarg", "rightarg", "function", "procedure");
    private static final Set<String> MERGING = Set.of("merges", "sort1", "sort2", "ltcmp", "gtcmp");
    private static final List<Integer> RESTRICT_TYPES = List.of(Oids.INTERNAL, Oids.OID, Oids.INTERNAL, Oids.INT4);
    private static final List<Integer> JOIN_TYPES = List.of(Oids.INTERNAL, Oids.OID, Oids.INTERNAL, Oids.INT2, Oids.INTERNAL);

    private final CommandContext context;
    private final Map<String, DefElem> options = new HashMap<>();

    OperatorCommands(CommandContext context) {
        this.context = context;
    }

    private static SqlError invalid(String message) {
        return new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, message);
    }

    // ---- CREATE

    void create(Define d) {
        int namespace = namespace(d.name());
        for (DefElem option : d.options()) {
            if (KNOWN.contains(option.name())) {
                options.put(option.name(), option);
            } else {
                context.message("WARNING", new SqlError(SqlState.SYNTAX_ERROR, "operator attribute \"" + option.name() + "\" not recognized"));
            }
        }
        int left = operand("leftarg");
        int right = operand("rightarg");
        List<String> function = names("function").or(() -> names("procedure")).orElseThrow(() -> invalid("operator function must be specified"));
        if (right == 0) {
            throw left == 0 ? invalid("operator argument types must be specified")
                    : invalid("operator right argument type must be specified").detail("Postfix operators are not supported.");
        }
        ProcRow code = function(function, left == 0 ? List.of(right) : List.of(left, right));
        requireExecute(code);
        int restrict = names("restrict").map(n -> estimator(n, "restriction", RESTRICT_TYPES)).orElse(0);
        int join = names("join").map(n -> estimator(n, "join", JOIN_TYPES)).orElse(0);
        boolean merges = options.keySet().stream().anyMatch(o -> MERGING.contains(o) && (!o.equals("merges") || flag(o)));
        requireSense(left != 0, code.returnType() == Oids.BOOL, options.containsKey("commutator"), options.containsKey("negator"), restrict != 0, join != 0,
                merges, flag("hashes"));
        OperatorLinks links = new OperatorLinks(context, new OperatorLinks.Signature(d.name().getLast(), namespace, left, right));
        CatalogValues values = links.row(context.currentRole().oid()).set("oprcanmerge", merges).set("oprcanhash", flag("hashes"))
                .set("oprresult", code.returnType()).set("oprcode", code.oid()).set("oprrest", restrict).set("oprjoin", join);
        write(values, links, names("commutator"), names("negator"));
        context.changed();
    }

    private void write(CatalogValues values, OperatorLinks links, Optional<List<String>> commutator, Optional<List<String>> negator) {
        Optional<CatalogRow> shell = links.own();
        shell.ifPresent(row -> {
            if (row.number("oprcode") != 0) {
                throw new SqlError(SqlState.DUPLICATE_FUNCTION, "operator " + links.name() + " already exists");
            }
            context.requireOwner(row.number("oprowner"), "operator", links.name());
        });
        int oid = shell.map(row -> row.number("oid")).orElseGet(context::newOid);
        int com = commutator.map(n -> links.commutator(n, oid)).orElse(0);
        int neg = negator.map(n -> links.negator(n, oid)).orElse(0);
        values.set("oid", oid).set("oprcom", com).set("oprnegate", neg);
        Ref self = new Ref(Dependencies.OPERATOR, oid, 0);
        if (shell.isPresent()) {
            context.writer().update(context.catalog().row("pg_operator", 2688, oid).orElseThrow(), values.row());
            new Dependencies(context).forget(self);
        } else {
            context.writer().insert("pg_operator", values.row());
        }
        context.changed();
        links.depend(oid);
        links.point(oid, com, neg);
    }

    private int namespace(List<String> name) {
        int namespace = name.size() == 1 ? context.creationNamespace() : new Namespaces(context).named(name.get(name.size() - 2));
        context.requireCreate(namespace);
        return namespace;
    }

    private int operand(String option) {
        Optional<DefElem> given = Optional.ofNullable(options.get(option));
        if (given.isEmpty() || OptionValues.isNone(given.get())) {
            return 0;
        }
        TypeName type = OptionValues.type(given.get());
        if (type.setOf()) {
            throw invalid("SETOF type not allowed for operator argument");
        }
        return new ObjectLookup(context).typeRow(type).oid();
    }

    private Optional<List<String>> names(String option) {
        return Optional.ofNullable(options.get(option)).filter(o -> !OptionValues.isNone(o)).map(OptionValues::names);
    }

    private boolean flag(String option) {
        return options.containsKey(option) && OptionValues.flag(options.get(option))
                .orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, option + " requires a Boolean value"));
    }

    /** The function of a name for exactly these types. */
    private ProcRow function(List<String> name, List<Integer> types) {
        return OperatorLinks.places(context, name).stream().flatMap(place -> context.catalog().functions(name.getLast()).stream()
                .filter(f -> f.namespace() == place && f.argTypes().equals(types))).findFirst()
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION, "function " + String.join(".", name) + "("
                        + String.join(", ", types.stream().map(t -> RegNames.typeName(t, -1, context.analysis())).toList()) + ") does not exist"));
    }

    private void requireExecute(ProcRow function) {
        CatalogRow row = context.catalog().row("pg_proc", 2690, function.oid()).orElseThrow();
        if ((context.rights().held(context.currentRole().oid(), AclKind.FUNCTION, row) & Privilege.EXECUTE.bit()) == 0) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for function " + function.name());
        }
    }

    private int estimator(List<String> name, String kind, List<Integer> types) {
        ProcRow found = function(name, types);
        if (found.returnType() != Oids.FLOAT8) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, kind + " estimator function " + String.join(".", name) + " must return type double precision");
        }
        requireExecute(found);
        return found.oid();
    }

    private static void requireSense(boolean binary, boolean bool, boolean commutator, boolean negator, boolean restrict, boolean join, boolean merges,
            boolean hashes) {
        require(binary || !commutator, "binary", "have commutators");
        require(binary || !join, "binary", "have join selectivity");
        require(binary || !merges, "binary", "merge join");
        require(binary || !hashes, "binary", "hash");
        require(bool || !negator, "boolean", "have negators");
        require(bool || !restrict, "boolean", "have restriction selectivity");
        require(bool || !join, "boolean", "have join selectivity");
        require(bool || !merges, "boolean", "merge join");
        require(bool || !hashes, "boolean", "hash");
    }

    private static void require(boolean holds, String which, String what) {
        if (!holds) {
            throw invalid("only " + which + " operators can " + what);
        }
    }

    // ---- ALTER

    void alter(AlterOperator a) {
        ObjectLookup.Found found = find(a.operator());
        for (DefElem option : a.options()) {
            boolean flag = option.name().equals("merges") || option.name().equals("hashes");
            if (!flag && !OptionValues.isNone(option)) {
                OptionValues.names(option);
            }
            if (FIXED.contains(option.name())) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "operator attribute \"" + option.name() + "\" cannot be changed");
            } else if (!KNOWN.contains(option.name()) || MERGING.contains(option.name()) && !flag) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "operator attribute \"" + option.name() + "\" not recognized");
            }
            options.put(option.name(), option);
        }
        context.requireOwner(found.owner(), "operator", found.name());
        CatalogRow row = context.catalog().row("pg_operator", 2688, found.ref().oid()).orElseThrow();
        int restrict = names("restrict").map(n -> estimator(n, "restriction", RESTRICT_TYPES)).orElse(0);
        int join = names("join").map(n -> estimator(n, "join", JOIN_TYPES)).orElse(0);
        OperatorLinks links = new OperatorLinks(context, OperatorLinks.Signature.of(row));
        int com = names("commutator").map(n -> links.commutator(n, found.ref().oid())).orElse(0);
        int neg = names("negator").map(n -> links.negator(n, found.ref().oid())).orElse(0);
        requireUnset("commutator", com, row.number("oprcom"));
        requireUnset("negator", neg, row.number("oprnegate"));
        requireUnset("merges", row.flag("oprcanmerge"));
        requireUnset("hashes", row.flag("oprcanhash"));
        requireSense(row.number("oprleft") != 0, row.number("oprresult") == Oids.BOOL, com != 0, neg != 0, restrict != 0, join != 0, flag("merges"),
                flag("hashes"));
        CatalogRow now = context.catalog().row("pg_operator", 2688, found.ref().oid()).orElseThrow();
        context.writer().update(now, now.with("oprrest", options.containsKey("restrict") ? restrict : row.number("oprrest"),
                "oprjoin", options.containsKey("join") ? join : row.number("oprjoin"), "oprcom", com != 0 ? com : row.number("oprcom"),
                "oprnegate", neg != 0 ? neg : row.number("oprnegate"), "oprcanmerge", row.flag("oprcanmerge") || flag("merges"),
                "oprcanhash", row.flag("oprcanhash") || flag("hashes")));
        context.changed();
        new Dependencies(context).forget(found.ref());
        links.depend(found.ref().oid());
        links.point(found.ref().oid(), com, neg);
        context.changed();
    }

    private static SqlError alreadySet(String option) {
        return invalid("operator attribute \"" + option + "\" cannot be changed if it has already been set");
    }

    private static void requireUnset(String option, int wanted, int there) {
        if (wanted != 0 && there != 0 && wanted != there) {
            throw alreadySet(option);
        }
    }

    private void requireUnset(String option, boolean there) {
        if (there && options.containsKey(option) && !flag(option)) {
            throw alreadySet(option);
        }
    }

    // ---- looking up, dropping

    /** The operator that DROP, ALTER and COMMENT name. */
    ObjectLookup.Found find(ObjectRef.OfOperator o) {
        if (o.right().isEmpty()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "postfix operators are not supported");
        }
        ObjectLookup lookup = new ObjectLookup(context);
        int left = o.left().map(t -> lookup.typeRow(t).oid()).orElse(0);
        int right = lookup.typeRow(o.right().get()).oid();
        CatalogRow row = OperatorLinks.lookup(context, o.name(), left, right).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_FUNCTION,
                "operator does not exist: " + o.left().map(t -> RegNames.typeName(left, -1, context.analysis()) + " ").orElse("") + String.join(".", o.name())
                        + " " + RegNames.typeName(right, -1, context.analysis())));
        return new ObjectLookup.Found(new Ref(Dependencies.OPERATOR, row.number("oid"), 0), row.number("oprowner"), "operator", row.text("oprname"));
    }

    /** Takes the row away; operators that it is the commutator or negator of have none any more. */
    void drop(int oid) {
        CatalogRow row = context.catalog().row("pg_operator", 2688, oid).orElseThrow();
        OperatorLinks.release(context, oid, row.number("oprcom"), row.number("oprnegate"));
        context.catalog().row("pg_operator", 2688, oid).ifPresent(context.writer()::delete);
    }

    /** ALTER OPERATOR ... OWNER TO. */
    void giveTo(ObjectRef.OfOperator o, int owner) {
        ObjectLookup.Found found = find(o);
        if (found.owner() != owner) {
            context.requireOwner(found.owner(), "operator", found.name());
            CatalogRow row = context.catalog().row("pg_operator", 2688, found.ref().oid()).orElseThrow();
            new Owners(context).requireMay(owner, row.number("oprnamespace"));
            context.writer().update(row, row.with("oprowner", owner));
        }
    }

    /** ALTER OPERATOR ... SET SCHEMA, to a schema that may be written. */
    void move(ObjectLookup.Found found, int namespace) {
        CatalogRow row = context.catalog().row("pg_operator", 2688, found.ref().oid()).orElseThrow();
        int left = row.number("oprleft");
        int right = row.number("oprright");
        if (context.catalog().row("pg_operator", 2689, row.get("oprname"), left, right, namespace).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_FUNCTION, "operator " + found.name() + " already exists in schema \""
                    + context.catalog().schema(namespace).map(SchemaRow::name).orElse("") + "\"");
        }
        context.writer().update(row, row.with("oprnamespace", namespace));
    }
}
