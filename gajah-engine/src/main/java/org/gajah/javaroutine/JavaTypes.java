package org.gajah.javaroutine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Row;
import org.gajah.api.spi.SqlInterval;
import org.gajah.base.Slice;
import org.gajah.catalog.TypeRow;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.ArrayValue;
import org.gajah.type.Datum;
import org.gajah.type.Interval;
import org.gajah.type.Numeric;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;
import org.gajah.type.TimeTz;
import org.gajah.type.TypeCodec;

/** SQL values as Java's and back. A null is a null. */
final class JavaTypes {
    private static final int FIRST_MADE = 12_000;
    private static final Map<Class<?>, Integer> TYPES = Map.ofEntries(Map.entry(Boolean.class, Oids.BOOL), Map.entry(Short.class, Oids.INT2),
            Map.entry(Integer.class, Oids.INT4), Map.entry(Long.class, Oids.INT8), Map.entry(Float.class, Oids.FLOAT4),
            Map.entry(Double.class, Oids.FLOAT8), Map.entry(BigDecimal.class, Oids.NUMERIC), Map.entry(BigInteger.class, Oids.NUMERIC),
            Map.entry(byte[].class, Oids.BYTEA), Map.entry(UUID.class, Oids.UUID), Map.entry(LocalDate.class, Oids.DATE),
            Map.entry(LocalTime.class, Oids.TIME), Map.entry(OffsetTime.class, Oids.TIMETZ), Map.entry(LocalDateTime.class, Oids.TIMESTAMP),
            Map.entry(OffsetDateTime.class, Oids.TIMESTAMPTZ), Map.entry(Instant.class, Oids.TIMESTAMPTZ),
            Map.entry(SqlInterval.class, Oids.INTERVAL), Map.entry(int[].class, Oids.INT4_ARRAY), Map.entry(Integer[].class, Oids.INT4_ARRAY),
            Map.entry(long[].class, Oids.INT8_ARRAY), Map.entry(Long[].class, Oids.INT8_ARRAY), Map.entry(double[].class, Oids.FLOAT8_ARRAY),
            Map.entry(Double[].class, Oids.FLOAT8_ARRAY), Map.entry(String[].class, Oids.TEXT_ARRAY));

    private final SpiSession session;
    private final JavaArrays arrays = new JavaArrays(this);
    private final JavaRows rows = new JavaRows(this);

    JavaTypes(SpiSession session) {
        this.session = session;
    }

    SpiSession session() {
        return session;
    }

    /** The type under a domain. */
    int base(int type) {
        int at = type;
        while (Integer.compareUnsigned(at, FIRST_MADE) > 0) {
            TypeRow row = session.catalog().type(at).orElseThrow();
            if (row.kind() != 'd') {
                break;
            }
            at = row.base();
        }
        return at;
    }

    /** The type of an array's elements, 0 if it is none. */
    int element(int type) {
        return session.catalog().type(type).filter(TypeRow::trueArray).map(TypeRow::element).orElse(0);
    }

    boolean isRow(int type) {
        return type == Oids.RECORD || session.catalog().type(type).map(t -> t.kind() == 'c').orElse(false);
    }

    String name(int type) {
        return RegNames.typeName(type, -1, session.analysis(SpiParameters.NONE));
    }

    TypeCodec codec(int type) {
        return session.types().codec(type);
    }

    String text(Object datum, int type) {
        return datum == null ? null : Datum.format(codec(type), datum, session.types()).toString();
    }

    /** The class of a type's natural values. */
    Class<?> natural(int type) {
        int base = base(type);
        return switch (base) {
            case Oids.BOOL -> Boolean.class;
            case Oids.INT2 -> Short.class;
            case Oids.INT4 -> Integer.class;
            case Oids.INT8, Oids.OID -> Long.class;
            case Oids.FLOAT4 -> Float.class;
            case Oids.FLOAT8 -> Double.class;
            case Oids.NUMERIC -> BigDecimal.class;
            case Oids.BYTEA -> byte[].class;
            case Oids.UUID -> UUID.class;
            case Oids.DATE -> LocalDate.class;
            case Oids.TIME -> LocalTime.class;
            case Oids.TIMETZ -> OffsetTime.class;
            case Oids.TIMESTAMP -> LocalDateTime.class;
            case Oids.TIMESTAMPTZ -> OffsetDateTime.class;
            case Oids.INTERVAL -> SqlInterval.class;
            case Oids.INTERNAL -> Object.class;
            default -> {
                int element = element(base);
                yield element != 0 ? natural(element).arrayType() : isRow(base) ? Row.class : String.class;
            }
        };
    }

    /** The natural Java value. */
    Object natural(Object datum, int type) {
        if (datum == null) {
            return null;
        }
        int base = base(type);
        return switch (base) {
            case Oids.BOOL, Oids.INT4, Oids.INT8, Oids.FLOAT8, Oids.INTERNAL -> datum;
            case Oids.INT2 -> ((Integer) datum).shortValue();
            case Oids.OID -> Integer.toUnsignedLong((Integer) datum);
            case Oids.FLOAT4 -> ((Double) datum).floatValue();
            case Oids.NUMERIC -> decimal((Numeric) datum);
            case Oids.TEXT, Oids.VARCHAR, Oids.BPCHAR, Oids.NAME -> datum.toString();
            case Oids.BYTEA -> ((Slice) datum).toBytes();
            case Oids.UUID -> {
                ByteBuffer bytes = ByteBuffer.wrap(((Slice) datum).toBytes());
                yield new UUID(bytes.getLong(), bytes.getLong());
            }
            case Oids.DATE -> JavaTimes.date((Integer) datum);
            case Oids.TIME -> JavaTimes.time((Long) datum);
            case Oids.TIMETZ -> OffsetTime.of(JavaTimes.time(((TimeTz) datum).micros()), ZoneOffset.ofTotalSeconds(-((TimeTz) datum).zoneSeconds()));
            case Oids.TIMESTAMP -> JavaTimes.timestamp((Long) datum);
            case Oids.TIMESTAMPTZ -> JavaTimes.instant((Long) datum);
            case Oids.INTERVAL -> new SqlInterval(((Interval) datum).months(), ((Interval) datum).days(), ((Interval) datum).micros());
            default -> switch (datum) {
                case ArrayValue array -> arrays.toJava(array);
                case RecordValue record -> rows.toJava(record);
                default -> text(datum, type);
            };
        };
    }

    private static BigDecimal decimal(Numeric n) {
        if (!n.isFinite()) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric " + (n.isNaN() ? "NaN" : "infinity") + " has no BigDecimal");
        }
        return n.toBigDecimal();
    }

    /** Whether values of a type can be handed over as ones of a class, primitive or not. */
    boolean fits(int type, Class<?> wanted) {
        Class<?> c = boxed(wanted);
        Class<?> natural = natural(type);
        if (type == Oids.INTERNAL) {
            return !wanted.isPrimitive();
        }
        if (c == Object.class || c == natural || c == String.class) {
            return true;
        }
        if (natural.isArray() && c.isArray()) {
            int element = element(base(type));
            return element != 0 && (fits(element, c.getComponentType()) || fits(type, c.getComponentType()));
        }
        return widens(natural, c) || natural == OffsetDateTime.class && c == Instant.class;
    }

    private static boolean widens(Class<?> from, Class<?> to) {
        if (from == Short.class) {
            return to == Integer.class || to == Long.class;
        }
        return from == Integer.class && to == Long.class || from == Float.class && to == Double.class;
    }

    static Class<?> boxed(Class<?> c) {
        return c.isPrimitive() ? java.lang.invoke.MethodType.methodType(c).wrap().returnType() : c;
    }

    /** A value as one of a class that {@link #fits}. */
    Object toJava(Object datum, int type, Class<?> wanted) {
        if (datum == null) {
            return null;
        }
        Class<?> c = boxed(wanted);
        if (c == String.class && natural(type) != String.class && type != Oids.INTERNAL) {
            return text(datum, type);
        }
        if (c.isArray() && datum instanceof ArrayValue array) {
            return arrays.toJava(array, c);
        }
        Object natural = natural(datum, type);
        if (c.isInstance(natural)) {
            return natural;
        }
        return switch (natural) {
            case Number n when c == Integer.class -> n.intValue();
            case Number n when c == Long.class -> n.longValue();
            case Number n when c == Double.class -> n.doubleValue();
            case OffsetDateTime t when c == Instant.class -> t.toInstant();
            default -> throw new SqlError(SqlState.CANNOT_COERCE, "a value of type " + name(type) + " cannot become a " + wanted.getTypeName());
        };
    }

    /** A Java value as one of a type. */
    Object toDatum(Object value, int type) {
        if (value instanceof RawValue raw) {
            return raw.type() == type ? raw.datum() : toDatum(natural(raw.datum(), raw.type()), type);
        }
        int base = base(type);
        Object datum = value == null || type == Oids.INTERNAL ? value : plain(value, base);
        if (base != type) {
            session.types().checkDomain(type, Datum.vector(codec(type), datum), 0);
        }
        return datum;
    }

    private Object plain(Object value, int type) {
        return switch (value) {
            case Boolean b when type == Oids.BOOL -> b;
            case Number n -> number(n, type);
            case Character c -> string(c.toString(), type);
            case CharSequence s -> string(s.toString(), type);
            case Enum<?> e -> string(e.name(), type);
            case byte[] b when type == Oids.BYTEA -> Slice.of(b.clone());
            case UUID u when type == Oids.UUID -> Slice.of(ByteBuffer.allocate(16).putLong(u.getMostSignificantBits())
                    .putLong(u.getLeastSignificantBits()).array());
            case LocalDate d when type == Oids.DATE -> JavaTimes.days(d);
            case LocalTime t when type == Oids.TIME -> JavaTimes.micros(t);
            case OffsetTime t when type == Oids.TIMETZ -> new TimeTz(JavaTimes.micros(t.toLocalTime()), -t.getOffset().getTotalSeconds());
            case LocalDateTime t when type == Oids.TIMESTAMP -> JavaTimes.micros(t);
            case OffsetDateTime t when type == Oids.TIMESTAMPTZ -> JavaTimes.micros(t);
            case Instant t when type == Oids.TIMESTAMPTZ -> JavaTimes.micros(t.atOffset(ZoneOffset.UTC));
            case SqlInterval i when type == Oids.INTERVAL -> new Interval(i.months(), i.days(), i.micros());
            default -> compound(value, type);
        };
    }

    private Object compound(Object value, int type) {
        int element = element(type);
        if (element != 0) {
            return arrays.toDatum(value, element).orElseThrow(() -> cannot(value, type));
        }
        if (isRow(type)) {
            return rows.toDatum(value, type).orElseThrow(() -> cannot(value, type));
        }
        throw cannot(value, type);
    }

    JavaRows rows() {
        return rows;
    }

    SqlError cannot(Object value, int type) {
        return new SqlError(SqlState.DATATYPE_MISMATCH, "a Java value of class " + value.getClass().getTypeName() + " cannot become a value of type "
                + name(type));
    }

    private Object number(Number n, int type) {
        return switch (type) {
            case Oids.INT4 -> (int) ranged(whole(n, type), Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
            case Oids.INT2 -> (int) ranged(whole(n, type), Short.MIN_VALUE, Short.MAX_VALUE, "smallint");
            case Oids.INT8 -> whole(n, type);
            case Oids.OID -> (int) ranged(whole(n, type), 0, 0xFFFF_FFFFL, "OID");
            case Oids.FLOAT4 -> (double) n.floatValue();
            case Oids.FLOAT8 -> n.doubleValue();
            case Oids.NUMERIC -> switch (n) {
                case BigDecimal d -> Numeric.of(d);
                case BigInteger i -> Numeric.of(new BigDecimal(i));
                case Double d -> string(d.toString(), type);
                case Float f -> string(f.toString(), type);
                default -> Numeric.of(BigDecimal.valueOf(n.longValue()));
            };
            default -> throw cannot(n, type);
        };
    }

    private long whole(Number n, int type) {
        if (n instanceof Integer || n instanceof Long || n instanceof Short || n instanceof Byte) {
            return n.longValue();
        }
        throw cannot(n, type);
    }

    private static long ranged(long value, long from, long to, String type) {
        if (value < from || value > to) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, type + " out of range");
        }
        return value;
    }

    /** Text as a value: of the text types as it is, of others as their input function reads it. */
    private Object string(String s, int type) {
        Slice text = Slice.of(requireText(s));
        return type == Oids.TEXT || type == Oids.VARCHAR ? text : Datum.parse(codec(type), text, -1, session.types());
    }

    static String requireText(String s) {
        if (s.indexOf('\0') >= 0) {
            throw new SqlError(SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\": 0x00");
        }
        return s;
    }

    /** The SQL type that an argument has when nothing is said; text for what nobody knows. */
    static int typeOf(Object value) {
        return TYPES.getOrDefault(value.getClass(), Oids.TEXT);
    }
}
