package org.gajah.spi;

import java.util.List;

import org.gajah.analyze.Variables;

/**
 * What a statement inside a routine may refer to around it.
 *
 * @param types the types of {@code $1, $2, ...}
 * @param names names that stand for them
 * @param path  the schemas in which other names are looked for; empty for the session's search path
 * @param open  whether there may be more, whose types follow from where they stand; those that are 0 too
 */
public record SpiParameters(List<Integer> types, Variables names, List<Integer> path, boolean open) {
    public static final SpiParameters NONE = new SpiParameters(List.of(), Variables.NONE);
    /** All of them follow from where they stand. */
    public static final SpiParameters INFERRED = new SpiParameters(List.of(), Variables.NONE, List.of(), true);

    public SpiParameters(List<Integer> types, Variables names) {
        this(types, names, List.of(), false);
    }
}
