package org.gajah.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.gajah.base.Disk;
import org.gajah.base.DiskException;
import org.gajah.base.DiskFile;
import org.gajah.base.Env;
import org.gajah.base.SystemEnv;

/** Files in memory whose log is forced only when a test lets it. */
final class HeldForces {
    private static final long LIMIT_NANOS = 10_000_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger forces = new AtomicInteger();
    private boolean held;
    private boolean failing;
    private int waiting;

    /** What a server is started with. */
    Env env() {
        Env env = SystemEnv.inMemory();
        Disk disk = wrapped(Disk.class, env.disk(), "");
        return (Env) Proxy.newProxyInstance(Env.class.getClassLoader(), new Class<?>[] {Env.class},
                (proxy, method, words) -> method.getName().equals("disk") ? disk : called(method, env, words));
    }

    private <T> T wrapped(Class<T> type, T inner, String name) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, words) -> {
            if (method.getName().equals("force") && name.startsWith("log-")) {
                pass();
            }
            Object result = called(method, inner, words);
            return result instanceof DiskFile file ? wrapped(DiskFile.class, file, (String) words[0]) : result;
        }));
    }

    private static Object called(java.lang.reflect.Method method, Object target, Object[] words) throws Throwable {
        try {
            return method.invoke(target, words);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void pass() {
        forces.incrementAndGet();
        lock.lock();
        try {
            waiting++;
            changed.signalAll();
            while (held) {
                changed.awaitUninterruptibly();
            }
            waiting--;
            if (failing) {
                throw new DiskException("could not fsync the log");
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on forces wait. */
    void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    /** Forces go on. */
    void letGo() {
        lock.lock();
        try {
            held = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forces go on, and fail. */
    void fail() {
        failing = true;
        letGo();
    }

    /** Returns when a force waits. */
    void awaitOne() throws InterruptedException {
        lock.lock();
        try {
            long left = LIMIT_NANOS;
            while (waiting == 0) {
                if (left <= 0) {
                    throw new AssertionError("nobody forces the log");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forces so far. */
    int count() {
        return forces.get();
    }
}
