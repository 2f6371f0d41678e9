package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.catalog.CatalogRow;
import org.gajah.type.Oids;

/** A sequence's parameters, whole and consistent. PostgreSQL manual, CREATE SEQUENCE. */
record SequenceOptions(int type, long start, long increment, long maximum, long minimum, long cache, boolean cycle) {
    static SequenceOptions of(CatalogRow row) {
        return new SequenceOptions(row.number("seqtypid"), (Long) row.get("seqstart"), (Long) row.get("seqincrement"),
                (Long) row.get("seqmax"), (Long) row.get("seqmin"), (Long) row.get("seqcache"), row.flag("seqcycle"));
    }

    /** Those of a new sequence over a type. */
    static SequenceOptions fresh(List<DefElem> written, int type, AnalyzeContext analysis) {
        int of = find(written, "as").map(o -> typeOf(o, analysis)).orElse(type);
        if (of != Oids.INT2 && of != Oids.INT4 && of != Oids.INT8) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "sequence type must be smallint, integer, or bigint");
        }
        long increment = number(written, "increment").orElse(1L);
        long maximum = increment > 0 ? largest(of) : -1;
        long minimum = increment > 0 ? 1 : -largest(of) - 1;
        SequenceOptions bounded = new SequenceOptions(of, increment > 0 ? minimum : maximum, increment, maximum, minimum, 1, false);
        return bounded.apply(written, true);
    }

    SequenceOptions with(List<DefElem> written, AnalyzeContext analysis) {
        int of = find(written, "as").map(o -> typeOf(o, analysis)).orElse(type);
        boolean wasDefault = maximum == largest(type);
        SequenceOptions typed = new SequenceOptions(of, start, increment, wasDefault ? largest(of) : maximum, minimum, cache, cycle);
        return typed.apply(written, false);
    }

    private static int typeOf(DefElem option, AnalyzeContext analysis) {
        return option.value().orElseThrow() instanceof DefElem.Value.OfType t ? Names.type(t.type(), analysis).type() : Oids.INT8;
    }

    private SequenceOptions apply(List<DefElem> written, boolean isNew) {
        long step = number(written, "increment").orElse(increment);
        if (step == 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "INCREMENT must not be zero");
        }
        long max = bound(written, "maxvalue", maximum, step > 0 ? largest(type) : -1);
        long min = bound(written, "minvalue", minimum, step > 0 ? 1 : -largest(type) - 1);
        requireInType(max, "MAXVALUE");
        requireInType(min, "MINVALUE");
        if (min >= max) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "MINVALUE (" + min + ") must be less than MAXVALUE (" + max + ")");
        }
        long first = number(written, "start").orElse(isNew ? step > 0 ? min : max : start);
        requireWithin(first, min, max, "START");
        Optional<Long> again = restart(written, first);
        again.ifPresent(value -> requireWithin(value, min, max, "RESTART"));
        long ahead = number(written, "cache").orElse(cache);
        if (ahead <= 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "CACHE (" + ahead + ") must be greater than zero");
        }
        boolean cycles = find(written, "cycle").map(o -> !(o.value().isPresent() && o.value().get() instanceof DefElem.Value.Flag f) || f.value())
                .orElse(cycle);
        return new SequenceOptions(type, first, step, max, min, ahead, cycles);
    }

    private void requireInType(long value, String word) {
        if (value > largest(type) || value < -largest(type) - 1) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, word + " (" + value + ") is out of range for sequence data type "
                    + (type == Oids.INT2 ? "smallint" : type == Oids.INT4 ? "integer" : "bigint"));
        }
    }

    private static void requireWithin(long value, long min, long max, String word) {
        if (value < min) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, word + " value (" + value + ") cannot be less than MINVALUE (" + min + ")");
        }
        if (value > max) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, word + " value (" + value + ") cannot be greater than MAXVALUE (" + max + ")");
        }
    }

    /** RESTART's value, or the start if it names none; empty if it was not written. */
    static Optional<Long> restart(List<DefElem> written, long start) {
        return find(written, "restart").map(o -> number(List.of(o), "restart").orElse(start));
    }

    private static long largest(int type) {
        return type == Oids.INT2 ? Short.MAX_VALUE : type == Oids.INT4 ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    /** NO MAXVALUE and NO MINVALUE have no value. */
    private static long bound(List<DefElem> written, String name, long present, long unbounded) {
        return find(written, name).map(o -> number(List.of(o), name).orElse(unbounded)).orElse(present);
    }

    private static Optional<DefElem> find(List<DefElem> written, String name) {
        return written.stream().filter(o -> o.name().equals(name)).findFirst();
    }

    private static Optional<Long> number(List<DefElem> written, String name) {
        return find(written, name).flatMap(DefElem::value).filter(v -> v instanceof DefElem.Value.Number)
                .map(v -> Long.parseLong(((DefElem.Value.Number) v).value()));
    }
}
