package org.gajah.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    private static final long SEED = 7;

    private static String written(long value) {
        return new ByteSink(1).putDecimal(value).toString();
    }

    @Test
    void numbersOfAllLengthsAndThoseAtTheirEnds() {
        Random random = new Random(SEED);
        for (long power = 1, digits = 1; digits <= 19; digits++, power *= 10) {
            for (long value : new long[] {power - 1, power, power + 1, random.nextLong(power, digits == 19 ? Long.MAX_VALUE : power * 10)}) {
                assertEquals(Long.toString(value), written(value));
                assertEquals(Long.toString(-value), written(-value));
                assertEquals(Long.toString(value).length(), Decimals.count(value));
            }
        }
        for (long value : new long[] {Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertEquals(Long.toString(value), written(value));
        }
    }

    @Test
    void aWidthPutsZerosInFrontAndCutsWhatIsTooMuch() {
        assertEquals("00042", new ByteSink().putDigits(42, 5).toString());
        assertEquals("2", new ByteSink().putDigits(42, 1).toString());
        assertEquals("7", new ByteSink().putDigits(1_000_000_000_007L, 1).toString());
        assertEquals("0001000000000007", new ByteSink().putDigits(1_000_000_000_007L, 16).toString());
        assertEquals("", new ByteSink().putDigits(0, 0).toString());
    }
}
