package org.gajah.plpgsql;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The variables of a block by name, within those of the blocks around it. */
final class Scope {
    private final Optional<Scope> outer;
    private final String label;
    private final Map<String, Integer> variables = new LinkedHashMap<>();

    Scope(Optional<Scope> outer, String label) {
        this.outer = outer;
        this.label = label;
    }

    /** The scope without what is yet to be declared in it. */
    Scope asOfNow() {
        Scope now = new Scope(outer, label);
        now.variables.putAll(variables);
        return now;
    }

    String label() {
        return label;
    }

    Optional<Scope> outer() {
        return outer;
    }

    /** Whether the block itself has a variable of this name. */
    boolean declares(String name) {
        return variables.containsKey(name);
    }

    void declare(String name, int variable) {
        variables.put(name, variable);
    }

    /** The number of the variable that a name means. */
    Optional<Integer> find(String name) {
        Integer found = variables.get(name);
        return found != null ? Optional.of(found) : outer.flatMap(o -> o.find(name));
    }

    /** The same for a name behind a block's label. */
    Optional<Integer> find(String block, String name) {
        if (block.equals(label) && variables.containsKey(name)) {
            return Optional.of(variables.get(name));
        }
        return outer.flatMap(o -> o.find(block, name));
    }

    /** Adds the numbers of all variables that the name means here or in a block around. */
    void visible(String name, BitSet numbers) {
        Integer found = variables.get(name);
        if (found != null) {
            numbers.set(found);
        }
        outer.ifPresent(o -> o.visible(name, numbers));
    }
}
