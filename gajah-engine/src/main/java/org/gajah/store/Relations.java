package org.gajah.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.page.BufferPool;
import org.gajah.page.PageSpace;
import org.gajah.table.IndexMethod;
import org.gajah.table.RelationId;
import org.gajah.table.Sequence;

/** The relations that exist, committed or being made. */
final class Relations {
    private final ClusterStorage storage;
    private final BufferPool pool;
    private final IndexMethod indexMethod;
    private final ConcurrentHashMap<RelationId, StoredRelation> all = new ConcurrentHashMap<>();

    Relations(ClusterStorage storage, BufferPool pool, IndexMethod indexMethod) {
        this.storage = storage;
        this.pool = pool;
        this.indexMethod = indexMethod;
    }

    Optional<StoredRelation> find(RelationId id) {
        return Optional.ofNullable(all.get(id));
    }

    StoredRelation get(RelationId id) {
        StoredRelation relation = all.get(id);
        if (relation == null) {
            throw new SqlError(SqlState.INTERNAL_ERROR, "could not open relation with storage "
                    + Integer.toUnsignedString(id.database()) + "/" + Integer.toUnsignedString(id.relation()));
        }
        return relation;
    }

    HeapTable table(RelationId id) {
        return get(id) instanceof HeapTable table ? table : wrongKind(id, "table");
    }

    StoredIndex index(RelationId id) {
        return get(id) instanceof StoredIndex index ? index : wrongKind(id, "index");
    }

    StoredSequence sequence(RelationId id) {
        return get(id) instanceof StoredSequence sequence ? sequence : wrongKind(id, "sequence");
    }

    private static <T> T wrongKind(RelationId id, String wanted) {
        throw new SqlError(SqlState.INTERNAL_ERROR, "storage " + Integer.toUnsignedString(id.database()) + "/"
                + Integer.toUnsignedString(id.relation()) + " is not a " + wanted);
    }

    /** All relations, by id. */
    List<StoredRelation> list() {
        return all.values().stream().sorted(Comparator.comparing((StoredRelation r) -> r.id().database(), Integer::compareUnsigned)
                .thenComparing(r -> r.id().relation(), Integer::compareUnsigned)).toList();
    }

    HeapTable newTable(RelationId id, RowFormat format) {
        return openTable(id, new RowFormat[] {format}, new int[0], new int[0]);
    }

    /** A table whose pages are in these blocks. */
    HeapTable openTable(RelationId id, RowFormat[] formats, int[] blocks, int[] overflowBlocks) {
        PageSpace space = pool.createSpace(id.database(), id.relation(), false);
        space.restore(blocks);
        PageSpace overflow = pool.createSpace(id.database(), id.relation(), true);
        overflow.restore(overflowBlocks);
        return add(new HeapTable(id, space, overflow, formats, storage.undoMemory()));
    }

    StoredIndex newIndex(RelationId id) {
        PageSpace space = pool.createSpace(id.database(), id.relation(), false);
        long ticket = pool.gate().enter();
        try {
            return add(new StoredIndex(id, space, indexMethod.create(space)));
        } finally {
            pool.gate().leave(ticket);
        }
    }

    /** An index whose pages are in these blocks. */
    StoredIndex openIndex(RelationId id, int[] blocks) {
        PageSpace space = pool.createSpace(id.database(), id.relation(), false);
        space.restore(blocks);
        return add(new StoredIndex(id, space, indexMethod.open(space)));
    }

    /** Gives a database a copy of every relation of another, as of {@code csn}; returns what it has made. */
    List<StoredRelation> copyDatabase(int source, int target, long csn) {
        List<StoredRelation> copies = new ArrayList<>();
        for (StoredRelation relation : list()) {
            if (relation.id().database() != source) {
                continue;
            }
            RelationId id = new RelationId(target, relation.id().relation());
            copies.add(switch (relation) {
                case HeapTable table -> copy(id, table, csn);
                case StoredIndex index -> {
                    PageSpace space = pool.createSpace(id.database(), id.relation(), false);
                    index.space().copyTo(space, csn);
                    yield add(new StoredIndex(id, space, indexMethod.open(space)));
                }
                case StoredSequence sequence -> newSequence(id, sequence.read());
            });
        }
        return copies;
    }

    private HeapTable copy(RelationId id, HeapTable table, long csn) {
        PageSpace space = pool.createSpace(id.database(), id.relation(), false);
        PageSpace overflow = pool.createSpace(id.database(), id.relation(), true);
        long[] obsolete = table.overflow().loose().obsolete(csn);
        table.space().copyTo(space, csn);
        table.overflow().space().copyTo(overflow, csn);
        HeapTable copy = add(new HeapTable(id, space, overflow, table.formats(), storage.undoMemory()));
        copy.setFormat(table.settledFormat());
        copy.settleFormat();
        copy.addRows(table.rowEstimate());
        long ticket = pool.gate().enter();
        for (long pointer : obsolete) {
            copy.overflow().freeIfThere(pointer);
        }
        pool.gate().leave(ticket);
        for (int page : table.overflow().roomyPages()) {
            copy.overflow().addRoom(page);
        }
        for (int page : table.room().pages()) {
            copy.room().add(page);
        }
        return copy;
    }

    StoredSequence newSequence(RelationId id, Sequence.State state) {
        return add(new StoredSequence(storage, id, state));
    }

    <T extends StoredRelation> T add(T relation) {
        if (all.putIfAbsent(relation.id(), relation) != null) {
            throw new SqlError(SqlState.INTERNAL_ERROR, "storage " + Integer.toUnsignedString(relation.id().database()) + "/"
                    + Integer.toUnsignedString(relation.id().relation()) + " exists already");
        }
        return relation;
    }

    /** From now on nobody finds it. */
    void remove(StoredRelation relation) {
        all.remove(relation.id(), relation);
    }

    /** Gives its pages back; nobody uses it any more. */
    void discard(StoredRelation relation) {
        relation.markDropped();
        switch (relation) {
            case HeapTable table -> {
                pool.discard(table.space());
                pool.discard(table.overflow().space());
            }
            case StoredIndex index -> pool.discard(index.space());
            case StoredSequence sequence -> { }
        }
    }
}
