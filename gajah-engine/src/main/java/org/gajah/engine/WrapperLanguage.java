package org.gajah.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignFunction;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.base.Slice;
import org.gajah.catalog.Trigger;
import org.gajah.exec.TriggerCall;
import org.gajah.foreign.ForeignWrappers;
import org.gajah.func.CallContext;
import org.gajah.spi.Language;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiSession;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;
import org.gajah.vector.Vector;

/**
 * LANGUAGE c: the functions that the scripts of foreign-data wrappers declare, those of the wrapper and {@code check_routine_mapping}. One that returns trigger stands on the wrapper's table of
 * routine mappings: it checks rows and makes plans look at the table again.
 */
final class WrapperLanguage implements Language {
    private static final String CHECK = "check_routine_mapping";
    private static final String LIBRARY = "$libdir/";

    private final SessionImpl session;

    WrapperLanguage(SessionImpl session) {
        this.session = session;
    }

    private static SqlError unknown(String symbol) {
        return SqlError.notSupported("function \"" + symbol + "\" of language \"c\" is not supported");
    }

    @Override
    public RoutineBody compile(RoutineDefinition definition, SpiSession spi) {
        String symbol = definition.proc().source();
        String library = spi.catalog().row("pg_proc", 2690, definition.proc().oid()).flatMap(r -> r.textIfAny("probin")).orElse("");
        ForeignWrapper wrapper = ForeignWrappers.named(library.startsWith(LIBRARY) ? library.substring(LIBRARY.length()) : library)
                .orElseThrow(() -> unknown(symbol));
        if (definition.resultType() == Oids.TRIGGER) {
            return call -> fire(wrapper, call.trigger().orElseThrow(() -> SqlError.notSupported("trigger functions can only be called as triggers")));
        }
        if (symbol.equals(CHECK)) {
            return call -> new MappingCheck(session, call.session()).rows(call.arguments());
        }
        ForeignFunction function = wrapper.function(symbol).orElseThrow(() -> unknown(symbol));
        List<CallContext.Column> columns = !definition.outputs().isEmpty() ? definition.outputs()
                : definition.columns().isEmpty() ? List.of(new CallContext.Column("", definition.resultType(), -1)) : definition.columns();
        boolean set = definition.proc().returnsSet();
        return call -> {
            Iterator<List<Optional<String>>> rows = function.call(new WrapperCall(session, wrapper, definition.argTypes(), columns, call.arguments()));
            return set ? new Rows(rows, columns) : definition.resultType() == Oids.VOID ? Slice.EMPTY : value(columns.getFirst(), rows.next().getFirst());
        };
    }

    /** The rows that a function gives, read as the types of its columns. */
    private final class Rows implements Iterator<Object> {
        private final Iterator<List<Optional<String>>> texts;
        private final List<CallContext.Column> columns;

        Rows(Iterator<List<Optional<String>>> texts, List<CallContext.Column> columns) {
            this.texts = texts;
            this.columns = columns;
        }

        @Override
        public boolean hasNext() {
            return texts.hasNext();
        }

        @Override
        public Object next() {
            List<Optional<String>> row = texts.next();
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(columns.get(i), i < row.size() ? row.get(i) : Optional.empty());
            }
            return values.length == 1 ? values[0] : values;
        }
    }

    private Object value(CallContext.Column column, Optional<String> text) {
        if (text.isEmpty()) {
            return null;
        }
        Vector one = Vector.of(session.context().catalog().codec(column.type()).carrier(), 1);
        session.context().catalog().inputCodec(column.type()).parse(Slice.of(text.get()), column.typmod(), session.context(), one, 0);
        return one.get(0);
    }

    private RecordValue fire(ForeignWrapper wrapper, TriggerCall call) {
        if (call.trigger().forEachRow() && call.trigger().timing() == Trigger.Timing.BEFORE) {
            call.newRow().ifPresent(row -> check(wrapper, row));
            return call.newRow().or(call::oldRow).orElse(null);
        }
        session.transactions().catalogsChanged();
        return null;
    }

    private void check(ForeignWrapper wrapper, RecordValue row) {
        if (row.fields()[0] instanceof Integer function) {
            List<String> texts = new ArrayList<>(RoutineMappings.texts(row.fields()[2]));
            texts.stream().filter(t -> t.indexOf('=') <= 0).findFirst().ifPresent(t -> {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid option of a routine mapping: \"" + t + "\"")
                        .detail("Options are written keyword=value.");
            });
            RoutineMappings mappings = new RoutineMappings(session);
            mappings.parameters(function).ifPresent(count -> wrapper.validateMapping(mappings.mapping(function, texts), count));
        }
    }

    @Override
    public void validate(RoutineDefinition definition, SpiSession spi) {
        compile(definition, spi);
    }

    @Override
    public void inline(String source, RoutineBody.Call call) {
        throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "language \"c\" does not support inline code execution");
    }
}
