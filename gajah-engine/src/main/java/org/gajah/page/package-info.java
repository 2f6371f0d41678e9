/**
 * Pages: 16 KB of memory outside the heap each, brought in, pinned, latched, thrown out and checkpointed.
 *
 * <p>A {@link org.gajah.page.PageSpace} is the pages of one relation, numbered from 0; a {@link org.gajah.page.Page} stands for
 * one of them for as long as the space exists, resident or not; {@link org.gajah.page.BufferPool} owns the memory.
 *
 * <p>Invariants:
 * <ul>
 * <li>Bytes are read under a pin and a latch, or optimistically and thrown away unless {@link org.gajah.page.Page#validate} agrees.
 * Page memory is never given back to the system and {@link org.gajah.page.Memory} keeps every access inside its page, so an
 * optimistic reader may see nonsense but never a fault.
 * <li>Bytes are changed under an exclusive latch, after {@link org.gajah.page.Page#beforeChange}, and inside the
 * {@link org.gajah.page.ChangeGate}: a checkpoint closes the gate for a moment, so that it sees no half-done change of several pages.
 * <li>Latches are held for microseconds; no lock is waited for and no foreign code is called under them.
 * <li>A changed page is always written to a new place in the file; what the last checkpoint refers to is never overwritten.
 * <li>Bytes 0 to 15 of a page belong to this package (checksum, identity); the content begins at {@link org.gajah.page.Page#CONTENT}.
 * </ul>
 */
package org.gajah.page;
