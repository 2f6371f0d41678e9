package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;

import org.gajah.base.SimulatedDisk;
import org.junit.jupiter.api.Test;

/** Disks that break their word, in ways that a forgotten call in the storage would look like: the simulation must notice each. */
class SimulationMutantsTest {
    private static final int MOST_SEEDS = 60;

    private static void mustBeFound(String what, Consumer<SimulatedDisk> mutation) {
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            CrashSimulation simulation = new CrashSimulation(seed);
            mutation.accept(simulation.disk());
            try {
                simulation.run(4);
            } catch (RuntimeException | AssertionError e) {
                System.out.println("mutant found: " + what + ", by seed " + seed + ": " + e.getMessage());
                return;
            }
        }
        assertTrue(false, "not found in " + MOST_SEEDS + " seeds: " + what);
    }

    @Test
    void logForcesThatDoNothing() {
        mustBeFound("log forces that do nothing", disk -> disk.forgetForces("log-"));
    }

    @Test
    void dataForcesThatDoNothing() {
        mustBeFound("data forces that do nothing", disk -> disk.forgetForces("data"));
    }

    @Test
    void directorySyncsThatDoNothing() {
        mustBeFound("directory syncs that do nothing", SimulatedDisk::forgetDirectorySyncs);
    }
}
