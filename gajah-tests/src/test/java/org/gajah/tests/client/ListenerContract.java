package org.gajah.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.gajah.client.ConnectionSource;
import org.gajah.client.Event;
import org.gajah.client.Handler;
import org.gajah.client.ListenerOptions;
import org.gajah.client.NotificationListener;
import org.gajah.client.Overflow;
import org.gajah.client.OverflowException;
import org.gajah.client.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Java listener promises, whatever server is at the other end and however it is reached. */
abstract class ListenerContract {
    static final Duration SOON = Duration.ofSeconds(20);
    /** Signs of life so rare that nothing in a test can depend on them. */
    static final ListenerOptions OPTIONS = ListenerOptions.DEFAULTS.withKeepAlive(Duration.ofHours(1), Duration.ofSeconds(10))
            .withRetry(Duration.ofMillis(5), Duration.ofMillis(50)).withOnError(e -> { });

    Place place;
    private final List<NotificationListener> listeners = new ArrayList<>();

    /** Connections to the server under test. */
    abstract ConnectionSource source();

    @BeforeEach
    void find() {
        place = new Place(source());
    }

    @AfterEach
    void closeAll() {
        listeners.forEach(NotificationListener::close);
    }

    NotificationListener open(ListenerOptions options) {
        return open(place::connect, options);
    }

    NotificationListener open(ConnectionSource source, ListenerOptions options) {
        NotificationListener listener = NotificationListener.open(source, options);
        listeners.add(listener);
        return listener;
    }

    static Subscription ready(NotificationListener listener, String channel, String... more) throws Exception {
        Subscription subscription = listener.subscribe(channel, more);
        subscription.awaitReady(SOON);
        return subscription;
    }

    static Event next(Subscription subscription) throws InterruptedException {
        return subscription.poll(SOON).orElseThrow();
    }

    static String payload(Subscription subscription) throws InterruptedException {
        return assertInstanceOf(Event.Message.class, next(subscription)).payload();
    }

    static Event.Gap gap(Subscription subscription) throws InterruptedException {
        return assertInstanceOf(Event.Gap.class, next(subscription));
    }

    @Test
    void l01NotificationsComeOverPlainPgjdbc() throws Exception {
        Subscription subscription = ready(open(OPTIONS), "l1");
        place.run("NOTIFY l1, 'this is payload\u2220( \uff9f\u0434\uff9f)/'");
        Event.Message message = assertInstanceOf(Event.Message.class, next(subscription));
        assertEquals("l1", message.channel());
        assertEquals("this is payload\u2220( \uff9f\u0434\uff9f)/", message.payload());
        assertTrue(message.processId() != 0);
    }

    @Test
    void l02TheServerPushesAndNobodyPolls() throws Exception {
        NotificationListener listener = open(OPTIONS);
        Subscription first = ready(listener, "l2");
        place.run("NOTIFY l2, 'pushed'");
        assertEquals("pushed", payload(first));
        Subscription second = ready(listener, "l2 later");
        place.run("NOTIFY \"l2 later\", 'pushed too'");
        assertEquals("pushed too", payload(second));
        assertEquals(0, listener.metrics().failures());
    }

    @Test
    void l03AKilledSessionIsMadeAgainWithAllChannels() throws Exception {
        NotificationListener listener = open(OPTIONS);
        Subscription subscription = ready(listener, "l3a", "l3b");
        for (int i = 0; i < 3; i++) {
            place.kill();
            assertEquals(Event.Cause.RECONNECTED, gap(subscription).cause());
            place.run("NOTIFY l3a, 'a" + i + "'");
            place.run("NOTIFY l3b, 'b" + i + "'");
            assertEquals("a" + i, payload(subscription));
            assertEquals("b" + i, payload(subscription));
        }
        assertEquals(3, listener.metrics().reconnects());
    }

    @Test
    void l03AttemptsBecomeRarer() throws Exception {
        BlockingQueue<Long> attempts = new LinkedBlockingQueue<>();
        open(() -> {
            attempts.add(System.nanoTime());
            throw new SQLException("by the test", "08001");
        }, OPTIONS.withRetry(Duration.ofMillis(20), Duration.ofMillis(80)));
        long last = attempts.take();
        for (long most : new long[] {20, 40, 80, 80, 80}) {
            long next = attempts.take();
            assertTrue(next - last >= TimeUnit.MILLISECONDS.toNanos(most / 2), "an attempt after " + (next - last) + " ns");
            last = next;
        }
    }

    @Test
    void l06EachSubscriptionHasAGapBeforeAnyLaterMessage() throws Exception {
        NotificationListener listener = open(OPTIONS);
        List<Subscription> all = List.of(ready(listener, "l6"), ready(listener, "l6"), ready(listener, "l6 other"));
        place.run("NOTIFY l6, 'before'");
        assertEquals("before", payload(all.get(0)));
        assertEquals("before", payload(all.get(1)));
        place.setDown(true);
        place.run("NOTIFY l6, 'missed'");
        place.setDown(false);
        for (Subscription subscription : all) {
            Event.Gap gap = gap(subscription);
            assertFalse(gap.until().isBefore(gap.since()));
        }
        place.run("NOTIFY l6, 'after'");
        assertEquals("after", payload(all.get(0)));
        assertEquals("after", payload(all.get(1)));
        assertEquals(0, all.get(2).backlog());
    }

    @Test
    void l07WhenTheGapIsToldTheServerListensAlready() throws Exception {
        NotificationListener listener = open(OPTIONS);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        listener.subscribe(new Handler() {
            @Override
            public void message(Event.Message message) {
                heard.add(message.payload());
            }

            @Override
            public void gap(Event.Gap gap) {
                try {
                    place.run("NOTIFY l7, 'sent when told'");
                } catch (SQLException e) {
                    heard.add(e.toString());
                }
            }
        }, "l7").awaitReady(SOON);
        place.kill();
        assertEquals("sent when told", heard.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void l08SubscriptionsComeAndGoWhileThereIsNoConnection() throws Exception {
        place.setDown(true);
        NotificationListener listener = open(OPTIONS);
        Subscription gone = listener.subscribe("l8 gone");
        Subscription kept = listener.subscribe("l8 kept");
        assertThrows(TimeoutException.class, () -> kept.awaitReady(Duration.ofMillis(100)));
        gone.close();
        assertEquals(Optional.empty(), gone.take());
        place.setDown(false);
        kept.awaitReady(SOON);
        place.setDown(true);
        Subscription late = listener.subscribe("l8 late");
        place.setDown(false);
        late.awaitReady(SOON);
        gap(kept);
        place.run("NOTIFY \"l8 gone\", 'nobody'; NOTIFY \"l8 kept\", 'x'; NOTIFY \"l8 late\", 'y'");
        assertEquals("x", payload(kept));
        assertEquals("y", payload(late));
        assertEquals(2, listener.metrics().messages());
    }

    @Test
    void l09SubscriptionsShareOneListenAndTheLastEndsIt() throws Exception {
        NotificationListener listener = open(OPTIONS);
        Subscription first = ready(listener, "l9");
        Subscription second = ready(listener, "l9");
        place.run("NOTIFY l9, 'one'");
        assertEquals("one", payload(first));
        assertEquals("one", payload(second));
        assertEquals(1, listener.metrics().messages());
        first.close();
        ready(listener, "l9 fence one");
        place.run("NOTIFY l9, 'two'");
        assertEquals("two", payload(second));
        second.close();
        Subscription fence = ready(listener, "l9 fence two");
        place.run("NOTIFY l9, 'unheard'");
        place.run("NOTIFY \"l9 fence two\", 'end'");
        assertEquals("end", payload(fence));
        assertEquals(3, listener.metrics().messages());
    }

    @Test
    void l10AnyNameIsQuoted() throws Exception {
        NotificationListener listener = open(OPTIONS);
        for (String name : List.of("A-b\"c", "\"", "two words", "select", "\u00c4\u4e2d;--", "x".repeat(63), "UPPER")) {
            Subscription subscription = ready(listener, name);
            listener.notify(name, name);
            assertEquals(name, payload(subscription));
        }
        assertEquals("22023", assertThrows(SQLException.class, () -> listener.subscribe("")).getSQLState());
        assertEquals("22023", assertThrows(SQLException.class, () -> listener.subscribe("x".repeat(64))).getSQLState());
    }

    @Test
    void l11ASlowOrThrowingHandlerHoldsNobodyUp() throws Exception {
        NotificationListener listener = open(OPTIONS.withBuffer(10, Overflow.DROP_OLDEST));
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger thrown = new AtomicInteger();
        BlockingQueue<Event> slow = new LinkedBlockingQueue<>();
        listener.subscribe(message -> {
            thrown.incrementAndGet();
            throw new IllegalStateException("by the test");
        }, "l11").awaitReady(SOON);
        listener.subscribe(new Handler() {
            @Override
            public void message(Event.Message message) {
                try {
                    slow.add(message);
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void gap(Event.Gap gap) {
                slow.add(gap);
            }
        }, "l11").awaitReady(SOON);
        Subscription quick = ready(listener, "l11", "l11 end");
        for (int i = 0; i < 100; i++) {
            listener.notify("l11", "" + i);
            assertEquals("" + i, payload(quick));
        }
        release.countDown();
        List<Event> all = new ArrayList<>();
        do {
            all.add(slow.poll(20, TimeUnit.SECONDS));
        } while (!(all.getLast() instanceof Event.Message m && m.payload().equals("99")));
        assertEquals("0", ((Event.Message) all.get(0)).payload());
        Event.Gap gap = assertInstanceOf(Event.Gap.class, all.get(1));
        assertEquals(Event.Cause.OVERFLOW, gap.cause());
        assertEquals(OptionalLong.of(89), gap.dropped());
        assertEquals("90", ((Event.Message) all.get(2)).payload());
        assertTrue(listener.metrics().dropped() >= 89);
        assertTrue(thrown.get() > 0);
    }

    @Test
    void l11TheOverflowPoliciesDoWhatTheySay() throws Exception {
        NotificationListener newest = open(OPTIONS.withBuffer(2, Overflow.DROP_NEWEST));
        NotificationListener failing = open(OPTIONS.withBuffer(2, Overflow.FAIL));
        Subscription keeps = ready(newest, "l11p");
        Subscription fails = ready(failing, "l11p");
        Subscription newestFence = ready(newest, "l11p fence");
        Subscription failingFence = ready(failing, "l11p fence");
        place.run("NOTIFY l11p, '1'; NOTIFY l11p, '2'; NOTIFY l11p, '3'; NOTIFY l11p, '4'; NOTIFY \"l11p fence\"");
        payload(newestFence);
        payload(failingFence);
        assertEquals("1", payload(keeps));
        assertEquals("2", payload(keeps));
        assertEquals(OptionalLong.of(2), gap(keeps).dropped());
        assertEquals("1", payload(fails));
        assertEquals("2", payload(fails));
        assertThrows(OverflowException.class, fails::take);
    }

    @Test
    void l12TheOrderOfAChannelIsKept() throws Exception {
        NotificationListener listener = open(OPTIONS);
        Subscription subscription = ready(listener, "l12");
        place.run("SELECT pg_notify('l12', i::text) FROM generate_series(1, 5000) i");
        for (int i = 1; i <= 5000; i++) {
            assertEquals("" + i, payload(subscription));
        }
    }

    @Test
    void l13CloseDrainsAndJoins() throws Exception {
        NotificationListener listener = open(OPTIONS);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        listener.subscribe(message -> {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            handled.incrementAndGet();
        }, "l13").awaitReady(SOON);
        Subscription iterated = ready(listener, "l13");
        place.run("SELECT pg_notify('l13', i::text) FROM generate_series(1, 50) i");
        assertTrue(started.await(20, TimeUnit.SECONDS));
        while (iterated.backlog() < 50) {
            Thread.onSpinWait();
        }
        Thread closer = Thread.ofVirtual().start(listener::close);
        assertFalse(listener.close(Duration.ofMillis(50)), "a handler is still at work");
        release.countDown();
        assertTrue(closer.join(SOON));
        assertEquals(50, handled.get());
        int left = 0;
        for (Event event : iterated) {
            assertInstanceOf(Event.Message.class, event);
            left++;
        }
        assertEquals(50, left);
        assertThrows(IllegalStateException.class, () -> listener.subscribe("l13"));
    }

    @Test
    void l13CloseFromAHandlerAndBesideABlockedIterator() throws Exception {
        NotificationListener listener = open(OPTIONS);
        CountDownLatch closed = new CountDownLatch(1);
        listener.subscribe(message -> {
            listener.close();
            closed.countDown();
        }, "l13h").awaitReady(SOON);
        Subscription blocked = ready(listener, "l13 silent");
        Thread reader = Thread.ofVirtual().start(() -> blocked.forEach(e -> { }));
        place.run("NOTIFY l13h");
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertTrue(reader.join(SOON));
    }

    @Test
    void l14OwnNotificationsCanBeLeftOut() throws Exception {
        NotificationListener listener = open(OPTIONS.withIgnoreOwn(true));
        Subscription subscription = ready(listener, "l14");
        listener.notify("l14", "own");
        place.run("NOTIFY l14, 'of others'");
        assertEquals("of others", payload(subscription));
    }

    @Test
    void l15WhatTheServerWouldRefuseIsRefusedHere() throws Exception {
        NotificationListener listener = open(OPTIONS);
        Subscription subscription = ready(listener, "l15");
        for (String payload : List.of("x".repeat(8000), "\u00e9".repeat(4000))) {
            SQLException here = assertThrows(SQLException.class, () -> listener.notify("l15", payload));
            SQLException there = assertThrows(SQLException.class, () -> place.run("NOTIFY l15, '" + payload + "'"));
            assertEquals(there.getSQLState(), here.getSQLState());
            assertTrue(there.getMessage().contains(here.getMessage()), there.getMessage());
        }
        listener.notify("l15", "\u00e9".repeat(3999));
        assertEquals(3999, payload(subscription).length());
    }

    @Test
    void l16AfterAwaitReadyNothingIsMissed() throws Exception {
        NotificationListener listener = open(OPTIONS);
        for (int i = 0; i < 20; i++) {
            Subscription subscription = listener.subscribe("l16 " + i);
            listener.awaitReady(SOON);
            listener.notify("l16 " + i, "x");
            assertEquals("x", payload(subscription));
        }
    }

    @Test
    void l17MetricsCount() throws Exception {
        NotificationListener listener = open(OPTIONS);
        Subscription subscription = ready(listener, "l17");
        Subscription fence = ready(listener, "l17 fence");
        place.run("NOTIFY l17, '1'; NOTIFY l17, '2'; NOTIFY \"l17 fence\"");
        payload(fence);
        assertEquals(2, listener.metrics().backlog());
        assertTrue(listener.metrics().lag().compareTo(Duration.ZERO) >= 0);
        assertTrue(listener.metrics().connected());
        place.kill();
        gap(fence);
        payload(subscription);
        payload(subscription);
        gap(subscription);
        assertEquals(1, listener.metrics().reconnects());
        assertEquals(2, listener.metrics().gaps());
        assertEquals(3, listener.metrics().messages());
        assertEquals(Duration.ZERO, listener.metrics().lag());
        assertTrue(listener.metrics().lastError().isPresent());
    }

    @Test
    void resumingEndsWhereNothingIsRetained() throws Exception {
        NotificationListener listener = open(OPTIONS);
        Subscription other = ready(listener, "not retained");
        Subscription refused = listener.resume("not retained", OptionalLong.of(0));
        assertInstanceOf(SQLException.class, assertThrows(IllegalStateException.class, () -> refused.awaitReady(SOON)).getCause());
        assertEquals(Optional.empty(), refused.take());
        place.run("NOTIFY \"not retained\", 'goes on'");
        assertEquals("goes on", payload(other));
        assertEquals(0, listener.metrics().failures());
    }

    @Test
    void aFlowSubscriberGetsWhatItAsksFor() throws Exception {
        NotificationListener listener = open(OPTIONS);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        BlockingQueue<Flow.Subscription> flows = new LinkedBlockingQueue<>();
        listener.publisher("flow").subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription flow) {
                flows.add(flow);
            }

            @Override
            public void onNext(Event event) {
                heard.add(((Event.Message) event).payload());
            }

            @Override
            public void onError(Throwable error) {
                heard.add(error.toString());
            }

            @Override
            public void onComplete() {
                heard.add("complete");
            }
        });
        listener.awaitReady(SOON);
        Subscription other = ready(listener, "flow");
        place.run("NOTIFY flow, '1'; NOTIFY flow, '2'; NOTIFY flow, '3'");
        payload(other);
        assertTrue(heard.isEmpty());
        Flow.Subscription flow = flows.take();
        flow.request(2);
        assertEquals("1", heard.poll(20, TimeUnit.SECONDS));
        assertEquals("2", heard.poll(20, TimeUnit.SECONDS));
        flow.request(1);
        assertEquals("3", heard.poll(20, TimeUnit.SECONDS));
        listener.close();
        assertEquals("complete", heard.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void anIdleHandlerIsTold() throws Exception {
        NotificationListener listener = open(OPTIONS.withIdleTimeout(Duration.ofMillis(20)));
        CountDownLatch idle = new CountDownLatch(2);
        listener.subscribe(new Handler() {
            @Override
            public void message(Event.Message message) {
                throw new IllegalStateException("nothing was sent");
            }

            @Override
            public void idle() {
                idle.countDown();
            }
        }, "idle");
        assertTrue(idle.await(20, TimeUnit.SECONDS));
    }
}
