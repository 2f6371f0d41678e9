package org.gajah.ast;

import java.util.List;

/** Extensions. */
public sealed interface ExtensionStatement extends Statement {
    /** CREATE EXTENSION; options are schema, new_version, cascade. */
    record CreateExtension(String name, boolean ifNotExists, List<DefElem> options) implements ExtensionStatement {
    }

    /** ALTER EXTENSION ... UPDATE; the option is new_version. */
    record AlterExtension(String name, List<DefElem> options) implements ExtensionStatement {
    }

    /** ALTER EXTENSION ... ADD or DROP object. */
    record AlterExtensionContents(String name, boolean add, ObjectKind kind, ObjectRef object)
            implements ExtensionStatement {
    }
}
