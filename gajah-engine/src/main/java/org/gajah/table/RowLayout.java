package org.gajah.table;

import java.util.ArrayList;
import java.util.List;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/**
 * The columns of a table in order of attribute number, dropped ones included. Later layouts of the same storage only append
 * attributes or mark some as dropped.
 */
public record RowLayout(List<Attribute> attributes) {
    public RowLayout {
        attributes = List.copyOf(attributes);
    }

    public static RowLayout of(Attribute... attributes) {
        return new RowLayout(List.of(attributes));
    }

    public int size() {
        return attributes.size();
    }

    public Attribute attribute(int index) {
        return attributes.get(index);
    }

    /** A fresh batch with one vector for each of the given attributes, in that order. */
    public Batch batch(int[] wanted, int capacity) {
        List<Carrier> carriers = new ArrayList<>();
        for (int index : wanted) {
            carriers.add(attributes.get(index).carrier());
        }
        return Batch.of(carriers, capacity);
    }
}
