package org.gajah.ast;

/**
 * What becomes of the objects that depend on one that goes.
 */
public enum DropBehavior {
    /** They stop it; also when nothing was written. */
    RESTRICT,
    /** They go too. */
    CASCADE
}
