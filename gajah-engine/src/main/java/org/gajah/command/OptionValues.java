package org.gajah.command;

import java.util.Locale;
import java.util.Optional;

import org.gajah.ast.DefElem;

/** The values of named options as PostgreSQL reads them. */
final class OptionValues {
    private OptionValues() {
    }

    /** A truth value: an option alone is on; empty if it is none. */
    static Optional<Boolean> flag(DefElem option) {
        if (option.value().isEmpty()) {
            return Optional.of(true);
        }
        if (option.value().get() instanceof DefElem.Value.Flag f) {
            return Optional.of(f.value());
        }
        return switch (text(option).orElse("").toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> Optional.of(true);
            case "false", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** The value as text; empty if there is none. */
    static Optional<String> text(DefElem option) {
        return option.value().flatMap(value -> switch (value) {
            case DefElem.Value.Text t -> Optional.of(t.value());
            case DefElem.Value.Number n -> Optional.of(n.value());
            case DefElem.Value.Flag f -> Optional.of(f.value() ? "true" : "false");
            case DefElem.Value.Names n -> Optional.of(String.join(".", n.names()));
            case DefElem.Value.OfType t -> Optional.of(String.join(".", t.type().names()));
            case DefElem.Value.Star s -> Optional.of("*");
            case DefElem.Value.Texts t -> Optional.empty();
            case DefElem.Value.Roles r -> Optional.empty();
            case DefElem.Value.Setting s -> Optional.empty();
        });
    }
}
