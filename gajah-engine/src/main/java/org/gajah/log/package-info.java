/**
 * The redo log: frames in segment files, written by one thread at a time, read at recovery.
 *
 * <p>A position is a byte offset in the endless log; a segment file is named by the position where it begins. A frame is never
 * split over segments. Invariants:
 * <ul>
 * <li>Frames get their places whoever is forcing; they are written, made durable, and published in the order of their positions; commits get their csn in that order.
 * <li>Space is taken (zeros) before a frame is built, so a full disk fails the commits that do not fit, and nothing else.
 * <li>A failed write or force sets the failure latch; it is never tried again.
 * <li>Every frame tells up to where the log was durable when it got its place. A damaged frame below such a mark is corruption,
 * above all marks it is the torn end of the log. After recovery the log goes on in a fresh segment, so that what a torn end left
 * behind never joins it.
 * </ul>
 * To add a kind of frame: a constant in {@link org.gajah.log.LogFrame} and a case where the store replays.
 */
package org.gajah.log;
