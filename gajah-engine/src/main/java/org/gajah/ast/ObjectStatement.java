package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** What can be done to objects of many kinds alike. */
public sealed interface ObjectStatement extends Statement {
    /** DROP kind names; databases, roles, tablespaces and user mappings have their own. */
    record Drop(ObjectKind kind, List<ObjectRef> objects, boolean missingOk, DropBehavior behavior,
            boolean concurrently) implements ObjectStatement {
    }

    /** ALTER kind object RENAME TO; a column or constraint is an {@link ObjectRef.OnRelation}. */
    record Rename(ObjectKind kind, ObjectKind relationKind, ObjectRef object, String newName, boolean missingOk,
            boolean inherit, DropBehavior behavior) implements ObjectStatement {
    }

    /** ALTER kind object SET SCHEMA. */
    record AlterObjectSchema(ObjectKind kind, ObjectRef object, String newSchema, boolean missingOk)
            implements ObjectStatement {
    }

    /** ALTER kind object OWNER TO; relations have {@link AlterTableCommand.ChangeOwner}. */
    record AlterOwner(ObjectKind kind, ObjectRef object, RoleSpec newOwner) implements ObjectStatement {
    }

    /** ALTER kind object [NO] DEPENDS ON EXTENSION. */
    record AlterObjectDepends(ObjectKind kind, ObjectRef object, String extension, boolean remove)
            implements ObjectStatement {
    }

    /** COMMENT ON; no text takes the comment away. */
    record Comment(ObjectKind kind, ObjectRef object, Optional<String> text) implements ObjectStatement {
    }

    /** SECURITY LABEL. */
    record SecurityLabel(Optional<String> provider, ObjectKind kind, ObjectRef object, Optional<String> label)
            implements ObjectStatement {
    }
}
