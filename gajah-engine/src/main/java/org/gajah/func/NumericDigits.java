package org.gajah.func;

import java.math.BigInteger;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.type.Numeric;

/**
 * A number's digits to the base of ten thousand without zeros at either end, as PostgreSQL hashes them: two bytes each, low one first.
 *
 * @param weight the power of ten thousand of the first digit
 */
record NumericDigits(Slice bytes, int weight) {
    private static final BigInteger BASE = BigInteger.valueOf(10_000);

    /** Empty for zero and for what is not finite. */
    static Optional<NumericDigits> of(Numeric a) {
        if (!a.isFinite() || a.signum() == 0) {
            return Optional.empty();
        }
        int fraction = (Math.max(a.scale(), 0) + 3) / 4;
        BigInteger rest = a.unscaled().abs().multiply(BigInteger.TEN.pow(fraction * 4 - a.scale()));
        int power = -fraction;
        while (rest.mod(BASE).signum() == 0) {
            rest = rest.divide(BASE);
            power++;
        }
        byte[] reversed = new byte[rest.bitLength() / 6 + 2];
        int count = 0;
        for (; rest.signum() > 0; count++) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            int digit = parts[1].intValue();
            reversed[2 * count] = (byte) digit;
            reversed[2 * count + 1] = (byte) (digit >>> 8);
            rest = parts[0];
        }
        byte[] bytes = new byte[2 * count];
        for (int i = 0; i < count; i++) {
            bytes[2 * i] = reversed[2 * (count - 1 - i)];
            bytes[2 * i + 1] = reversed[2 * (count - 1 - i) + 1];
        }
        return Optional.of(new NumericDigits(Slice.of(bytes), power + count - 1));
    }
}
