package org.gajah.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.catalog.ProcRow;
import org.gajah.exec.CallContexts;
import org.gajah.exec.ExecContext;
import org.gajah.exec.Routine;
import org.gajah.plpgsql.PlpgsqlLanguage;
import org.gajah.spi.Language;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiSession;
import org.gajah.spi.SpiView;
import org.gajah.sqlroutine.SqlLanguage;

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
        return session.transactions().catalog().row("pg_language", 2682, oid).filter(r -> r.text("lanname").equals("plpgsql")).map(r -> PLPGSQL);
    }

    /** A function for a place that calls it. */
    Routine routine(ProcRow proc, CallContexts.CallSite site) {
        RoutineDefinition definition = new RoutineDefinition(proc, List.copyOf(site.argumentTypes()), site.resultType(), site.columns());
        RoutineBody body = body(definition);
        return (arguments, caller) -> call(definition, body, arguments, caller);
    }

    /** Has the language check a function that is being created. */
    void validate(ProcRow function) {
        if (function.language() != INTERNAL) {
            try (InnerRun _ = new InnerRun(session)) {
                language(function.language()).validate(RoutineDefinition.declared(function), spi);
            }
        }
    }

    /** Runs a procedure for CALL; null, without running it, if it is strict and an argument is null. */
    Object call(ProcRow procedure, Object[] arguments, boolean atomic) {
        if (procedure.strict() && Arrays.asList(arguments).contains(null)) {
            return null;
        }
        RoutineDefinition definition = RoutineDefinition.declared(procedure);
        return run(definition, body(definition), new RoutineBody.Call(arguments, SpiView.Fresh.FRESH, atomic, spi));
    }

    /** Runs the text of DO. */
    void inline(int language, String source, boolean atomic) {
        try (InnerRun _ = new InnerRun(session)) {
            language(language).inline(source, new RoutineBody.Call(new Object[0], SpiView.Fresh.FRESH, atomic, spi));
        }
    }

    private RoutineBody body(RoutineDefinition definition) {
        RoutineBody known = ready.get(definition);
        if (known != null) {
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
        return run(definition, body, new RoutineBody.Call(arguments, view, true, spi));
    }

    /** Runs it under its own settings and, if it says so, with its owner's rights. */
    private Object run(RoutineDefinition definition, RoutineBody body, RoutineBody.Call call) {
        ProcRow proc = definition.proc();
        try (InnerRun _ = new InnerRun(session)) {
            if (!proc.securityDefiner() && proc.config().isEmpty()) {
                return body.call(call);
            }
            try (RoutineSurroundings _ = new RoutineSurroundings(session, proc)) {
                return body.call(call);
            }
        }
    }
}
