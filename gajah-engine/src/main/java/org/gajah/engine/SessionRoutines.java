package org.gajah.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.gajah.analyze.Definitions;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.command.BodyErrors;
import org.gajah.exec.BatchRoutine;
import org.gajah.exec.CallContexts;
import org.gajah.exec.EventCall;
import org.gajah.exec.ExecContext;
import org.gajah.exec.Routine;
import org.gajah.exec.StoredRows;
import org.gajah.exec.TriggerCall;
import org.gajah.javaroutine.JavaLanguage;
import org.gajah.plpgsql.PlpgsqlLanguage;
import org.gajah.spi.BatchBody;
import org.gajah.spi.Language;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;
import org.gajah.spi.SpiView;
import org.gajah.sqlroutine.SqlLanguage;
import org.gajah.type.RecordValue;
import org.gajah.vector.Vector;

/** The functions that a session has called, ready for further calls, and how deep in them it is. */
final class SessionRoutines {
    private static final int MAX_KEPT = 1000;
    private static final int INTERNAL = 12;
    private static final int SQL = 14;
    private static final Language SQL_LANGUAGE = new SqlLanguage();
    private static final Language PLPGSQL = new PlpgsqlLanguage();

    private final SessionImpl session;
    private final SpiSession spi;
    private final Map<RoutineDefinition, RoutineBody> ready = new HashMap<>();
    private int depth;
    private UnaryOperator<SqlError> placing = UnaryOperator.identity();
    private boolean nextMayEnd;
    private volatile Optional<JavaLanguage> java = Optional.empty();
    private int triggerDepth;
    private Optional<TriggerCall> firing = Optional.empty();
    private Optional<NamedRows> named = Optional.empty();

    SessionRoutines(SessionImpl session) {
        this.session = session;
        this.spi = new SpiCalls(session);
    }

    /** Whether the running statement was sent by a routine. */
    boolean isInside() {
        return depth > 0;
    }

    void enter() {
        depth++;
    }

    void leave() {
        depth--;
    }

    /** After an error: nothing runs any more. */
    void abandon() {
        depth = 0;
        spi.stack().clear();
        nextMayEnd = false;
        triggerDepth = 0;
        firing = Optional.empty();
        named = Optional.empty();
    }

    /** The CALL or DO that runs next may end the transaction although a routine sends it. */
    void letNextEndTransaction() {
        nextMayEnd = true;
    }

    /** Whether the CALL or DO that begins must not end the transaction. */
    boolean isAtomic() {
        boolean may = nextMayEnd;
        nextMayEnd = false;
        return !may && session.runner().isInsideBlock();
    }

    SpiSession spi() {
        return spi;
    }

    /** The language of this oid; 0A000 if nobody knows it. */
    Language language(int oid) {
        return find(oid).orElseThrow(() -> {
            String name = session.transactions().catalog().row("pg_language", 2682, oid).map(r -> r.text("lanname")).orElse("?");
            return SqlError.notSupported("language \"" + name + "\" is not supported");
        });
    }

    private Optional<Language> find(int oid) {
        if (oid == SQL) {
            return Optional.of(SQL_LANGUAGE);
        }
        return session.transactions().catalog().row("pg_language", 2682, oid).flatMap(r -> switch (r.text("lanname")) {
            case "plpgsql" -> Optional.of(PLPGSQL);
            case "java" -> Optional.of(java());
            case "c" -> Optional.of(new WrapperLanguage(session));
            default -> Optional.empty();
        });
    }

    /** The language of Java routines, if the session has used it; from any thread. */
    Optional<JavaLanguage> javaIfUsed() {
        return java;
    }

    private Language java() {
        if (java.isEmpty()) {
            java = Optional.of(new JavaLanguage(session.instance().javaClasses(), spi));
        }
        return java.get();
    }

    /** A function for a place that calls it. */
    Routine routine(ProcRow proc, CallContexts.CallSite site) {
        ProcRow resolved = Definitions.resolved(proc, site.argumentTypes(), spi.analysis(SpiParameters.NONE));
        RoutineDefinition definition = new RoutineDefinition(resolved, List.copyOf(site.argumentTypes()), site.resultType(), site.columns());
        RoutineBody body = body(definition);
        return body instanceof BatchBody batch && batch.takesBatches() ? new ForBatches(definition, batch)
                : (arguments, caller) -> call(definition, body, arguments, caller);
    }

    /** A place that calls a function for many rows at once. */
    private final class ForBatches implements BatchRoutine {
        private static final Object[] NOTHING = new Object[0];

        private final RoutineDefinition definition;
        private final BatchBody body;

        ForBatches(RoutineDefinition definition, BatchBody body) {
            this.definition = definition;
            this.body = body;
        }

        @Override
        public Object call(Object[] arguments, ExecContext caller) {
            return SessionRoutines.this.call(definition, body, arguments, caller);
        }

        @Override
        public void callEach(Vector[] arguments, Vector out, int[] rows, int count, ExecContext caller) {
            RoutineBody call = each -> {
                body.callEach(each, arguments, out, rows, count);
                return null;
            };
            SessionRoutines.this.call(definition, call, NOTHING, caller);
        }
    }

    /** A trigger's function for that trigger. */
    TriggerCall.Function trigger(ProcRow proc, Trigger trigger) {
        RoutineDefinition definition = RoutineDefinition.of(proc, trigger,
                session.transactions().catalog().relation(trigger.relation()).orElseThrow());
        RoutineBody body = body(definition);
        return call -> fire(definition, body, call);
    }

    private RecordValue fire(RoutineDefinition definition, RoutineBody body, TriggerCall call) {
        triggerDepth++;
        try {
            return (RecordValue) run(definition, body,
                    new RoutineBody.Call(new Object[0], SpiView.Fresh.FRESH, true, spi, Optional.empty(), Optional.of(call)));
        } finally {
            triggerDepth--;
        }
    }

    /** Runs an event trigger's function. */
    void fire(ProcRow proc, EventCall event) {
        RoutineDefinition definition = RoutineDefinition.declared(proc);
        run(definition, body(definition), new RoutineBody.Call(new Object[0], SpiView.Fresh.FRESH, true, spi, Optional.empty(), Optional.empty(),
                Optional.of(event)));
    }

    /** Rows that the running routine has given names. */
    NamedRows named() {
        if (named.isEmpty()) {
            named = Optional.of(new NamedRows());
        }
        return named.get();
    }

    /** Whether there are tables that only the running routine knows. */
    boolean knowsRows() {
        return named.isPresent() || firing.filter(call -> call.oldTable().isPresent() || call.newTable().isPresent()).isPresent();
    }

    /** The table whose rows the running routine or the firing trigger knows by this name, if it does. */
    Optional<Relation> transitionTable(String name) {
        return named.flatMap(n -> n.relation(name)).or(() -> firing.filter(call -> call.trigger().oldTable().filter(name::equals).isPresent() || call.trigger().newTable().filter(name::equals).isPresent())
                .map(TriggerCall::relation));
    }

    /** Those rows. */
    StoredRows transitionRows(String name) {
        Optional<StoredRows> own = named.flatMap(n -> n.rows(name));
        if (own.isPresent()) {
            return own.get();
        }
        TriggerCall call = firing.orElseThrow();
        boolean isNew = call.trigger().newTable().filter(name::equals).isPresent();
        return (isNew ? call.newTable() : call.oldTable()).orElseThrow();
    }

    /** How many trigger functions run inside each other. */
    int triggerDepth() {
        return triggerDepth;
    }

    /** Has the language check a function that is being created. */
    void validate(ProcRow function, Slice statement) {
        if (function.language() != INTERNAL) {
            placing = e -> e.position() == 0 ? e : BodyErrors.placed(e, function.source(), statement);
            try (InnerRun _ = new InnerRun(session)) {
                language(function.language()).validate(RoutineDefinition.declared(function), spi);
            } finally {
                placing = UnaryOperator.identity();
            }
        }
    }

    /** What a language says of a function's text that is being looked at, with its place in the statement. */
    SqlError placed(SqlError message) {
        return placing.apply(message);
    }

    /** Runs a procedure for CALL; null, without running it, if it is strict and an argument is null. The types are the arguments'. */
    Object call(ProcRow procedure, List<Integer> types, Object[] arguments, boolean atomic) {
        if (procedure.strict() && Arrays.asList(arguments).contains(null)) {
            return null;
        }
        RoutineDefinition definition = new RoutineDefinition(procedure, types, procedure.returnType(), List.of());
        boolean keepsSurroundings = procedure.securityDefiner() || !procedure.config().isEmpty();
        return run(definition, body(definition), new RoutineBody.Call(arguments, SpiView.Fresh.FRESH, atomic || keepsSurroundings, spi));
    }

    /** Runs the text of DO. */
    void inline(int language, String source, boolean atomic) {
        try (InnerRun _ = new InnerRun(session)) {
            language(language).inline(source, new RoutineBody.Call(new Object[0], SpiView.Fresh.FRESH, atomic, spi));
        }
    }

    private RoutineBody body(RoutineDefinition definition) {
        RoutineBody known = ready.get(definition);
        if (known != null && known.stands(spi)) {
            return known;
        }
        RoutineBody body = language(definition.proc().language()).compile(definition, spi);
        if (ready.size() >= MAX_KEPT) {
            ready.clear();
        }
        ready.put(definition, body);
        return body;
    }

    private Object call(RoutineDefinition definition, RoutineBody body, Object[] arguments, ExecContext caller) {
        SpiView view = SpiView.of(definition.proc().volatility(), caller.snapshot());
        return run(definition, body, new RoutineBody.Call(arguments, view, true, spi, Optional.of(caller.snapshot()), Optional.empty()));
    }

    /** Runs it under its own settings and, if it says so, with its owner's rights. */
    private Object run(RoutineDefinition definition, RoutineBody body, RoutineBody.Call call) {
        ProcRow proc = definition.proc();
        if (depth > 0 && !StackGuard.hasRoom()) {
            throw new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
        }
        session.transactions().settle();
        Optional<TriggerCall> outer = firing;
        Optional<NamedRows> outerRows = named;
        firing = call.trigger();
        named = Optional.empty();
        try (InnerRun _ = new InnerRun(session)) {
            if (!proc.securityDefiner() && proc.config().isEmpty()) {
                return body.call(call);
            }
            try (RoutineSurroundings _ = new RoutineSurroundings(session, proc)) {
                return body.call(call);
            }
        } finally {
            named.ifPresent(NamedRows::close);
            firing = outer;
            named = outerRows;
        }
    }
}
