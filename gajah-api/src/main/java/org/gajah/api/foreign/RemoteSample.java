package org.gajah.api.foreign;

import java.util.OptionalDouble;

/**
 * A query that gives some of a table's rows by chance.
 *
 * @param part how many, of 1
 * @param all  how many rows the table has, if its server knows; else that is found by what comes
 */
public record RemoteSample(RemoteStatement query, double part, OptionalDouble all) {
    /** A part of nobody knows how many. */
    public RemoteSample(RemoteStatement query, double part) {
        this(query, part, OptionalDouble.empty());
    }
}
