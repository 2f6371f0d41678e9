package org.gajah.tests.routine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.gajah.api.spi.Row;
import org.gajah.api.spi.Spi;
import org.gajah.api.spi.SqlInterval;

/** Methods of many shapes. */
public final class Samples {
    /** How many streams of {@link #counted} have been closed. */
    public static final AtomicInteger CLOSED = new AtomicInteger();

    private Samples() {
    }

    /** Primitives. */
    public static int add(int a, int b) {
        return Math.addExact(a, b);
    }

    /** Boxes that may be null. */
    public static Integer orZero(Integer a) {
        return a == null ? 0 : a;
    }

    /** A condition. */
    public static boolean isEven(int a) {
        return (a & 1) == 0;
    }

    /** A value of every type as Java's text of it. */
    public static String shown(Object value) {
        return value == null ? "null" : value.getClass().getSimpleName() + " " + switch (value) {
            case Object[] array -> Arrays.deepToString(array);
            case byte[] bytes -> Arrays.toString(bytes);
            case Row row -> Stream.iterate(1, i -> i + 1).limit(row.descriptor().size()).map(i -> row.descriptor().name(i) + "=" + row.get(i)).toList();
            default -> value.toString();
        };
    }

    /** One by one, the same value back. */
    public static short same(short v) {
        return v;
    }

    /** A bigint. */
    public static long same(long v) {
        return v;
    }

    /** A real. */
    public static float same(float v) {
        return v;
    }

    /** A double. */
    public static double same(double v) {
        return v;
    }

    /** A boolean. */
    public static boolean same(boolean v) {
        return v;
    }

    /** A text. */
    public static String same(String v) {
        return v;
    }

    /** A numeric. */
    public static BigDecimal same(BigDecimal v) {
        return v;
    }

    /** A bytea. */
    public static byte[] same(byte[] v) {
        return v;
    }

    /** A uuid. */
    public static UUID same(UUID v) {
        return v;
    }

    /** A date. */
    public static LocalDate same(LocalDate v) {
        return v;
    }

    /** A time. */
    public static LocalTime same(LocalTime v) {
        return v;
    }

    /** A timetz. */
    public static OffsetTime same(OffsetTime v) {
        return v;
    }

    /** A timestamp. */
    public static LocalDateTime same(LocalDateTime v) {
        return v;
    }

    /** A timestamptz. */
    public static OffsetDateTime same(OffsetDateTime v) {
        return v;
    }

    /** An interval. */
    public static SqlInterval same(SqlInterval v) {
        return v;
    }

    /** An array. */
    public static Integer[] same(Integer[] v) {
        return v;
    }

    /** An array of two dimensions. */
    public static String[][] same(String[][] v) {
        return v;
    }

    /** A composite. */
    public static Row same(Row v) {
        return v;
    }

    /** A polymorphic value. */
    public static Object any(Object v) {
        return v;
    }

    /** An instant later. */
    public static Instant later(Instant at) {
        return at.plusSeconds(1);
    }

    /** VARIADIC. */
    public static long sum(int... values) {
        return IntStream.of(values).asLongStream().sum();
    }

    /** A set of numbers. */
    public static Iterator<Integer> upTo(int n) {
        return IntStream.rangeClosed(1, n).iterator();
    }

    /** A stream that knows when it is closed. */
    public static Stream<Integer> counted(int n) {
        return Stream.iterate(1, i -> i + 1).limit(n).onClose(CLOSED::incrementAndGet);
    }

    /** A line of a table. */
    public record Line(int n, String name) {
    }

    /** TABLE by a record. */
    public static Stream<Line> table(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> new Line(i, "no. " + i));
    }

    /** A composite by a record. */
    public static Line line(int n) {
        return new Line(n, "no. " + n);
    }

    /** Two OUT parameters. */
    public static Object[] divided(int a, int b) {
        return new Object[] {a / b, a % b};
    }

    /** One INOUT parameter. */
    public static int doubled(int a) {
        return 2 * a;
    }

    /** Two words into a list. */
    public static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    /** A big integer. */
    public static BigInteger factorial(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** Fails with an exception of Java's. */
    public static int fails(int a) {
        if (a > 0) {
            throw new IllegalStateException("a is " + a);
        }
        return a;
    }

    /** Calls itself without end. */
    public static int endless(int a) {
        return endless(a + 1) + 1;
    }

    /** Wants more memory than there is. */
    public static int greedy(int a) {
        long[][] all = new long[1 << 20][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new long[Integer.MAX_VALUE - 8 - a];
        }
        return all.length;
    }

    /** A class whose initializer fails. */
    public static int unlinked(int a) {
        return Broken.VALUE + a;
    }

    private static final class Broken {
        static final int VALUE = value();

        private static int value() {
            throw new IllegalArgumentException("cannot begin");
        }
    }

    /** A select through SPI. */
    public static long countOf(String table) {
        return Spi.current().execute("SELECT count(*) FROM " + table).rows().row(0).getLong(1);
    }

    /** So many point selects by their text. */
    public static long pointTexts(int n) {
        Spi spi = Spi.current();
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += spi.execute("SELECT v FROM point WHERE id = $1", i % 10_000).rows().row(0).getInt(1);
        }
        return sum;
    }

    /** The same by JDBC. */
    public static long jdbcSelects(int n) throws SQLException {
        return InH2.pointSelects(DriverManager.getConnection("jdbc:default:connection"), n);
    }

    /** So many prepared point selects. */
    public static long pointSelects(int n) {
        Spi spi = Spi.current();
        org.gajah.api.spi.SpiPlan plan = spi.prepare("SELECT v FROM point WHERE id = $1", "int");
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += plan.execute(true, 1, i % 10_000).rows().row(0).getInt(1);
        }
        return sum;
    }
}
