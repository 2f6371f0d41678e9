package org.gajah.plan;

import java.util.List;

/**
 * A way to get the rows of some joined leaves, with what it costs: enough to compare it with others. Its plan is made only if it
 * is chosen.
 */
sealed interface JoinPath {
    Estimate estimate();

    /** A leaf, ready planned. */
    record Scan(Rel rel) implements JoinPath {
        @Override
        public Estimate estimate() {
            return rel.plan().estimate();
        }
    }

    /** {@code right} hashed by the equalities among {@code on}, {@code left} probing; {@code fed} if a foreign scan on the left is given the keys. */
    record Hash(Estimate estimate, Plan.JoinKind kind, Side left, Side right, List<JoinClause> on, List<JoinClause> filter, boolean fed)
            implements JoinPath {
    }


    /** Each row of {@code left} with each of {@code right}, which is kept, or depends on the left row. */
    record Loop(Estimate estimate, Plan.JoinKind kind, Side left, Side right, List<JoinClause> on, List<JoinClause> filter)
            implements JoinPath {
    }

    /** For each row of {@code left} an index of the table {@code right} looked up; {@code distinct} left keys first if it is a semi join turned round. */
    record Probe(Estimate estimate, Plan.JoinKind kind, Side left, int right, IndexMatch match, List<JoinClause> on, List<JoinClause> filter,
            boolean distinct) implements JoinPath {
    }

    /** For each row of {@code left} a foreign or partitioned table is asked. */
    record Asked(Estimate estimate, Plan.JoinKind kind, Side left, LeafProbe.Asked right, List<JoinClause> filter) implements JoinPath {
    }

    /** One input of a join: the leaves it consists of and how to get them. */
    record Side(JoinRel rel, JoinPath path) {
        Estimate estimate() {
            return path.estimate();
        }
    }
}
