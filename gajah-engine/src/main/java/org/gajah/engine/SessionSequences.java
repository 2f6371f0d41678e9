package org.gajah.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.command.ObjectNames;
import org.gajah.sysfunc.SystemContext;
import org.gajah.table.RelationId;
import org.gajah.table.Sequence;

/** A session's use of sequences: values taken ahead (CACHE), and the last value given of each. */
final class SessionSequences implements SystemContext.Sequences {
    private final SessionImpl session;
    private final Map<Integer, Long> lastValues = new HashMap<>();
    private final Map<Integer, Ahead> ahead = new HashMap<>();
    private Optional<Integer> lastSequence = Optional.empty();

    /** Values taken and not yet given, of a sequence's storage. */
    private record Ahead(int storageId, long next, int count, long increment) {
    }

    SessionSequences(SessionImpl session) {
        this.session = session;
    }

    @Override
    public long next(int sequence) {
        Relation relation = relation(sequence);
        if (session.transactions().transaction().isReadOnly() && relation.persistence() != 't') {
            throw new SqlError(SqlState.READ_ONLY_SQL_TRANSACTION, "cannot execute nextval() in a read-only transaction");
        }
        Ahead known = ahead.get(sequence);
        if (known == null || known.count == 0 || known.storageId != relation.storageId()) {
            known = take(relation);
        }
        ahead.put(sequence, new Ahead(known.storageId, known.next + known.increment, known.count - 1, known.increment));
        lastValues.put(sequence, known.next);
        lastSequence = Optional.of(sequence);
        return known.next;
    }

    private Ahead take(Relation relation) {
        CatalogRow row = session.transactions().catalog().row("pg_sequence", 5002, relation.oid()).orElseThrow();
        long increment = (Long) row.get("seqincrement");
        long min = (Long) row.get("seqmin");
        long max = (Long) row.get("seqmax");
        int cache = (int) Math.min(1 << 20, (Long) row.get("seqcache"));
        Optional<Sequence.Range> range = storage(relation).next(session.transactions().transaction(), increment, min, max,
                row.flag("seqcycle"), cache);
        if (range.isEmpty()) {
            String bound = increment > 0 ? "maximum value of sequence \"" + relation.name() + "\" (" + max + ")"
                    : "minimum value of sequence \"" + relation.name() + "\" (" + min + ")";
            throw new SqlError(SqlState.SEQUENCE_GENERATOR_LIMIT_EXCEEDED, "nextval: reached " + bound);
        }
        return new Ahead(relation.storageId(), range.get().first(), range.get().count(), increment);
    }

    @Override
    public long current(int sequence) {
        Relation relation = relation(sequence);
        Long value = lastValues.get(sequence);
        if (value == null) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "currval of sequence \"" + relation.name() + "\" is not yet defined in this session");
        }
        return value;
    }

    @Override
    public long last() {
        return lastSequence.filter(s -> session.transactions().catalog().relation(s).isPresent()).map(lastValues::get)
                .orElseThrow(() -> new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "lastval is not yet defined in this session"));
    }

    @Override
    public void set(int sequence, long value, boolean called) {
        Relation relation = relation(sequence);
        CatalogRow row = session.transactions().catalog().row("pg_sequence", 5002, sequence).orElseThrow();
        long min = (Long) row.get("seqmin");
        long max = (Long) row.get("seqmax");
        if (value < min || value > max) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "setval: value " + value + " is out of bounds for sequence \""
                    + relation.name() + "\" (" + min + ".." + max + ")");
        }
        session.transactions().requireId();
        storage(relation).set(session.transactions().transaction(), new Sequence.State(value, called));
        ahead.remove(sequence);
        if (called) {
            lastValues.put(sequence, value);
        }
    }

    /** DISCARD SEQUENCES. */
    void discard() {
        lastValues.clear();
        ahead.clear();
        lastSequence = Optional.empty();
    }

    private Sequence storage(Relation relation) {
        return session.instance().storage().sequence(new RelationId(session.database(), relation.storageId()));
    }

    private Relation relation(int sequence) {
        CatalogView catalog = session.transactions().catalog();
        Relation relation = catalog.relation(sequence).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_TABLE,
                "could not open relation with OID " + Integer.toUnsignedString(sequence)));
        if (relation.kind() != 'S') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot open relation \"" + relation.name() + "\"")
                    .detail("This operation is not supported for " + ObjectNames.kinds(relation.kind()) + ".");
        }
        return relation;
    }
}
