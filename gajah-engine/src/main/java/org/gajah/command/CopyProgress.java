package org.gajah.command;

import org.gajah.ast.CopyStatement;
import org.gajah.sysfunc.Progress;

/** How far a COPY has come, for pg_stat_progress_copy. */
final class CopyProgress {
    private static final int BYTES = 1;
    private static final int BYTES_TOTAL = 2;
    private static final int TUPLES = 3;
    private static final int EXCLUDED = 4;
    private static final int COMMAND = 5;
    private static final int TYPE = 6;
    private static final int SKIPPED = 7;

    private final Progress progress;

    CopyProgress(CopyStatement statement, int relation, long totalBytes) {
        progress = new Progress("COPY", relation);
        progress.set(COMMAND, statement.from() ? 1 : 2);
        progress.set(TYPE, switch (statement.endpoint()) {
            case CopyStatement.Endpoint.File f -> 1;
            case CopyStatement.Endpoint.Program p -> 2;
            case CopyStatement.Endpoint.Client c -> 3;
        });
        progress.set(BYTES_TOTAL, totalBytes);
    }

    Progress progress() {
        return progress;
    }

    void rows(long rows) {
        progress.set(TUPLES, rows);
    }

    void excluded(long rows) {
        progress.set(EXCLUDED, rows);
    }

    void skipped(long rows) {
        progress.set(SKIPPED, rows);
    }

    /** The ends of the COPY, whose bytes are counted. */
    CopyEnds counting(CopyEnds ends) {
        return new CopyEnds() {
            @Override
            public CopySource in(boolean binary, int columns) {
                CopySource source = ends.in(binary, columns);
                return () -> {
                    var piece = source.next();
                    progress.add(BYTES, piece.length());
                    return piece;
                };
            }

            @Override
            public CopyTarget out(boolean binary, int columns) {
                CopyTarget target = ends.out(binary, columns);
                return row -> {
                    target.write(row);
                    progress.add(BYTES, row.length());
                };
            }
        };
    }
}
