package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** An object that a statement speaks about, in the form its kind takes. */
public sealed interface ObjectRef {
    /** Where it starts. */
    int location();

    /** By a name, maybe qualified. */
    record Named(List<String> name, int location) implements ObjectRef {
        /** The name as messages show it. */
        public String dotted() {
            return String.join(".", name);
        }
    }

    /**
     * A function, procedure or aggregate.
     *
     * @param arguments   the parameters written, of all modes; empty with {@code unspecified} if no parentheses were
     * @param directCount of an aggregate with ORDER BY in its signature: the arguments before it
     */
    record OfFunction(List<String> name, boolean unspecified, List<FunctionParameter> arguments,
            Optional<Integer> directCount, int location) implements ObjectRef {
    }

    /** An operator; NONE is an empty operand. */
    record OfOperator(List<String> name, Optional<TypeName> left, Optional<TypeName> right, int location)
            implements ObjectRef {
    }

    /** A type or domain. */
    record OfType(TypeName type, int location) implements ObjectRef {
    }

    /** A trigger, rule, policy, constraint or column of a relation. */
    record OnRelation(List<String> relation, String name, int location) implements ObjectRef {
    }

    /** A constraint of a domain. */
    record OnDomain(TypeName domain, String name, int location) implements ObjectRef {
    }

    /** A cast. */
    record OfCast(TypeName source, TypeName target, int location) implements ObjectRef {
    }

    /** A transform. */
    record OfTransform(TypeName type, String language, int location) implements ObjectRef {
    }

    /** An operator class or family. */
    record OfAccessMethod(List<String> name, String accessMethod, int location) implements ObjectRef {
    }

    /** A large object, by its number as written. */
    record OfLargeObject(String oid, int location) implements ObjectRef {
    }

    /** A role, where a role may be meant by a word. */
    record OfRole(RoleSpec role, int location) implements ObjectRef {
    }
}
