package org.gajah.ast;

import java.util.List;

/**
 * Sequences. Options are named as, cache, cycle, increment, maxvalue, minvalue, owned_by, start, restart; NO MAXVALUE has
 * no value.
 */
public sealed interface SequenceStatement extends Statement {
    /** CREATE SEQUENCE. */
    record CreateSequence(RangeVar sequence, Persistence persistence, boolean ifNotExists, List<DefElem> options)
            implements SequenceStatement {
    }

    /** ALTER SEQUENCE with sequence options. */
    record AlterSequence(RangeVar sequence, boolean missingOk, List<DefElem> options) implements SequenceStatement {
    }
}
