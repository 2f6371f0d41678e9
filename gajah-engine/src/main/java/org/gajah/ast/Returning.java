package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * RETURNING [WITH (OLD AS o, NEW AS n)] list.
 *
 * @param options the renamings as written; the analyzer refuses doubles
 */
public record Returning(List<Option> options, List<ResTarget> targets) {
    /** OLD AS name or NEW AS name. */
    public record Option(boolean isNew, String name, int location) {
    }

    /** The name given to OLD, if any. */
    public Optional<String> oldName() {
        return options.stream().filter(o -> !o.isNew()).map(Option::name).findFirst();
    }

    /** The name given to NEW, if any. */
    public Optional<String> newName() {
        return options.stream().filter(Option::isNew).map(Option::name).findFirst();
    }
}
