package org.gajah.catalog;

import java.util.Optional;

/**
 * A relation's place among those that it inherits from and those that inherit from it.
 *
 * @param hasChildren whether there are or were children
 * @param partition   whether it is a partition
 * @param key         of a partitioned table
 * @param bound       of a partition that is a table
 */
public record Inheritance(boolean hasChildren, boolean partition, Optional<PartitionKey> key, Optional<PartitionBound> bound) {
    public static final Inheritance NONE = new Inheritance(false, false, Optional.empty(), Optional.empty());
}
