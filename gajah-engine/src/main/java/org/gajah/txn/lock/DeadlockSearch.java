package org.gajah.txn.lock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The search for a circle of waits through one owner, with every stripe's mutex held. An owner waits for who has a conflicting
 * mode, and for who is ahead of it in the queue with a conflicting request; the second can be changed by changing the order.
 * So, for a circle with such waits, each of them is reversed in turn and the search is repeated, as PostgreSQL's deadlock.c
 * does.
 */
final class DeadlockSearch {
    /** A circle that takes more tries than this to open is called a deadlock. */
    private static final int MAX_TRIES = 1_000;

    /** One wait: the request, and who is in its way. */
    record Edge(Request waiting, LockOwner blocker) {}

    /** A wish: {@code first} shall stand before {@code second} in their queue. */
    private record Before(Request first, Request second) {}

    private final LockOwner start;
    private final Deque<Before> wishes = new ArrayDeque<>();
    private Map<Lock, List<Request>> orders = Map.of();
    private List<Edge> firstCycle = List.of();
    private final boolean solved;
    private int tries;

    // State of one walk.
    private LockOwner walkStart;
    private final Set<LockOwner> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Edge> path = new ArrayDeque<>();
    private final List<Before> soft = new ArrayList<>();

    DeadlockSearch(LockOwner start) {
        this.start = start;
        this.walkStart = start;
        this.solved = solve();
    }

    /** Whether there is no circle, given {@link #orders}. */
    boolean isSolved() {
        return solved;
    }

    /** The queues to reorder, and how. */
    Map<Lock, List<Request>> orders() {
        return orders;
    }

    /** The circle that was found first, beginning with the start's own wait. */
    List<Edge> cycle() {
        return firstCycle;
    }

    private boolean solve() {
        if (++tries > MAX_TRIES || !applyWishes()) {
            return false;
        }
        Set<LockOwner> starts = new LinkedHashSet<>(List.of(start));
        for (Before wish : wishes) {
            starts.add(wish.first.owner);
            starts.add(wish.second.owner);
        }
        List<Before> toReverse = List.of();
        boolean cyclic = false;
        for (LockOwner each : starts) {
            if (walk(each)) {
                cyclic = true;
                if (firstCycle.isEmpty()) {
                    firstCycle = List.copyOf(path);
                }
                if (soft.isEmpty()) {
                    return false;
                }
                toReverse = List.copyOf(soft);
            }
        }
        if (!cyclic) {
            return true;
        }
        for (Before wish : toReverse) {
            wishes.addLast(wish);
            if (solve()) {
                return true;
            }
            wishes.removeLast();
        }
        return false;
    }

    private boolean walk(LockOwner from) {
        walkStart = from;
        visited.clear();
        path.clear();
        soft.clear();
        return visit(from);
    }

    private boolean visit(LockOwner owner) {
        if (!visited.add(owner)) {
            return owner == walkStart;
        }
        Request request = owner.awaited;
        if (request == Request.NOTHING) {
            return false;
        }
        int conflicts = request.mode.conflicts();
        for (Hold hold = request.lock.firstHold(); hold != null; hold = hold.next) {
            if (hold.owner != owner && (hold.modes() & conflicts) != 0 && visit(hold.owner)) {
                path.addFirst(new Edge(request, hold.owner));
                return true;
            }
        }
        for (Request ahead : orders.getOrDefault(request.lock, request.lock.queue())) {
            if (ahead == request) {
                break;
            }
            if ((ahead.mode.bit() & conflicts) != 0 && visit(ahead.owner)) {
                path.addFirst(new Edge(request, ahead.owner));
                soft.add(new Before(request, ahead));
                return true;
            }
        }
        return false;
    }

    /** Finds orders that fulfil all wishes and change little; false if the wishes contradict each other. */
    private boolean applyWishes() {
        Map<Lock, List<Request>> result = new IdentityHashMap<>();
        for (Before wish : wishes) {
            Lock lock = wish.first.lock;
            if (!result.containsKey(lock)) {
                List<Request> order = sort(lock.queue());
                if (order.isEmpty()) {
                    return false;
                }
                result.put(lock, order);
            }
        }
        orders = result;
        return true;
    }

    /** From the back: always the last request that no remaining one must follow. Empty if there is none. */
    private List<Request> sort(List<Request> queue) {
        List<Request> left = new ArrayList<>(queue);
        Deque<Request> sorted = new ArrayDeque<>();
        while (!left.isEmpty()) {
            int last = left.size() - 1;
            while (last >= 0 && mustPrecedeSome(left.get(last), left)) {
                last--;
            }
            if (last < 0) {
                return List.of();
            }
            sorted.addFirst(left.remove(last));
        }
        return List.copyOf(sorted);
    }

    private boolean mustPrecedeSome(Request request, List<Request> left) {
        for (Before wish : wishes) {
            if (wish.first == request && left.contains(wish.second)) {
                return true;
            }
        }
        return false;
    }
}
