package org.gajah.func;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.type.FixedTypeContext;
import org.gajah.type.TypeContext;

/** A call with given types at a fixed moment. */
record FixedCallContext(List<Integer> argumentTypes, int resultType) implements CallContext {
    @Override
    public TypeContext types() {
        return FixedTypeContext.DEFAULT;
    }

    @Override
    public int argumentCount() {
        return argumentTypes.size();
    }

    @Override
    public int argumentType(int index) {
        return argumentTypes.get(index);
    }

    @Override
    public int collation() {
        return 950;
    }

    @Override
    public long statementMicros() {
        return types().transactionMicros();
    }

    @Override
    public long clockMicros() {
        return types().transactionMicros();
    }

    @Override
    public void checkCancelled() {
        // Nothing cancels a test.
    }

    @Override
    public SessionRandom random() {
        return new SessionRandom(target -> java.util.Arrays.fill(target, (byte) 7));
    }

    @Override
    public void message(String severity, SqlError message) {
        throw new AssertionError(severity + ": " + message.getMessage());
    }
}
