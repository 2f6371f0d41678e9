package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Seeded power cuts, failed forces and full disks; {@code ./simulate --seed N} replays one. */
class CrashSimulationTest {
    private static final long FIRST = Long.getLong("gajah.seed", 1);
    private static final long SEEDS = Long.getLong("gajah.seeds", System.getProperty("gajah.seed") == null ? 150 : 1);

    @Test
    void whatWasCommittedSurvives() {
        long cuts = 0;
        long commits = 0;
        long built = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            CrashSimulation simulation = new CrashSimulation(seed);
            try {
                simulation.run(4);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": ./simulate --seed " + seed, e);
            }
            cuts += simulation.cuts;
            commits += simulation.commits;
            built += simulation.built;
        }
        assertTrue(built > 0, "nobody built on a commit that was not durable yet");
        System.out.println("crash simulation: seeds " + FIRST + " to " + (FIRST + SEEDS - 1) + ", " + cuts + " power cuts, "
                + commits + " commits, " + built + " changes built on commits that were not durable yet, 0 failures");
    }
}
