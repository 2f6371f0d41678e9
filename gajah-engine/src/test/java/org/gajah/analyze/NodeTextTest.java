package org.gajah.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Oids;
import org.junit.jupiter.api.Test;

/** What is written can be read back, whatever node it is. */
class NodeTextTest {
    private static final BuiltInCatalog CATALOG = new BuiltInCatalog();
    private static final TestTypes TYPES = new TestTypes(CATALOG);

    /** An instance of a component's type, filled with whatever fits. */
    private static Object sample(Class<?> type, String name, int depth) throws ReflectiveOperationException {
        if (type == int.class) {
            return name.equals("location") ? 0 : 7 + name.length();
        } else if (type == boolean.class) {
            return name.length() % 2 == 0;
        } else if (type == char.class) {
            return 'n';
        } else if (type == String.class) {
            return "a \"quoted\\\" " + name;
        } else if (type.isEnum()) {
            return type.getEnumConstants()[type.getEnumConstants().length - 1];
        } else if (type == Optional.class) {
            return depth % 2 == 0 ? Optional.of(constant()) : Optional.empty();
        } else if (type == List.class) {
            return depth % 2 == 0 && !NodeShapes.UNKEPT.contains(name) ? List.of(1, 2) : List.of();
        } else if (type == Expr.class) {
            return constant();
        } else if (type.isSealed()) {
            return record(type.getPermittedSubclasses()[0], depth + 1);
        }
        return record(type, depth + 1);
    }

    private static Object record(Class<?> type, int depth) throws ReflectiveOperationException {
        var components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < values.length; i++) {
            types[i] = components[i].getType();
            values[i] = sample(types[i], components[i].getName(), depth);
        }
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    private static Expr constant() {
        return new Expr.Const(Oids.TEXT, -1, 100, Slice.of("it's \\ \"so\" ü"), 0);
    }

    @Test
    void everyKindOfNodeComesBackAsItWas() throws ReflectiveOperationException {
        List<Class<?>> families = new ArrayList<>(List.of(Expr.class, RangeEntry.class, Query.SetOperation.class, RangeEntry.FromItem.class));
        int seen = 0;
        for (Class<?> family : families) {
            for (Class<?> type : family.getPermittedSubclasses()) {
                for (int depth = 0; depth < 2; depth++) {
                    Object node = type == Expr.Const.class ? constant() : record(type, depth);
                    String text = NodeText.VERSION + new NodeWriter(CATALOG, new StableTypes(TYPES)).write(node);
                    assertEquals(node, new NodeReader(text, CATALOG, new StableTypes(TYPES)).read(), type.getSimpleName());
                    seen++;
                }
            }
        }
        assertEquals(true, seen > 100, "kinds seen: " + seen);
    }

    @Test
    void analyzedQueriesComeBackAsTheyWere() {
        VerdictTest.statements().forEach(sql -> {
            Query query;
            try {
                query = Analyzer.analyze(org.gajah.parse.Parser.parse(sql).getFirst().statement(),
                        TestSchema.context(VerdictTest.CATALOG, ParameterTypes.inferred(List.of()))).query();
            } catch (SqlError refused) {
                return;
            }
            String text = NodeText.write(query, VerdictTest.CATALOG, new TestTypes(VerdictTest.CATALOG));
            Query back = NodeText.readQuery(text, VerdictTest.CATALOG, new TestTypes(VerdictTest.CATALOG));
            assertEquals(text, NodeText.write(back, VerdictTest.CATALOG, new TestTypes(VerdictTest.CATALOG)), sql);
        });
    }

    @Test
    void damagedTextIsRefused() {
        String text = NodeText.write(constant(), CATALOG, TYPES);
        for (int cut = 0; cut < text.length(); cut++) {
            String damaged = text.substring(0, cut);
            SqlError error = assertThrows(SqlError.class, () -> NodeText.readExpr(damaged, CATALOG, TYPES), damaged);
            assertEquals(SqlState.DATA_CORRUPTED, error.state());
        }
    }

    @Test
    void depthIsBounded() {
        String deep = NodeText.VERSION + "[".repeat(100_000);
        SqlError error = assertThrows(SqlError.class, () -> NodeText.readList(deep, CATALOG, TYPES));
        assertEquals(SqlState.STATEMENT_TOO_COMPLEX, error.state());
    }
}
