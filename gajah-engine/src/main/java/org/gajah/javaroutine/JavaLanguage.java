package org.gajah.javaroutine;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.catalog.ProcRow;
import org.gajah.spi.Language;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiSession;
import org.gajah.type.Oids;

/** LANGUAGE java, for one session. */
public final class JavaLanguage implements Language {
    private final JavaClasses classes;
    private final JavaSession host;

    /** With the classes of the cluster's routines. */
    public JavaLanguage(JavaClasses classes, SpiSession session) {
        this.classes = classes;
        this.host = new JavaSession(session);
    }

    /**
     * From another thread: takes the session away from its thread, if that is in code of a user's; it does not come back into the engine from there.
     * Whoever has it calls {@link #end} when the session is closed.
     */
    public boolean take(Thread thread) {
        return host.custody().take(thread);
    }

    /** The session that was taken is closed. */
    public void end() {
        host.custody().end();
    }

    /** What its client is told. */
    public static SqlError runaway() {
        return Custody.error();
    }

    @Override
    public RoutineBody compile(RoutineDefinition definition, SpiSession session) {
        if (definition.resultType() == Oids.TRIGGER && definition.trigger().isEmpty()) {
            throw SqlError.notSupported("trigger functions can only be called as triggers");
        }
        JavaClasses.Found found;
        try {
            found = classes.find(definition.proc(), session);
        } catch (SqlError e) {
            throw e.position() == 0 ? e : e.at(0).internal(e.position(), definition.proc().source());
        }
        JavaMethod method = JavaMethod.of(found, definition, host.types());
        JavaBody body = new JavaBody(definition, method, host, found);
        return definition.resultType() != Oids.EVENT_TRIGGER ? body : call -> {
            if (call.event().isEmpty()) {
                throw SqlError.notSupported("trigger functions can only be called as triggers");
            }
            return body.call(call);
        };
    }

    @Override
    public void validate(RoutineDefinition definition, SpiSession session) {
        JavaMethod.of(classes.find(definition.proc(), session), definition, host.types());
    }

    @Override
    public void inline(String source, RoutineBody.Call call) {
        ProcRow proc = new ProcRow(0, InlineSource.BLOCK, 11, 10, 0, 'p', false, false, false, false, 'v', 0, Oids.VOID, List.of(), List.of(),
                List.of(), List.of(), 0, Optional.empty(), InlineSource.ofBlock(source), Optional.empty(), 0, List.of());
        RoutineBody body;
        try {
            RoutineDefinition definition = RoutineDefinition.declared(proc);
            JavaClasses.Found found = classes.find(proc, call.session());
            body = new JavaBody(definition, JavaMethod.of(found, definition, host.types()), host, found);
        } catch (SqlError e) {
            throw e.position() == 0 ? e : e.at(Math.max(1, e.position() - InlineSource.BLOCK_START.length()));
        }
        body.call(call);
    }
}
