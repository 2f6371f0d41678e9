package org.gajah.analyze;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

import org.gajah.base.Slice;

/** Whether two pieces of syntax are the same apart from where they stand. */
final class AstEquality {
    private AstEquality() {
    }

    static boolean same(Object x, Object y) {
        if (x instanceof Optional<?> a && y instanceof Optional<?> b) {
            return a.isPresent() == b.isPresent() && (a.isEmpty() || same(a.get(), b.get()));
        }
        if (x instanceof List<?> a && y instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (x instanceof Record && x.getClass() == y.getClass() && !(x instanceof Slice)) {
            return sameRecord(x, y);
        }
        return x.equals(y);
    }

    private static boolean sameRecord(Object x, Object y) {
        try {
            for (RecordComponent c : x.getClass().getRecordComponents()) {
                if (!c.getName().equals("location") && !same(c.getAccessor().invoke(x), c.getAccessor().invoke(y))) {
                    return false;
                }
            }
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
