package org.gajah.func;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The classes that hold the built-in functions, and the methods by name. A method's name is pg_proc.prosrc; names are unique over
 * all families, except in {@link SqlFunctions}, whose methods go by pg_proc.proname and may be overloaded.
 */
public final class Families {
    /** Every class of functions. */
    public static final List<Class<?>> CLASSES = List.of(
            ArrayFunctions.class, ArraySearch.class, BitFunctions.class, BytesFunctions.class, CaseFunctions.class,
            CollectAggregates.class, DateFunctions.class, EncodeFunctions.class, EncodingFunctions.class, EnumFunctions.class,
            ExtractFunctions.class, FloatComparisons.class, FloatFunctions.class, FormatFunctions.class,
            HashFunctions.class, NetworkFunctions.class, IdentifierComparisons.class, IntegerArithmetic.class, IntegerComparisons.class, IntegerFunctions.class,
            IntervalFunctions.class, TemplateFunctions.class, JsonBuild.class, JsonFunctions.class, JsonPathFunctions.class, JsonRecords.class, JsonbEdit.class, JsonbFunctions.class,
            LikeFunctions.class, MathFunctions.class, MiscFunctions.class, NumericFunctions.class, QuoteFunctions.class,
            RandomFunctions.class, RangeFunctions.class, MultirangeFunctions.class, RecordFunctions.class, RegexFunctions.class, SeriesFunctions.class,
            SimilarFunctions.class, SnapshotFunctions.class, SplitFunctions.class, StatisticAggregates.class, SumAggregates.class,
            TextComparisons.class, TextFunctions.class, TimeComparisons.class, TimeFunctions.class,
            TimestampFunctions.class, UnicodeFunctions.class, LsnFunctions.class, TruncateFunctions.class, ValueComparisons.class, SqlFunctions.class);

    private static final class Index {
        static final Map<String, Method> BY_NAME = new HashMap<>(4096);

        static {
            for (Class<?> family : CLASSES) {
                if (family == SqlFunctions.class) {
                    continue;
                }
                for (Method method : family.getDeclaredMethods()) {
                    int modifiers = method.getModifiers();
                    if (Modifier.isPublic(modifiers) && Modifier.isStatic(modifiers)
                            && BY_NAME.put(method.getName(), method) != null) {
                        throw new IllegalStateException("two methods are called " + method.getName());
                    }
                }
            }
        }

        private Index() {
        }
    }

    private Families() {
    }

    /** The method of that pg_proc.prosrc; empty if the function is not implemented here. */
    public static Optional<Method> method(String source) {
        return Optional.ofNullable(Index.BY_NAME.get(source));
    }

    /** All methods but those of {@link SqlFunctions}. */
    public static Iterable<Method> methods() {
        return Index.BY_NAME.values();
    }
}
