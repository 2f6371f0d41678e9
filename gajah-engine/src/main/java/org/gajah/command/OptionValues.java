package org.gajah.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;
import org.gajah.parse.Parser;

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

    /** Whether it says NONE. */
    static boolean isNone(DefElem option) {
        return option.value().filter(v -> v instanceof DefElem.Value.Text t && t.value().equals("none")).isPresent();
    }

    /** A name, maybe qualified. */
    static List<String> names(DefElem option) {
        return option.value().flatMap(value -> switch (value) {
            case DefElem.Value.Names n -> Optional.of(n.names());
            case DefElem.Value.OfType t -> Optional.of(t.type().names());
            case DefElem.Value.Text t -> Optional.of(List.of(t.value()));
            case DefElem.Value.Number n -> Optional.empty();
            case DefElem.Value.Flag f -> Optional.empty();
            case DefElem.Value.Texts t -> Optional.empty();
            case DefElem.Value.Roles r -> Optional.empty();
            case DefElem.Value.Setting s -> Optional.empty();
            case DefElem.Value.Star s -> Optional.empty();
        }).orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, option.value().isEmpty() ? option.name() + " requires a parameter"
                : "argument of " + option.name() + " must be a name"));
    }

    /** A type, whose errors show no place. */
    static TypeName type(DefElem option) {
        TypeName t = option.value().flatMap(value -> switch (value) {
            case DefElem.Value.OfType type -> Optional.of(type.type());
            case DefElem.Value.Names n -> Optional.of(new TypeName(n.names(), List.of(), List.of(), false, false, 0));
            case DefElem.Value.Text text -> Optional.of(Parser.parseTypeName(Slice.of(text.value())));
            case DefElem.Value.Number n -> Optional.empty();
            case DefElem.Value.Flag f -> Optional.empty();
            case DefElem.Value.Texts x -> Optional.empty();
            case DefElem.Value.Roles r -> Optional.empty();
            case DefElem.Value.Setting s -> Optional.empty();
            case DefElem.Value.Star s -> Optional.<TypeName>empty();
        }).orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, option.value().isEmpty() ? option.name() + " requires a parameter"
                : "argument of " + option.name() + " must be a type name"));
        return new TypeName(t.names(), t.modifiers(), t.arrayBounds(), t.setOf(), t.percentType(), 0);
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
