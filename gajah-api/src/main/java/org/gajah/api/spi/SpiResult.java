package org.gajah.api.spi;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * What a command did.
 *
 * @param code      the result code, which may be an error's
 * @param processed rows given or changed. C: SPI_processed
 * @param tuples    the rows, where the command gives any. C: SPI_tuptable
 */
public record SpiResult(SpiCode code, long processed, Optional<TupleTable> tuples) {
    /** A result without rows. */
    public static SpiResult of(SpiCode code, long processed) {
        return new SpiResult(code, processed, Optional.empty());
    }

    /**
     * The rows.
     *
     * @throws SqlError if the command gave none
     */
    public TupleTable rows() {
        return orThrow().tuples.orElseThrow(() -> new SqlError(SqlState.INTERNAL_ERROR, "the command gave no rows: " + code));
    }

    /** This result, or an error if its code is one. */
    public SpiResult orThrow() {
        return switch (code) {
            case ERROR_COPY -> throw SqlError.notSupported("cannot COPY to/from client in a Java routine").detail(code.toString());
            case ERROR_TRANSACTION -> throw SqlError.notSupported("unsupported transaction command in a Java routine").detail(code.toString());
            default -> {
                if (code.isError()) {
                    throw new SqlError(SqlState.INTERNAL_ERROR, "SPI call failed: " + code);
                }
                yield this;
            }
        };
    }
}
