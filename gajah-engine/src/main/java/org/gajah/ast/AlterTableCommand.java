package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** One action of ALTER TABLE (and of ALTER INDEX, VIEW, SEQUENCE and composite TYPE). */
public sealed interface AlterTableCommand {
    /** ADD [COLUMN]. */
    record AddColumn(ColumnDef column, boolean ifNotExists, DropBehavior behavior) implements AlterTableCommand {
    }

    /** DROP [COLUMN]. */
    record DropColumn(String column, boolean missingOk, DropBehavior behavior) implements AlterTableCommand {
    }

    /** ALTER column [SET DATA] TYPE. */
    record AlterColumnType(String column, TypeName type, List<String> collation, Optional<Expression> using,
            DropBehavior behavior, int location) implements AlterTableCommand {
    }

    /** ALTER column SET DEFAULT, or DROP DEFAULT if empty. */
    record ColumnDefault(String column, Optional<Expression> value) implements AlterTableCommand {
    }

    /** ALTER column SET NOT NULL or DROP NOT NULL. */
    record ColumnNotNull(String column, boolean notNull) implements AlterTableCommand {
    }

    /** ALTER column SET EXPRESSION AS (...), or DROP EXPRESSION if empty. */
    record ColumnExpression(String column, Optional<Expression> expression, boolean missingOk)
            implements AlterTableCommand {
    }

    /** ALTER column SET STATISTICS, by name or (for an index) by number; -1 is DEFAULT. */
    record ColumnStatistics(String column, int number, int target) implements AlterTableCommand {
    }

    /** ALTER column SET (options) or RESET (options). */
    record ColumnOptions(String column, boolean reset, List<DefElem> options) implements AlterTableCommand {
    }

    /** ALTER column SET STORAGE. */
    record ColumnStorage(String column, String storage) implements AlterTableCommand {
    }

    /** ALTER column SET COMPRESSION. */
    record ColumnCompression(String column, String compression) implements AlterTableCommand {
    }

    /** ALTER column ADD GENERATED ... AS IDENTITY. */
    record AddIdentity(String column, boolean always, List<DefElem> options) implements AlterTableCommand {
    }

    /** ALTER column SET GENERATED | SET sequence option | RESTART; SET GENERATED is the option {@code generated}. */
    record SetIdentity(String column, List<DefElem> options) implements AlterTableCommand {
    }

    /** ALTER column DROP IDENTITY. */
    record DropIdentity(String column, boolean missingOk) implements AlterTableCommand {
    }

    /** ALTER column OPTIONS (...), of foreign tables. */
    record ColumnForeignOptions(String column, List<DefElem> options) implements AlterTableCommand {
    }

    /** ADD table constraint; its attributes and NOT VALID are in it. */
    record AddConstraint(Constraint constraint) implements AlterTableCommand {
    }

    /** ALTER CONSTRAINT name with only what was written. */
    record AlterConstraint(String name, Optional<Boolean> deferrable, Optional<Boolean> initiallyDeferred,
            Optional<Boolean> enforced, Optional<Boolean> noInherit) implements AlterTableCommand {
    }

    /** VALIDATE CONSTRAINT. */
    record ValidateConstraint(String name) implements AlterTableCommand {
    }

    /** DROP CONSTRAINT. */
    record DropConstraint(String name, boolean missingOk, DropBehavior behavior) implements AlterTableCommand {
    }

    /** OWNER TO. */
    record ChangeOwner(RoleSpec owner) implements AlterTableCommand {
    }

    /** CLUSTER ON index, or SET WITHOUT CLUSTER if empty. */
    record ClusterOn(Optional<String> index) implements AlterTableCommand {
    }

    /** SET LOGGED or SET UNLOGGED. */
    record SetLogged(boolean logged) implements AlterTableCommand {
    }

    /** SET WITHOUT OIDS, which does nothing. */
    record DropOids() implements AlterTableCommand {
    }

    /** SET ACCESS METHOD name, or DEFAULT if empty. */
    record SetAccessMethod(Optional<String> method) implements AlterTableCommand {
    }

    /** SET TABLESPACE. */
    record SetTablespace(String tablespace) implements AlterTableCommand {
    }

    /** SET (options) or RESET (options). */
    record RelationOptions(boolean reset, List<DefElem> options) implements AlterTableCommand {
    }

    /** ENABLE or DISABLE TRIGGER or RULE. */
    record EnableTrigger(boolean rule, TriggerState state, TriggerScope scope, String name)
            implements AlterTableCommand {
    }

    /** When a trigger or rule fires. */
    enum TriggerState { ENABLED, DISABLED, REPLICA, ALWAYS }

    /** Which triggers are meant. */
    enum TriggerScope { NAMED, ALL, USER }

    /** INHERIT parent or NO INHERIT parent. */
    record Inherit(RangeVar parent, boolean inherit) implements AlterTableCommand {
    }

    /** OF type, or NOT OF if empty. */
    record OfType(Optional<TypeName> type) implements AlterTableCommand {
    }

    /** REPLICA IDENTITY; {@code index} for USING INDEX only. */
    record ReplicaIdentity(char letter, Optional<String> index) implements AlterTableCommand {
    }

    /** [NO] FORCE, ENABLE, DISABLE ROW LEVEL SECURITY. */
    record RowSecurity(RowSecurityChange change) implements AlterTableCommand {
    }

    /** What to do about row security. */
    enum RowSecurityChange { ENABLE, DISABLE, FORCE, NO_FORCE }

    /** OPTIONS (...), of foreign tables. */
    record ForeignOptions(List<DefElem> options) implements AlterTableCommand {
    }

    /** ATTACH PARTITION; without bound of an index. */
    record AttachPartition(RangeVar partition, Optional<Partitioning.PartitionBound> bound)
            implements AlterTableCommand {
    }

    /** DETACH PARTITION. */
    record DetachPartition(RangeVar partition, boolean concurrently, boolean doFinalize) implements AlterTableCommand {
    }
}
