package org.gajah.javaroutine;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.EventTriggerData;
import org.gajah.api.spi.Spi;
import org.gajah.catalog.Trigger;
import org.gajah.func.CallContext;
import org.gajah.spi.BatchBody;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiSession;
import org.gajah.type.Oids;
import org.gajah.vector.Vector;

/** Calls a routine's method. */
final class JavaBody implements BatchBody {
    private final RoutineDefinition definition;
    private final JavaMethod method;
    private final JavaSession host;
    private final JavaClasses.Found found;
    private final Optional<BatchLoop> loop;
    private final List<CallContext.Column> outputs;

    JavaBody(RoutineDefinition definition, JavaMethod method, JavaSession host, JavaClasses.Found found) {
        this.definition = definition;
        this.method = method;
        this.host = host;
        this.found = found;
        this.loop = BatchLoop.of(definition, method, host.types());
        this.outputs = definition.outputs().isEmpty() ? definition.columns() : definition.outputs();
    }

    @Override
    public boolean stands(SpiSession session) {
        return found.stands(session);
    }

    @Override
    public boolean takesBatches() {
        return loop.isPresent();
    }

    @Override
    public void callEach(Call call, Vector[] arguments, Vector out, int[] rows, int count) {
        JavaSession.Running running = host.begin(call, Optional.empty());
        try (running) {
            loop.orElseThrow().run(arguments, out, rows, count);
            running.call().returned();
        } catch (Throwable t) {
            host.custody().check();
            throw Failures.of(t, method.name());
        } finally {
            running.call().end();
        }
    }

    @Override
    public Object call(Call call) {
        JavaSession.Running running = host.begin(call, call.trigger().map(t -> new FiredTrigger(t, host)));
        boolean goesOn = false;
        try (running) {
            Object result = invoke(call, running.call());
            running.call().returned();
            goesOn = definition.proc().returnsSet() && result != null;
            return definition.proc().returnsSet() ? set(result, running.call()) : value(result);
        } catch (Throwable t) {
            goesOn = false;
            host.custody().check();
            throw Failures.of(t, method.name());
        } finally {
            if (!goesOn) {
                running.call().end();
            }
        }
    }

    private Object invoke(Call call, JavaCall running) throws Throwable {
        int first = method.hasContext() ? 1 : 0;
        Object[] arguments = new Object[first + method.parameters().size()];
        if (method.context() == Spi.class) {
            arguments[0] = running.innermost();
        } else if (method.context() == EventTriggerData.class) {
            arguments[0] = running.event()
                    .orElseThrow(() -> SqlError.notSupported("a method that takes EventTriggerData is an event trigger's"));
        } else if (method.hasContext()) {
            arguments[0] = running.trigger().orElseThrow(() -> SqlError.notSupported("a method that takes TriggerData is a trigger's"));
        }
        for (int i = first; i < arguments.length; i++) {
            Class<?> wanted = method.parameters().get(i - first);
            Object argument = host.types().toJava(call.arguments()[i - first], definition.argTypes().get(i - first), wanted);
            if (argument == null && wanted.isPrimitive()) {
                throw nullForPrimitive(wanted);
            }
            arguments[i] = argument;
        }
        if (method.state().isEmpty()) {
            return method.generic().invokeExact(arguments);
        }
        if (arguments[0] == null) {
            arguments[0] = method.state().get().invokeExact();
        }
        Object result = method.generic().invokeExact(arguments);
        return definition.resultType() == Oids.INTERNAL && method.method().getReturnType() == void.class ? arguments[0] : result;
    }

    static SqlError nullForPrimitive(Class<?> wanted) {
        return new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "null cannot be handed over as a Java " + wanted)
                .hint("Declare the function STRICT, or the parameter as " + JavaTypes.boxed(wanted).getSimpleName() + ".");
    }

    private Object set(Object result, JavaCall running) {
        return result == null ? List.of().iterator() : new SetRows(this, result, running, method.name());
    }

    /** What the method gave, as the routine's result; also each element of a set. */
    Object value(Object result) {
        int type = definition.resultType();
        if (type == Oids.EVENT_TRIGGER) {
            return null;
        }
        if (result == null && !(type == Oids.RECORD && definition.proc().kind() == 'p')) {
            return host.types().isRow(type) || type == Oids.VOID || type == Oids.TRIGGER ? null : host.types().toDatum(null, type);
        }
        if (type == Oids.VOID) {
            return null;
        }
        if (definition.trigger().isPresent()) {
            return row(result);
        }
        if (type != Oids.RECORD) {
            return host.types().toDatum(result, type);
        }
        if (outputs.isEmpty()) {
            return host.types().rows().toDatum(result, type).orElseThrow(() -> host.types().cannot(result, type));
        }
        Object[] fields = outputs.size() == 1 && !(result instanceof Object[]) ? new Object[] {result}
                : host.types().rows().fields(result).orElseThrow(() -> host.types().cannot(result, type));
        return host.types().rows().record(type, outputs, fields);
    }

    /** What a trigger's function gave; of no account unless the trigger is one of rows. */
    private Object row(Object result) {
        Trigger trigger = definition.trigger().orElseThrow();
        if (!trigger.forEachRow()) {
            return null;
        }
        int type = host.session().catalog().relation(trigger.relation()).orElseThrow().rowType();
        Object[] fields = host.types().rows().fields(result).orElseThrow(() -> host.types().cannot(result, type));
        return host.types().rows().record(type, definition.columns(), fields);
    }

    JavaSession host() {
        return host;
    }
}
