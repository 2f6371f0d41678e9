package org.gajah.exec;

/** Asked at least every millisecond by whatever may run long. */
@FunctionalInterface
public interface CancelCheck {
    /** Throws 57014 (or 57P01) if the statement is to stop. */
    void check();
}
