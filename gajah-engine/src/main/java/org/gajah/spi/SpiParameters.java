package org.gajah.spi;

import java.util.List;

import org.gajah.analyze.Variables;

/**
 * What a statement inside a routine may refer to around it.
 *
 * @param types the types of {@code $1, $2, ...}
 * @param names names that stand for them
 */
public record SpiParameters(List<Integer> types, Variables names) {
    public static final SpiParameters NONE = new SpiParameters(List.of(), Variables.NONE);
}
