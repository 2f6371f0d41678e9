package org.gajah.tests.corpus;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * PostgreSQL's text form of a value that came in binary form, written without looking at the server's own code.
 *
 * <p>For types that are not here a comparison says nothing, which {@link #UNKNOWN} shows.
 */
final class BinaryText {
    static final String UNKNOWN = "?";

    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

    private BinaryText() {}

    static Optional<String> decode(int type, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return switch (type) {
            case 16 -> Optional.of(value[0] == 1 ? "t" : "f");
            case 17 -> Optional.of("\\x" + HexFormat.of().formatHex(value));
            case 18 -> Optional.of(value[0] == 0 ? "" : new String(value, StandardCharsets.UTF_8));
            case 19, 25, 114, 142, 705, 1042, 1043 -> Optional.of(new String(value, StandardCharsets.UTF_8));
            case 20 -> Optional.of(Long.toString(bytes.getLong()));
            case 21 -> Optional.of(Short.toString(bytes.getShort()));
            case 23 -> Optional.of(Integer.toString(bytes.getInt()));
            case 26, 28, 29 -> Optional.of(Integer.toUnsignedString(bytes.getInt()));
            case 1082 -> date(bytes.getInt());
            case 1083 -> time(bytes.getLong());
            case 1114 -> timestamp(bytes.getLong(), "");
            case 1184 -> timestamp(bytes.getLong(), "+00");
            case 1700 -> Optional.of(numeric(bytes));
            case 2950 -> Optional.of(new UUID(bytes.getLong(), bytes.getLong()).toString());
            case 3802 -> Optional.of(new String(value, 1, value.length - 1, StandardCharsets.UTF_8));
            default -> Optional.empty();
        };
    }

    private static Optional<String> date(int days) {
        LocalDate date = EPOCH.plusDays(days);
        return date.getYear() < 1 || date.getYear() > 9999 ? Optional.empty() : Optional.of(date.toString());
    }

    private static Optional<String> time(long micros) {
        if (micros == 86_400_000_000L) {
            return Optional.of("24:00:00");
        }
        LocalTime time = LocalTime.ofNanoOfDay(micros * 1000);
        String seconds = String.format("%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        long fraction = micros % 1_000_000;
        return Optional.of(fraction == 0 ? seconds : seconds + ("." + String.format("%06d", fraction)).replaceAll("0+$", ""));
    }

    private static Optional<String> timestamp(long micros, String zone) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return Optional.of(micros > 0 ? "infinity" : "-infinity");
        }
        LocalDateTime day = EPOCH.atStartOfDay().plusDays(Math.floorDiv(micros, 86_400_000_000L));
        if (day.getYear() < 1 || day.getYear() > 9999) {
            return Optional.empty();
        }
        return time(Math.floorMod(micros, 86_400_000_000L)).map(time -> day.toLocalDate() + " " + time + zone);
    }

    private static String numeric(ByteBuffer bytes) {
        int digits = bytes.getShort();
        int weight = bytes.getShort();
        int sign = Short.toUnsignedInt(bytes.getShort());
        int scale = bytes.getShort();
        switch (sign) {
            case 0xC000:
                return "NaN";
            case 0xD000:
                return "Infinity";
            case 0xF000:
                return "-Infinity";
            default:
                break;
        }
        BigInteger all = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            all = all.multiply(BigInteger.valueOf(10_000)).add(BigInteger.valueOf(bytes.getShort()));
        }
        BigDecimal value = new BigDecimal(all).scaleByPowerOfTen(4 * (weight - digits + 1)).setScale(scale, java.math.RoundingMode.UNNECESSARY);
        return (sign == 0x4000 ? value.negate() : value).toPlainString();
    }
}
