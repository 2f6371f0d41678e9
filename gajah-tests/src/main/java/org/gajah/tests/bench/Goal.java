package org.gajah.tests.bench;

/** What is asked for of a measurement. */
sealed interface Goal {
    /** At least so many times as good as the other. */
    record Times(double factor) implements Goal {}

    /** At most this figure, whatever the other's. */
    record AtMost(double limit) implements Goal {}

    /** The other's figure is there to compare. */
    record Nothing() implements Goal {}
}
