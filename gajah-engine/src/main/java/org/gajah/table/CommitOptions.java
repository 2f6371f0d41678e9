package org.gajah.table;

import java.util.Optional;

/**
 * How to commit.
 *
 * @param synchronous whether to wait until the commit is on disk (synchronous_commit)
 * @param ordered run on the committing session's thread as soon as the place in the order of commits is certain, before anything is written;
 *        not run if the commit fails earlier
 * @param published run once the commit can be seen, one transaction's at a time and in commit order; it waits for nobody and must not
 *        throw
 */
public record CommitOptions(boolean synchronous, Runnable ordered, Optional<Runnable> published) {
    public static final CommitOptions SYNCHRONOUS = new CommitOptions(true, () -> { }, Optional.empty());
    public static final CommitOptions ASYNCHRONOUS = new CommitOptions(false, () -> { }, Optional.empty());
}
