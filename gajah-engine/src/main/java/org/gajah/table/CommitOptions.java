package org.gajah.table;

import java.util.List;

import org.gajah.base.Slice;

/**
 * How to commit.
 *
 * @param synchronous whether to wait until the commit is on disk (synchronous_commit)
 * @param notifications handed to the transaction listener in commit order
 */
public record CommitOptions(boolean synchronous, List<Slice> notifications) {
    public static final CommitOptions SYNCHRONOUS = new CommitOptions(true, List.of());
    public static final CommitOptions ASYNCHRONOUS = new CommitOptions(false, List.of());
}
