package org.gajah.api.spi.jdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.gajah.api.SqlError;

/** An object behind an interface of JDBC: calls go to its public methods of the same name and parameters. */
final class Face implements InvocationHandler {
    private static final Map<Class<?>, Map<Method, Optional<MethodHandle>>> KNOWN = new ConcurrentHashMap<>();

    private static final Object[] NONE = new Object[0];

    private final Object target;
    private final Map<Method, Optional<MethodHandle>> methods;

    private Face(Object target) {
        this.target = target;
        this.methods = KNOWN.computeIfAbsent(target.getClass(), c -> new ConcurrentHashMap<>());
    }

    /** The object as that interface. */
    static <T> T of(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(Face.class.getClassLoader(), new Class<?>[] {type}, new Face(target)));
    }

    /** What is behind an interface made here. */
    static Object behind(Object face) {
        return Proxy.isProxyClass(face.getClass()) && Proxy.getInvocationHandler(face) instanceof Face f ? f.target : face;
    }

    @Override
    public Object invoke(Object face, Method method, Object[] arguments) throws Throwable {
        Optional<MethodHandle> known = methods.get(method);
        if (known == null) {
            known = find(method);
            methods.put(method, known);
        }
        if (known.isEmpty()) {
            return byItself(face, method, arguments);
        }
        Object[] all = arguments == null ? NONE : arguments;
        try {
            return known.get().invokeExact(target, all);
        } catch (SqlError e) {
            throw Failure.of(e);
        }
    }

    private Optional<MethodHandle> find(Method method) {
        return Arrays.stream(target.getClass().getMethods())
                .filter(m -> m.getDeclaringClass() != Object.class && m.getName().equals(method.getName())
                        && Arrays.equals(m.getParameterTypes(), method.getParameterTypes()))
                .findFirst().map(Face::handle);
    }

    private static MethodHandle handle(Method method) {
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
            return handle.asType(handle.type().generic()).asSpreader(Object[].class, method.getParameterCount());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object byItself(Object face, Method method, Object[] arguments) throws SQLException {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> face == arguments[0];
                case "hashCode" -> System.identityHashCode(face);
                default -> method.getDeclaringClass().getSimpleName() + " of jdbc:default:connection";
            };
        }
        if (method.getDeclaringClass() == Wrapper.class) {
            Class<?> wanted = (Class<?>) arguments[0];
            if (method.getName().equals("isWrapperFor")) {
                return wanted.isInstance(face);
            }
            if (wanted.isInstance(face)) {
                return face;
            }
        }
        if (method.getName().equals("close") || method.getName().startsWith("clear")) {
            return null;
        }
        if (arguments != null && arguments[0] instanceof String label && target instanceof Labelled columns) {
            return byLabel(face, method, arguments, columns.findColumn(label));
        }
        throw new SQLFeatureNotSupportedException(method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + " is not supported by jdbc:default:connection", "0A000");
    }

    /** Columns and parameters by name are those by number. */
    private Object byLabel(Object face, Method method, Object[] arguments, int number) throws SQLException {
        Class<?>[] types = method.getParameterTypes();
        types[0] = int.class;
        Object[] numbered = arguments.clone();
        numbered[0] = number;
        try {
            return invoke(face, method.getDeclaringClass().getMethod(method.getName(), types), numbered);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (NoSuchMethodException e) {
            throw new SQLFeatureNotSupportedException(method.getName(), "0A000", e);
        } catch (Throwable e) {
            throw new SQLException(e);
        }
    }
}
