package org.gajah.spi;

import java.util.List;

import org.gajah.analyze.Variables;

/**
 * What a statement inside a routine may refer to around it.
 *
 * @param types the types of {@code $1, $2, ...}
 * @param names names that stand for them
 * @param path  the schemas in which other names are looked for; empty for the session's search path
 */
public record SpiParameters(List<Integer> types, Variables names, List<Integer> path) {
    public static final SpiParameters NONE = new SpiParameters(List.of(), Variables.NONE);

    public SpiParameters(List<Integer> types, Variables names) {
        this(types, names, List.of());
    }
}
