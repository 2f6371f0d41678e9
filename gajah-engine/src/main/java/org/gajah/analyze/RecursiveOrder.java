package org.gajah.analyze;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Select;
import org.gajah.ast.WithClause;

/** Which WITH queries mention which, and an order in which those mentioned come first. */
final class RecursiveOrder {
    private RecursiveOrder() {
    }

    static List<WithClause.CommonTableExpr> sorted(List<WithClause.CommonTableExpr> tables) {
        List<WithClause.CommonTableExpr> left = new ArrayList<>(tables);
        List<WithClause.CommonTableExpr> made = new ArrayList<>();
        while (!left.isEmpty()) {
            WithClause.CommonTableExpr next = left.stream().filter(t -> left.stream().noneMatch(o -> o != t
                    && mentions(t.query(), o.name()))).findFirst().orElseThrow(() -> SqlError.notSupported(
                            "mutual recursion between WITH items is not implemented").at(left.getFirst().location()));
            left.remove(next);
            made.add(next);
        }
        return made;
    }

    /** Whether a table of this bare name stands anywhere in the syntax, unless an inner WITH means another one. */
    static boolean mentions(Object node, String name) {
        return count(node, name) > 0;
    }

    static int count(Object node, String name) {
        return switch (node) {
            case RangeVar v -> v.schema().isEmpty() && v.relation().equals(name) ? 1 : 0;
            case Select s when shadows(s, name) -> s.with().orElseThrow().tables().stream().mapToInt(t -> t.name().equals(name) ? 0
                    : count(t.query(), name)).sum();
            case Optional<?> o -> o.map(x -> count(x, name)).orElse(0);
            case List<?> l -> l.stream().mapToInt(x -> count(x, name)).sum();
            case org.gajah.base.Slice ignored -> 0;
            case Record r -> fields(r, name);
            default -> 0;
        };
    }

    private static boolean shadows(Select s, String name) {
        return s.with().map(w -> w.tables().stream().anyMatch(t -> t.name().equals(name))).orElse(false);
    }

    private static int fields(Record r, String name) {
        int count = 0;
        try {
            for (RecordComponent c : r.getClass().getRecordComponents()) {
                if (!c.getType().isPrimitive()) {
                    count += count(c.getAccessor().invoke(r), name);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return count;
    }
}
