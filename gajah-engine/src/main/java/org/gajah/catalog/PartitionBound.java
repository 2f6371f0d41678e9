package org.gajah.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/**
 * Which rows a partition takes. In {@code pg_class.relpartbound} it stands as text of its own: {@code #bound}, the kind, and datums,
 * each {@code n} (null), {@code -} (MINVALUE), {@code +} (MAXVALUE), or {@code v} with type, length and text form of a value.
 */
public sealed interface PartitionBound {
    /** DEFAULT. */
    record Default() implements PartitionBound {
    }

    /** IN (values). */
    record Values(List<Datum> values) implements PartitionBound {
    }

    /** FROM (lower) TO (upper). */
    record Range(List<Datum> lower, List<Datum> upper) implements PartitionBound {
    }

    /** WITH (MODULUS, REMAINDER). */
    record Hash(int modulus, int remainder) implements PartitionBound {
    }

    /** One value of a bound. */
    sealed interface Datum {
        /** NULL. */
        record Null() implements Datum {
        }

        /** MINVALUE. */
        record Least() implements Datum {
        }

        /** MAXVALUE. */
        record Most() implements Datum {
        }

        /** A boxed value of a type. */
        record Value(int type, Object value) implements Datum {
        }
    }

    /** The mark at the beginning of a bound's text. */
    String MARK = "#bound ";

    /** The text for {@code relpartbound}. */
    static String write(PartitionBound bound, IntFunction<TypeCodec> codecs) {
        StringBuilder out = new StringBuilder(MARK);
        switch (bound) {
            case Default d -> out.append('d');
            case Hash h -> out.append("h ").append(h.modulus).append(' ').append(h.remainder);
            case Values v -> write(out.append('l'), v.values, codecs);
            case Range r -> {
                write(out.append('r'), r.lower, codecs);
                write(out, r.upper, codecs);
            }
        }
        return out.toString();
    }

    private static void write(StringBuilder out, List<Datum> datums, IntFunction<TypeCodec> codecs) {
        out.append(' ').append(datums.size());
        for (Datum datum : datums) {
            switch (datum) {
                case Datum.Null n -> out.append(" n");
                case Datum.Least l -> out.append(" -");
                case Datum.Most m -> out.append(" +");
                case Datum.Value v -> {
                    TypeCodec codec = codecs.apply(v.type);
                    ByteSink text = new ByteSink();
                    codec.format(vector(v, codec), 0, PlainContext.INSTANCE, text);
                    String written = text.toString();
                    out.append(" v ").append(Integer.toUnsignedString(v.type)).append(' ').append(written.length()).append(' ').append(written);
                }
            }
        }
    }

    /** A value alone in a vector. */
    static Vector vector(Datum.Value value, TypeCodec codec) {
        Vector one = Vector.of(codec.carrier(), 1);
        one.set(0, value.value);
        return one;
    }

    /** Reads what {@link #write} wrote. */
    static PartitionBound read(String text, IntFunction<TypeCodec> codecs) {
        Reader reader = new Reader(text, codecs);
        String kind = reader.word();
        return switch (kind) {
            case "d" -> new Default();
            case "h" -> new Hash(Integer.parseInt(reader.word()), Integer.parseInt(reader.word()));
            case "l" -> new Values(reader.datums());
            case "r" -> new Range(reader.datums(), reader.datums());
            default -> throw new IllegalStateException("not a partition bound: " + text);
        };
    }

    /** Walks through a bound's text. */
    final class Reader {
        private final String text;
        private final IntFunction<TypeCodec> codecs;
        private int at = MARK.length();

        private Reader(String text, IntFunction<TypeCodec> codecs) {
            this.text = text;
            this.codecs = codecs;
        }

        private String word() {
            int end = text.indexOf(' ', at);
            String word = end < 0 ? text.substring(at) : text.substring(at, end);
            at += word.length() + 1;
            return word;
        }

        private List<Datum> datums() {
            List<Datum> datums = new ArrayList<>();
            for (int count = Integer.parseInt(word()); count > 0; count--) {
                datums.add(switch (word()) {
                    case "n" -> new Datum.Null();
                    case "-" -> new Datum.Least();
                    case "+" -> new Datum.Most();
                    default -> value();
                });
            }
            return List.copyOf(datums);
        }

        private Datum value() {
            int type = Integer.parseUnsignedInt(word());
            int length = Integer.parseInt(word());
            String written = text.substring(at, at + length);
            at += length + 1;
            TypeCodec codec = codecs.apply(type);
            Vector one = Vector.of(codec.carrier(), 1);
            codec.parse(Slice.of(written), -1, PlainContext.INSTANCE, one, 0);
            return new Datum.Value(type, one.get(0));
        }
    }
}
