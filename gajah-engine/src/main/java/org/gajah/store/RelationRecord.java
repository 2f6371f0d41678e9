package org.gajah.store;

import java.util.Map;
import java.util.Optional;

import org.gajah.base.Slice;

/** The making or dropping of a relation, as a step of a transaction. */
sealed interface RelationRecord {
    /** Made: it goes away again if undone. */
    final class Created extends UndoRecord implements RelationRecord {
        private final Relations relations;
        private final StoredRelation relation;

        Created(Relations relations, StoredRelation relation, StoreTransaction maker) {
            this.relations = relations;
            this.relation = relation;
            relation.madeBy(maker.writing(), maker.undoLog().size());
        }

        @Override
        void undo() {
            relations.remove(relation);
            relations.discard(relation);
        }

        @Override
        void purge() {
            // it is there to stay
        }
    }

    /** Dropped: nobody can ask for it after the commit, and its pages go when nobody can be reading them. */
    final class Dropped extends UndoRecord implements RelationRecord {
        private final Relations relations;
        private final StoredRelation relation;

        Dropped(Relations relations, StoredRelation relation) {
            this.relations = relations;
            this.relation = relation;
        }

        StoredRelation relation() {
            return relation;
        }

        @Override
        void undo() {
            // it was never gone
        }

        @Override
        void purge() {
            relations.discard(relation);
        }
    }

    /** A table's rows got another format. */
    final class Reformatted extends UndoRecord implements RelationRecord {
        private final HeapTable table;
        private final RowFormat before;

        Reformatted(HeapTable table, RowFormat before) {
            this.table = table;
            this.before = before;
        }

        HeapTable table() {
            return table;
        }

        @Override
        void undo() {
            table.setFormat(before);
        }

        @Override
        void purge() {
            // old pages keep their format
        }
    }

    /** Control data set by the transaction. */
    final class MetadataSet extends UndoRecord implements RelationRecord {
        private final Map<String, Slice> pending;
        private final String key;
        private final Optional<Slice> before;

        MetadataSet(Map<String, Slice> pending, String key, Slice value) {
            this.pending = pending;
            this.key = key;
            this.before = Optional.ofNullable(pending.put(key, value));
        }

        @Override
        void undo() {
            before.ifPresentOrElse(value -> pending.put(key, value), () -> pending.remove(key));
        }

        @Override
        void purge() {
            // nothing is left of it
        }
    }
}
