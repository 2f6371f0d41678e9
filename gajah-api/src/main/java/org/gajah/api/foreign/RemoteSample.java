package org.gajah.api.foreign;

/** A query that gives some of a table's rows by chance; {@code part} is how many, of 1. */
public record RemoteSample(RemoteStatement query, double part) {
}
