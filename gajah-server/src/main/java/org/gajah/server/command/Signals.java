package org.gajah.server.command;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * SIGTERM and SIGINT: the first asks for an orderly stop, the second ends the process at once. A shutdown hook could not tell a
 * second signal, so the JDK's handler in {@code jdk.unsupported} is used, reflectively because the compiler has no quiet way.
 */
final class Signals {
    private Signals() {
    }

    /** Calls {@code stop} on the first signal. */
    static void onFirst(Runnable stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            boolean[] asked = new boolean[1];
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            handle(asked, stop);
                            yield null;
                        }
                        case "equals" -> self == arguments[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "signal handler";
                    });
            for (String name : List.of("TERM", "INT")) {
                signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class)
                        .newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException e) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop));
        }
    }

    private static void handle(boolean[] asked, Runnable stop) {
        synchronized (asked) {
            if (asked[0]) {
                Runtime.getRuntime().halt(1);
            }
            asked[0] = true;
        }
        Thread.ofPlatform().name("gajah-stop").start(stop);
    }
}
