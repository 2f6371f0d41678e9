/**
 * The B+tree behind every index: a set of (key, tid) entries, ordered by the keys' unsigned bytes and then by tid.
 *
 * <p>What: {@link org.gajah.btree.BTree} finds, adds and removes entries in 16 KB pages of a {@link org.gajah.page.PageSpace};
 * {@link org.gajah.btree.Node} is the layout of one page; {@link org.gajah.btree.TreeSplit} and
 * {@link org.gajah.btree.TreeMerge} change the structure; {@link org.gajah.btree.BTreeScan} walks a range;
 * {@link org.gajah.btree.BTreeLoad} builds a tree from sorted entries; {@link org.gajah.btree.BTreeCheck} proves that one is
 * whole. Entries are not versioned and changes are not logged: the tables' code does both.
 *
 * <p>Invariants.
 * <ul>
 * <li>The root is page 0 of the space for ever; when it grows or shrinks, its content moves.
 * <li>A node has a low fence (its entries are not below) and a high fence (they are below), equal to the separators around it in
 * its parent. What all keys between the fences begin with is stored once. There are no links between siblings: a scan goes on
 * at the fence where it stopped, from the root.
 * <li>A separator is the shortest that keeps its two sides apart.
 * <li>Readers take no latch: they read a page's version, then its bytes, then check the version, and begin again if it changed
 * (what they read until then may be nonsense, so everything is bounds-checked). A child is entered only if its parent was
 * unchanged after the child's version was read. After some vain tries they go down with shared latches.
 * <li>Latches are taken from the root downwards and from left to right. Pages that a change needs are allocated before it
 * latches anything.
 * </ul>
 */
package org.gajah.btree;
