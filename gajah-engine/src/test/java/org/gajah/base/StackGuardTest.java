package org.gajah.base;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StackGuardTest {
    private static final int ENOUGH = 700;

    private int left;

    @Test
    void hasRoomSaysNoWhileThereIsStillStackAndYesBefore() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            Thread thread = new Thread(null, () -> left = leftWhereThereIsNoRoom(), "small", 1 << 20);
            thread.start();
            thread.join();
            assertTrue(left > ENOUGH, "only " + left + " calls more in round " + round);
            assertTrue(left < 30_000, left + " calls more in round " + round);
            for (int i = 0; i < 50_000; i++) {
                assertTrue(StackGuard.hasRoom());
            }
        }
    }

    private static int leftWhereThereIsNoRoom() {
        return StackGuard.hasRoom() ? leftWhereThereIsNoRoom() : callsUntilTheEnd(0);
    }

    private static int callsUntilTheEnd(int calls) {
        try {
            return callsUntilTheEnd(calls + 1);
        } catch (StackOverflowError e) {
            return calls;
        }
    }
}
