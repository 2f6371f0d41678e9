package org.gajah.server.command;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * SIGTERM and SIGINT: the first asks for an orderly stop, the second ends the process at once. SIGHUP has the files read again. A
 * shutdown hook could not tell a second signal, so the JDK's handler in {@code jdk.unsupported} is used, reflectively because the
 * compiler has no quiet way.
 */
final class Signals {
    private Signals() {
    }

    /** Calls {@code stop} on the first SIGTERM or SIGINT. */
    static void onFirst(Runnable stop) {
        boolean[] asked = new boolean[1];
        try {
            handle(List.of("TERM", "INT"), () -> first(asked, stop));
        } catch (ReflectiveOperationException e) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop));
        }
    }

    /** Calls {@code reload} on every SIGHUP; false if the system has no such signal. */
    static boolean onHangUp(Runnable reload) {
        try {
            handle(List.of("HUP"), () -> Thread.ofPlatform().name("gajah-reload").start(reload));
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static void handle(List<String> names, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                (self, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        action.run();
                        yield null;
                    }
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "signal handler";
                });
        for (String name : names) {
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        }
    }

    private static void first(boolean[] asked, Runnable stop) {
        synchronized (asked) {
            if (asked[0]) {
                Runtime.getRuntime().halt(1);
            }
            asked[0] = true;
        }
        Thread.ofPlatform().name("gajah-stop").start(stop);
    }
}
