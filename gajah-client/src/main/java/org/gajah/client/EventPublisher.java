package org.gajah.client;

import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Events as a {@link Flow.Publisher}: each subscriber has a subscription of its own and a virtual thread that gives it what it
 * asked for. When the listener is closed, what has come and was asked for is still given, then the subscriber is told the end.
 */
final class EventPublisher implements Flow.Publisher<Event> {
    private final Supplier<Subscription> subscriptions;

    EventPublisher(Supplier<Subscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Event> subscriber) {
        Delivery delivery = new Delivery(subscriptions.get(), subscriber);
        delivery.subscription.consume(delivery::run, "gajah-listener-flow", delivery::look);
    }

    /** One subscriber's demand, and the thread that meets it. */
    private static final class Delivery implements Flow.Subscription {
        private final Subscription subscription;
        private final Flow.Subscriber<? super Event> subscriber;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private long demand;
        private boolean cancelled;
        private Optional<RuntimeException> wrong = Optional.empty();

        Delivery(Subscription subscription, Flow.Subscriber<? super Event> subscriber) {
            this.subscription = subscription;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            lock.lock();
            try {
                if (n <= 0) {
                    wrong = Optional.of(new IllegalArgumentException("a request for " + n + " events"));
                }
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
            } finally {
                lock.unlock();
            }
            subscription.close();
        }

        /** The subscription was closed. */
        void look() {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void run() {
            try {
                subscriber.onSubscribe(this);
                Optional<Event> event = awaitDemand() ? subscription.take() : Optional.empty();
                while (event.isPresent() && !isCancelled()) {
                    subscriber.onNext(event.get());
                    event = awaitDemand() ? subscription.take() : Optional.empty();
                }
                if (!isCancelled()) {
                    subscriber.onComplete();
                }
            } catch (InterruptedException | RuntimeException e) {
                subscription.close();
                subscriber.onError(e);
            }
        }

        /** Waits until the subscriber wants an event; false if it wants none any more, or none and the subscription is closed. */
        private boolean awaitDemand() throws InterruptedException {
            lock.lock();
            try {
                while (demand == 0 && !cancelled && wrong.isEmpty() && !subscription.isClosed()) {
                    changed.await();
                }
                if (wrong.isPresent()) {
                    throw wrong.get();
                }
                boolean wanted = demand > 0 && !cancelled;
                demand -= wanted ? 1 : 0;
                return wanted;
            } finally {
                lock.unlock();
            }
        }

        private boolean isCancelled() {
            lock.lock();
            try {
                return cancelled;
            } finally {
                lock.unlock();
            }
        }
    }
}
