package org.gajah.tests.routine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.gajah.api.spi.Aggregate;

/** An aggregate in Java. */
public final class Median implements Aggregate<Double> {
    private final List<Double> values = new ArrayList<>();

    /** No values yet. */
    public Median() {
        // they come one by one
    }

    /** A row; null is left out. */
    public void add(Double value) {
        if (value != null) {
            values.add(value);
        }
    }

    /** The lower middle. */
    @Override
    public Double result() {
        Collections.sort(values);
        return values.isEmpty() ? null : values.get((values.size() - 1) / 2);
    }
}
