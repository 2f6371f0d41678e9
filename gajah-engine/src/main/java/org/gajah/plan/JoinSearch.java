package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Finds the order of joins: all orders by dynamic programming while they are few enough, else greedily the pair that leaves the
 * fewest rows. Leaves that nothing connects are joined last.
 *
 * <p>Invariant: the number of pairs looked at is bounded, so that planning time is.
 */
final class JoinSearch {
    private static final int MOST_PAIRS = 4000;
    private static final int MOST_LEAVES = 13;

    private final JoinProblem problem;
    private final JoinCosts costs;
    private final Map<Long, JoinRel> known = new HashMap<>();
    private int pairs;

    JoinSearch(JoinProblem problem, JoinCosts costs) {
        this.problem = problem;
        this.costs = costs;
    }

    /** Everything joined. */
    JoinRel run() {
        List<JoinRel> leaves = new ArrayList<>();
        for (int i = 0; i < problem.items.size(); i++) {
            JoinRel leaf = costs.leaf(i);
            leaves.add(leaf);
            known.put(leaf.leaves, leaf);
        }
        JoinRel all = leaves.size() == 1 ? leaves.getFirst() : null;
        if (all == null && leaves.size() <= MOST_LEAVES) {
            all = dynamic(leaves);
        }
        if (all == null) {
            known.clear();
            all = greedy(new ArrayList<>(leaves));
        }
        if (all == null && problem.specials.stream().anyMatch(s -> s.kind() == Plan.JoinKind.FULL)) {
            throw SqlError.notSupported("FULL JOIN is only supported with merge-joinable or hash-joinable join conditions");
        }
        if (all == null || all.needs != 0) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "this combination of LATERAL and outer joins is not supported");
        }
        return all;
    }

    /** By the number of leaves joined; null if there are too many pairs to look at. */
    private JoinRel dynamic(List<JoinRel> leaves) {
        List<List<JoinRel>> levels = new ArrayList<>();
        levels.add(List.of());
        levels.add(leaves);
        for (int size = 2; size <= leaves.size(); size++) {
            List<JoinRel> made = new ArrayList<>();
            levels.add(made);
            combine(levels, size, false);
            if (made.isEmpty()) {
                combine(levels, size, true);
            }
            if (pairs > MOST_PAIRS) {
                return null;
            }
        }
        List<JoinRel> last = levels.get(leaves.size());
        return last.isEmpty() ? null : last.getFirst();
    }

    private void combine(List<List<JoinRel>> levels, int size, boolean anyPair) {
        for (int small = 1; small <= size / 2; small++) {
            List<JoinRel> bigs = levels.get(size - small);
            for (int i = 0; i < bigs.size() && pairs <= MOST_PAIRS; i++) {
                JoinRel big = bigs.get(i);
                boolean alone = small == 1 && !isConnectedAtAll(big);
                List<JoinRel> smalls = levels.get(small);
                int from = small == size - small ? i + 1 : 0;
                for (int j = from; j < smalls.size(); j++) {
                    JoinRel other = smalls.get(j);
                    if ((big.leaves & other.leaves) == 0 && (anyPair || alone || small == 1 && !isConnectedAtAll(other) || isConnected(big, other))) {
                        join(big, other, levels.get(size));
                    }
                }
            }
        }
    }

    private void join(JoinRel a, JoinRel b, List<JoinRel> level) {
        pairs++;
        JoinOrder.Verdict verdict = JoinOrder.judge(problem, a, b);
        if (!verdict.legal()) {
            return;
        }
        JoinRel joined = known.get(a.leaves | b.leaves);
        if (joined == null) {
            joined = costs.joined(a, b, verdict);
        }
        costs.offer(joined, a, b, verdict);
        if (joined.cheapest != null && known.putIfAbsent(joined.leaves, joined) == null) {
            level.add(joined);
        }
    }

    private boolean isConnected(JoinRel a, JoinRel b) {
        for (JoinClause c : problem.clauses) {
            if ((c.refs & a.leaves) != 0 && (c.refs & b.leaves) != 0) {
                return true;
            }
        }
        for (SpecialJoin s : problem.specials) {
            if (s.kind() != Plan.JoinKind.INNER && ((s.minLeft() & ~a.leaves) == 0 && (s.minRight() & ~b.leaves) == 0
                    || (s.minLeft() & ~b.leaves) == 0 && (s.minRight() & ~a.leaves) == 0
                    || ((s.minRight() & a.leaves) != 0 && (s.minRight() & b.leaves) != 0)
                    || ((s.minLeft() & a.leaves) != 0 && (s.minLeft() & b.leaves) != 0))) {
                return true;
            }
        }
        return (a.needs & b.leaves) != 0 || (b.needs & a.leaves) != 0;
    }

    private boolean isConnectedAtAll(JoinRel rel) {
        for (JoinClause c : problem.clauses) {
            if ((c.refs & rel.leaves) != 0 && (c.refs & ~rel.leaves) != 0) {
                return true;
            }
        }
        for (SpecialJoin s : problem.specials) {
            if ((s.scope() & rel.leaves) != 0 && (s.scope() & ~rel.leaves) != 0) {
                return true;
            }
        }
        return rel.needs != 0;
    }

    /** Joins the pair that leaves the fewest rows, again and again. */
    private JoinRel greedy(List<JoinRel> parts) {
        Map<Pair, JoinRel> tried = new HashMap<>();
        while (parts.size() > 1) {
            JoinRel best = null;
            Pair chosen = null;
            for (int round = 0; round < 2 && best == null; round++) {
                for (int i = 0; i < parts.size(); i++) {
                    for (int j = i + 1; j < parts.size(); j++) {
                        Pair pair = new Pair(parts.get(i), parts.get(j));
                        if (round == 0 && !isConnected(pair.a, pair.b)) {
                            continue;
                        }
                        JoinRel joined = tried.computeIfAbsent(pair, this::tryJoin);
                        if (joined.cheapest != null && (best == null || isBetter(joined, best))) {
                            best = joined;
                            chosen = pair;
                        }
                    }
                }
            }
            if (best == null) {
                return null;
            }
            parts.remove(chosen.a);
            parts.remove(chosen.b);
            parts.add(best);
        }
        return parts.getFirst();
    }

    private record Pair(JoinRel a, JoinRel b) {
    }

    private JoinRel tryJoin(Pair pair) {
        JoinOrder.Verdict verdict = JoinOrder.judge(problem, pair.a, pair.b);
        if (!verdict.legal()) {
            return new JoinRel(pair.a.leaves | pair.b.leaves, 0, 1, 0, List.of());
        }
        JoinRel joined = costs.joined(pair.a, pair.b, verdict);
        costs.offer(joined, pair.a, pair.b, verdict);
        return joined;
    }

    private static boolean isBetter(JoinRel a, JoinRel b) {
        return a.rows != b.rows ? a.rows < b.rows : a.cheapest.estimate().isCheaperThan(b.cheapest.estimate());
    }
}
