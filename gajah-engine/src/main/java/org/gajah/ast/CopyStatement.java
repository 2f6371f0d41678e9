package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * COPY.
 *
 * @param subject what is copied
 * @param from    FROM (into the table) or TO
 * @param endpoint where from or where to
 * @param options the old spellings are mapped to the new names
 * @param where   of COPY FROM
 */
public record CopyStatement(Subject subject, boolean from, Endpoint endpoint, List<DefElem> options,
        Optional<Expression> where, int location) implements Statement {
    /** What is copied. */
    public sealed interface Subject {
        /** A table, maybe only some of its columns. */
        record Table(RangeVar relation, List<String> columns) implements Subject {
        }

        /** COPY (query). */
        record Query(PreparableStatement query) implements Subject {
        }
    }

    /** The other end. */
    public sealed interface Endpoint {
        /** STDIN or STDOUT. */
        record Client() implements Endpoint {
        }

        /** A file on the server. */
        record File(String name) implements Endpoint {
        }

        /** A program on the server. */
        record Program(String command) implements Endpoint {
        }
    }
}
