/**
 * Heap tables, indexes and sequences within transactions; their recovery and checkpoints: what implements
 * {@code org.gajah.table}.
 *
 * <p><b>Rows</b> lie on PAX pages ({@link org.gajah.store.PageLayout}) and are updated in place. What others may still need to see stands
 * beside the page, in memory ({@link org.gajah.store.PageVersions}): who wrote the newest version, and the before-images of what it
 * replaced. A page without such an object has only rows that everybody sees. The object does not go to disk: a checkpoint writes the
 * page as of the last commit that it covers, and after a restart everything on disk is visible to all.
 *
 * <p><b>The log</b> carries row changes by tid and value, and the index keys that belong to them: replay needs neither SQL nor
 * expressions. Changes are absolute, so that applying one twice does no harm.
 *
 * <p>Invariants:
 * <ul>
 * <li>The bytes of before-images stay reserved in their page's heap, so that taking back a change, in the page or in a checkpoint's image,
 * always succeeds.
 * <li>A slot, an overflow value and an index entry are given back only by rollback of what made them or by purge of what ended them.
 * <li>Purge follows commit order: what it meets is the oldest version of its row.
 * </ul>
 * To add a kind of change: a constant at the end of {@link org.gajah.store.Redo}, its writer, and its case in the replay.
 */
package org.gajah.store;
