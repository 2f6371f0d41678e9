package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * A named option, in any of the lists that take such.
 *
 * @param namespace as in {@code toast.autovacuum_enabled}
 * @param name      folded
 * @param action    of ALTER ... OPTIONS (ADD|SET|DROP ...)
 */
public record DefElem(Optional<String> namespace, String name, Optional<Value> value, Action action, int location) {
    /** What to do with the option. */
    public enum Action { UNSPECIFIED, SET, ADD, DROP }

    /** What an option is set to. */
    public sealed interface Value {
        /** A string or a word. */
        record Text(String value) implements Value {
        }

        /** A number as written, maybe with a sign. */
        record Number(String value, boolean isInteger) implements Value {
        }

        /** A flag that the syntax implies. */
        record Flag(boolean value) implements Value {
        }

        /** A type. */
        record OfType(TypeName type) implements Value {
        }

        /** A qualified name or an operator. */
        record Names(List<String> names) implements Value {
        }

        /** Several names or strings. */
        record Texts(List<String> values) implements Value {
        }

        /** Roles, as in CREATE ROLE ... IN ROLE. */
        record Roles(List<RoleSpec> roles) implements Value {
        }

        /** A setting, as in CREATE FUNCTION ... SET. */
        record Setting(SettingStatement setting) implements Value {
        }

        /** {@code *}. */
        record Star() implements Value {
        }
    }

    /** An option without namespace and action. */
    public static DefElem of(String name, Value value, int location) {
        return new DefElem(Optional.empty(), name, Optional.of(value), Action.UNSPECIFIED, location);
    }

    /** An option that only has a name. */
    public static DefElem of(String name, int location) {
        return new DefElem(Optional.empty(), name, Optional.empty(), Action.UNSPECIFIED, location);
    }

    /** A flag. */
    public static DefElem flag(String name, boolean value, int location) {
        return of(name, new Value.Flag(value), location);
    }
}
