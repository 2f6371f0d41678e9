package org.gajah.javaroutine;

import java.util.Iterator;
import java.util.stream.BaseStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.exec.RowIterator;

/** The elements that a routine gives one by one; its call lasts until the last is taken or nobody wants more. */
final class SetRows implements RowIterator {
    private final JavaBody body;
    private final Object source;
    private final Iterator<?> elements;
    private final JavaCall call;
    private final String name;
    private boolean closed;

    SetRows(JavaBody body, Object source, JavaCall call, String name) {
        this.body = body;
        this.source = source;
        this.call = call;
        this.name = name;
        this.elements = switch (source) {
            case Iterator<?> i -> i;
            case Iterable<?> i -> i.iterator();
            case BaseStream<?, ?> s -> s.iterator();
            default -> throw new SqlError(SqlState.DATATYPE_MISMATCH, "a set-returning method gave a " + source.getClass().getTypeName());
        };
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            return false;
        }
        boolean more;
        try (JavaSession.Running _ = body.host().resume(call)) {
            more = elements.hasNext();
            call.returned();
        } catch (Throwable t) {
            call.end();
            throw Failures.of(t, name);
        }
        if (!more) {
            close();
        }
        return more;
    }

    @Override
    public Object next() {
        try (JavaSession.Running _ = body.host().resume(call)) {
            Object element = elements.next();
            call.returned();
            return body.value(element);
        } catch (Throwable t) {
            call.end();
            throw Failures.of(t, name);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (body.host().custody().isTaken()) {
            return;
        }
        try (JavaSession.Running _ = body.host().resume(call)) {
            for (Object part : new Object[] {source, elements}) {
                if (part instanceof AutoCloseable c) {
                    c.close();
                }
            }
        } catch (Throwable t) {
            throw Failures.of(t, name);
        } finally {
            call.end();
        }
    }
}
