package org.gajah.sqlroutine;

import org.gajah.analyze.Polymorphism;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.parse.Parser;
import org.gajah.spi.Language;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiSession;
import org.gajah.type.Oids;

/** LANGUAGE sql. */
public final class SqlLanguage implements Language {
    @Override
    public RoutineBody compile(RoutineDefinition definition, SpiSession session) {
        try {
            return new SqlBody(definition, session);
        } catch (SqlError e) {
            throw inside(e, definition).context("SQL function \"" + definition.proc().name() + "\" during startup");
        }
    }

    @Override
    public void validate(RoutineDefinition definition, SpiSession session) {
        if (definition.resultType() == Oids.TRIGGER || definition.resultType() == Oids.EVENT_TRIGGER) {
            throw new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "SQL functions cannot return type "
                    + (definition.resultType() == Oids.TRIGGER ? "trigger" : "event_trigger"));
        }
        boolean polymorphic = definition.argTypes().stream().anyMatch(Polymorphism::isPolymorphic);
        try {
            if (polymorphic) {
                Parser.parse(Slice.of(definition.proc().source()));
            } else {
                new SqlBody(definition, session).check(session);
            }
        } catch (SqlError e) {
            throw e.position() == 0 ? e.context("SQL function \"" + definition.proc().name() + "\"") : e;
        }
    }

    private static SqlError inside(SqlError e, RoutineDefinition definition) {
        return e.position() == 0 ? e : e.at(0).internal(e.position(), definition.proc().source());
    }

    @Override
    public void inline(String source, RoutineBody.Call call) {
        throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "language \"sql\" does not support inline code execution");
    }
}
