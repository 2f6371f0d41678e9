package org.gajah.analyze;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How each kind of node is taken apart and put together, found once from the sealed families' records. */
final class NodeShapes {
    private static final Map<Class<?>, Shape> BY_CLASS = new HashMap<>();
    private static final Map<String, Shape> BY_NAME = new HashMap<>();
    /** Components that only the rewriter fills: lists that are empty in what is kept, and left out. */
    static final Set<String> UNKEPT = Set.of("security", "policyChecks", "given");

    /** A record class, with its components' types and accessors. */
    record Shape(String name, Class<?>[] types, String[] names, MethodHandle[] accessors, MethodHandle constructor) {
    }

    static {
        family(Expr.class);
        family(RangeEntry.class);
        family(RangeEntry.FromItem.class);
        family(Query.SetOperation.class);
        for (Class<?> c : new Class<?>[] {Query.class, Expr.When.class, TargetEntry.class, SortGroupClause.class, RangeEntry.RangeFunction.class,
            RangeEntry.FromExpr.class, Query.OnConflict.class, Query.MergeAction.class, Query.Window.class, Query.Frame.class,
            Query.RowMark.class, Query.CommonTable.class}) {
            add(c);
        }
    }

    private NodeShapes() {
    }

    private static void family(Class<?> sealed) {
        for (Class<?> c : sealed.getPermittedSubclasses()) {
            add(c);
        }
    }

    private static void add(Class<?> c) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RecordComponent[] components = c.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            String[] names = new String[components.length];
            MethodHandle[] accessors = new MethodHandle[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                names[i] = components[i].getName();
                accessors[i] = lookup.unreflect(components[i].getAccessor());
            }
            MethodHandle constructor = lookup.findConstructor(c, java.lang.invoke.MethodType.methodType(void.class, types));
            String name = c.getName().substring(c.getPackageName().length() + 1);
            Shape shape = new Shape(name, types, names, accessors, constructor);
            BY_CLASS.put(c, shape);
            BY_NAME.put(name, shape);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Shape of(Object node) {
        Shape shape = BY_CLASS.get(node.getClass());
        if (shape == null) {
            throw new IllegalStateException("no stored form for " + node.getClass().getName());
        }
        return shape;
    }

    /** The shape of this name, or null. */
    static Shape named(String name) {
        return BY_NAME.get(name);
    }

    static Object invoke(MethodHandle handle, Object argument) {
        try {
            return handle.invoke(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    static Object construct(Shape shape, Object[] values) {
        try {
            return shape.constructor().invokeWithArguments(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
