package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FunctionStatement.CreateFunction;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.type.Privilege;

/** CREATE [OR REPLACE] FUNCTION and PROCEDURE: a row of pg_proc, checked by the language. */
final class CreateRoutine {
    private static final int INTERNAL = 12;
    private static final int C = 13;
    private static final int SQL = 14;
    private static final int CHAR_TYPE = 18;
    private static final int BY_SIGNATURE = 2691;

    private final CommandContext context;
    private final Optional<String> library;

    CreateRoutine(CommandContext context) {
        this(context, Optional.empty());
    }

    /** With the library that an extension's functions in C say they are in: they are ours by their name. */
    CreateRoutine(CommandContext context, Optional<String> library) {
        this.context = context;
        this.library = library;
    }

    String run(CreateFunction c) {
        String tag = c.procedure() ? "CREATE PROCEDURE" : "CREATE FUNCTION";
        context.requireWritable(tag);
        int namespace = c.name().size() == 1 ? context.creationNamespace() : new Namespaces(context).named(c.name().get(c.name().size() - 2));
        context.requireCreate(namespace);
        RoutineOptions options = RoutineOptions.read(c.options(), c.procedure());
        CatalogRow language = language(c, options);
        RoutineParameters parameters = RoutineParameters.read(c.parameters(), c.procedure(), context);
        int result = parameters.resultType(c.returnType());
        boolean set = c.returnType().map(t -> t.setOf()).orElse(false);
        requireSensible(c, options, set);
        if (result == Oids.INTERNAL) {
            requireInternal(parameters, language);
        }
        Optional<UnquotedBody> body = c.body().map(b -> UnquotedBody.of(b, c, parameters, context));
        CatalogValues row = values(c, parameters, options, language);
        row.set("prorettype", result).set("proretset", set).set("pronamespace", namespace)
                .set("prorows", set ? (double) options.rows.orElse(1000f) : 0.0);
        body.ifPresent(b -> row.set("prosqlbody", b.text()));
        int oid = write(c, row, parameters, namespace);
        dependencies(oid, namespace, language, parameters, result);
        body.ifPresent(b -> b.needs().forEach(needed -> new Dependencies(context).normal(new Ref(Dependencies.PROC, oid, 0), needed)));
        context.changed();
        if (context.settings().isOn("check_function_bodies") && library.isEmpty()) {
            ProcRow made = context.catalog().function(oid).orElseThrow();
            try {
                context.validate(made);
            } catch (SqlError e) {
                throw BodyErrors.placed(e, made.source(), context.statementText());
            }
        }
        return tag;
    }

    private CatalogRow language(CreateFunction c, RoutineOptions options) {
        if (options.language.isEmpty() && c.body().isEmpty()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "no language specified");
        }
        String name = options.language.orElse("sql");
        CatalogRow language = context.catalog().row("pg_language", 2681, Slice.of(name)).orElseThrow(() -> new SqlError(
                SqlState.UNDEFINED_OBJECT, "language \"" + name + "\" does not exist"));
        boolean trusted = language.flag("lanpltrusted");
        boolean may = trusted ? (context.rights().held(context.currentRole().oid(), AclKind.LANGUAGE, language) & Privilege.USAGE.bit()) != 0
                : context.currentRole().superuser();
        if (!may) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for language " + name);
        }
        boolean superuserOnly = options.leakproof.orElse(false) && !context.currentRole().superuser();
        if (superuserOnly) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "only superuser can define a leakproof function");
        }
        if (c.body().isPresent() && language.number("oid") != SQL) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "inline SQL function body only valid for language SQL");
        }
        if (c.body().isPresent() && options.body.isPresent()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "duplicate function body specified");
        }
        return language;
    }

    private static void requireSensible(CreateFunction c, RoutineOptions options, boolean set) {
        if (options.body.isEmpty() && c.body().isEmpty()) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "no function body specified");
        }
        if (options.rows.isPresent() && !set) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "ROWS is not applicable when function does not return a set");
        }
        if (options.window.orElse(false)) {
            throw SqlError.notSupported("window functions written by users are not supported");
        }
    }

    /** Only what has one of these can give one: the state of an aggregate. */
    private static void requireInternal(RoutineParameters parameters, CatalogRow language) {
        if (!parameters.inputs.contains(Oids.INTERNAL)) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "unsafe use of pseudo-type \"internal\"")
                    .detail("A result of type internal requires at least one input of type internal.");
        }
        if (!language.text("lanname").equals("java")) {
            throw SqlError.notSupported("functions that return internal are not supported");
        }
    }

    private CatalogValues values(CreateFunction c, RoutineParameters p, RoutineOptions o, CatalogRow language) {
        int lang = language.number("oid");
        List<String> body = o.body.orElse(List.of(""));
        if (body.size() > 1 && lang != C) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "only one AS item needed for language \"" + language.text("lanname") + "\"");
        }
        if (lang == C && library.isEmpty()) {
            throw SqlError.notSupported("language \"c\" is not supported");
        }
        String name = c.name().getLast();
        boolean named = body.getFirst().isEmpty() && lang == INTERNAL || lang == C;
        List<String> config = o.configure(List.of(), context);
        CatalogValues v = new CatalogValues("pg_proc").set("proname", name).set("proowner", context.currentRole().oid()).set("prolang", lang)
                .set("procost", (double) o.cost.orElse(lang == INTERNAL || lang == C ? 1f : 100f)).set("provariadic", p.variadic).zero("prosupport")
                .set("prokind", c.procedure() ? 'p' : 'f').set("prosecdef", o.definer.orElse(false))
                .set("proleakproof", o.leakproof.orElse(false)).set("proisstrict", o.strict.orElse(false))
                .set("provolatile", o.volatility.orElse('v')).set("proparallel", o.parallel.orElse('u'))
                .set("pronargs", p.inputs.size()).set("pronargdefaults", p.defaults.size())
                .set("proargtypes", CatalogValues.vector(Oids.OID, p.inputs)).set("prosrc", named ? symbol(body, name) : body.getFirst());
        library.filter(l -> lang == C).ifPresent(l -> v.set("probin", l));
        if (p.hasModes()) {
            v.set("proallargtypes", CatalogValues.array(Oids.OID, p.all)).set("proargmodes", letters(p));
        }
        if (p.hasNames()) {
            v.set("proargnames", CatalogValues.texts(p.names));
        }
        p.defaultText().ifPresent(text -> v.set("proargdefaults", text));
        if (!config.isEmpty()) {
            v.set("proconfig", CatalogValues.texts(config));
        }
        return v;
    }

    /** The name of a function in C within its library. */
    private static String symbol(List<String> body, String name) {
        return body.size() > 1 ? body.get(1) : name;
    }

    private static ArrayValue letters(RoutineParameters p) {
        return CatalogValues.array(CHAR_TYPE, p.modes.stream().map(m -> (int) RoutineParameters.letter(m)).toList());
    }

    /** Writes the row over the one of the same signature, if that may be; gives its oid. */
    private int write(CreateFunction c, CatalogValues row, RoutineParameters p, int namespace) {
        Optional<ProcRow> old = context.catalog().functions(c.name().getLast()).stream()
                .filter(f -> f.namespace() == namespace && f.argTypes().equals(p.inputs)).findFirst();
        if (old.isEmpty()) {
            int oid = context.newOid();
            int owner = context.currentRole().oid();
            context.writer().insert("pg_proc", row.set("oid", oid)
                    .set("proacl", new DefaultPrivileges(context).forNew(AclKind.FUNCTION, owner, namespace)).row());
            return oid;
        }
        ProcRow before = old.get();
        if (!c.replace()) {
            throw new SqlError(SqlState.DUPLICATE_FUNCTION, "function \"" + before.name() + "\" already exists with same argument types");
        }
        context.requireOwner(before.owner(), before.kind() == 'p' ? "procedure" : "function", before.name());
        new RoutineReplacement(before, context).require(row.row(), p);
        CatalogRow stored = context.catalog().row("pg_proc", 2690, before.oid()).orElseThrow();
        row.set("oid", before.oid()).set("proowner", before.owner()).set("proacl", stored.get("proacl"));
        context.writer().update(stored, row.row());
        new Dependencies(context).forget(new Ref(Dependencies.PROC, before.oid(), 0));
        return before.oid();
    }

    private void dependencies(int oid, int namespace, CatalogRow language, RoutineParameters p, int result) {
        Ref self = new Ref(Dependencies.PROC, oid, 0);
        Dependencies depend = new Dependencies(context);
        depend.normal(self, new Ref(Dependencies.NAMESPACE, namespace, 0));
        depend.normal(self, new Ref(Dependencies.LANGUAGE, language.number("oid"), 0));
        p.all.stream().distinct().forEach(t -> depend.normal(self, new Ref(Dependencies.TYPE, t, 0)));
        if (!p.all.contains(result)) {
            depend.normal(self, new Ref(Dependencies.TYPE, result, 0));
        }
        for (Expr e : p.defaults) {
            depend.ofExpression(self, e, 0);
        }
    }
}
