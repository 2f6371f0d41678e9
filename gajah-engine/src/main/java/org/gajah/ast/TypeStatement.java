package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Types, domains, and the objects that DEFINE-like syntax makes. */
public sealed interface TypeStatement extends Statement {
    /** CREATE TYPE name AS (attributes). */
    record CreateCompositeType(RangeVar name, List<ColumnDef> attributes) implements TypeStatement {
    }

    /** CREATE TYPE name AS ENUM (labels). */
    record CreateEnum(List<String> name, List<String> labels) implements TypeStatement {
    }

    /** CREATE TYPE name AS RANGE (options). */
    record CreateRange(List<String> name, List<DefElem> options) implements TypeStatement {
    }

    /**
     * CREATE AGGREGATE, OPERATOR, TYPE (base or shell), COLLATION and TEXT SEARCH objects by a list of options.
     *
     * @param arguments   of an aggregate; {@code *} has none
     * @param directCount of an aggregate with ORDER BY in its signature: the arguments before it
     */
    record Define(ObjectKind kind, boolean oldStyle, boolean replace, boolean ifNotExists, List<String> name,
            List<FunctionParameter> arguments, Optional<Integer> directCount, List<DefElem> options, int location) implements TypeStatement {
    }

    /** ALTER OPERATOR ... SET (options). */
    record AlterOperator(ObjectRef.OfOperator operator, List<DefElem> options) implements TypeStatement {
    }

    /** CREATE DOMAIN. */
    record CreateDomain(List<String> name, TypeName type, List<String> collation, List<Constraint> constraints)
            implements TypeStatement {
    }

    /** ALTER DOMAIN. */
    record AlterDomain(List<String> name, DomainChange change) implements TypeStatement {
    }

    /** What ALTER DOMAIN does. */
    sealed interface DomainChange {
        /** SET DEFAULT, or DROP DEFAULT if empty. */
        record SetDefault(Optional<Expression> value) implements DomainChange {
        }

        /** SET NOT NULL or DROP NOT NULL. */
        record SetNotNull(boolean notNull) implements DomainChange {
        }

        /** ADD CONSTRAINT. */
        record AddConstraint(Constraint constraint) implements DomainChange {
        }

        /** DROP CONSTRAINT. */
        record DropConstraint(String name, boolean missingOk, DropBehavior behavior) implements DomainChange {
        }

        /** VALIDATE CONSTRAINT. */
        record ValidateConstraint(String name) implements DomainChange {
        }
    }

    /** ALTER TYPE ... ADD VALUE; the neighbour is empty for the end. */
    record AddEnumValue(List<String> name, String label, Optional<String> neighbour, boolean after,
            boolean ifNotExists) implements TypeStatement {
    }

    /** ALTER TYPE ... RENAME VALUE. */
    record RenameEnumValue(List<String> name, String label, String newLabel) implements TypeStatement {
    }

    /** ALTER TYPE ... SET (options). */
    record AlterType(List<String> name, List<DefElem> options) implements TypeStatement {
    }

    /** CREATE CAST; without function it is WITHOUT FUNCTION or, with {@code inout}, WITH INOUT. */
    record CreateCast(TypeName source, TypeName target, Optional<ObjectRef.OfFunction> function, boolean inout,
            CastContext context) implements TypeStatement {
    }

    /** When a cast is applied. */
    enum CastContext { EXPLICIT, ASSIGNMENT, IMPLICIT }
}
