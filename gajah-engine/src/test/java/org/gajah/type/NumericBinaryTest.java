package org.gajah.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.ObjectVector;
import org.junit.jupiter.api.Test;

/** numeric in binary form says the same number, whether it is kept in a long or not, and has no groups that are zero at its ends. */
class NumericBinaryTest {
    private static final long SEED = 11;
    private static final NumericCodec CODEC = new NumericCodec();

    private static Slice sent(BigDecimal value) {
        ObjectVector vector = new ObjectVector(1);
        vector.put(0, Numeric.of(value));
        ByteSink out = new ByteSink();
        CODEC.send(vector, 0, FixedTypeContext.DEFAULT, out);
        return out.view();
    }

    private static BigDecimal received(Slice bytes) {
        ObjectVector vector = new ObjectVector(1);
        CODEC.receive(bytes, -1, FixedTypeContext.DEFAULT, vector, 0);
        return ((Numeric) vector.values[0]).toBigDecimal();
    }

    /** The number as the format's description has it. */
    private static BigDecimal read(Slice bytes) {
        ByteSource source = new ByteSource(bytes);
        int count = source.getShort();
        int weight = source.getShort();
        boolean negative = source.getShort() != 0;
        int scale = source.getShort();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < count; i++) {
            int group = source.getShort();
            if (i == 0 || i == count - 1) {
                assertNotEquals(0, group);
            }
            sum = sum.add(BigDecimal.valueOf(group).scaleByPowerOfTen((weight - i) * 4));
        }
        assertEquals(0, source.remaining());
        return (negative ? sum.negate() : sum).setScale(scale);
    }

    private static void check(BigDecimal value) {
        assertEquals(value, read(sent(value)), value::toString);
        assertEquals(value, received(sent(value)), value::toString);
    }

    @Test
    void everyLengthAndScale() {
        Random random = new Random(SEED);
        for (int bits = 0; bits < 140; bits++) {
            for (int scale = 0; scale < 40; scale++) {
                BigInteger digits = new BigInteger(bits, random);
                check(new BigDecimal(digits, scale));
                check(new BigDecimal(digits.negate(), scale));
            }
        }
    }

    @Test
    void zerosWithinAndAtTheEnds() {
        for (String text : new String[] {"0", "0.00", "10000", "100000000", "10000.0001", "0.00000001", "1.0000", "12340000.5678", "999999999999999999",
            "1000000000000000000", "0.0000000000000001", "0.000000000000000001", "1234567890.12345678901234567"}) {
            check(new BigDecimal(text));
        }
    }

    @Test
    void digitsBehindTheScaleAreCutOff() {
        ByteSink out = new ByteSink().putShort(2).putShort(0).putShort(0).putShort(2).putShort(1).putShort(2399);
        assertEquals(new BigDecimal("1.23"), received(out.view()));
    }
}
