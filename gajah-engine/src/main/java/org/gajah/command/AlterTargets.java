package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.catalog.Relation;

/** Which actions of ALTER TABLE are for which kinds of relations, and what they are called. */
final class AlterTargets {
    private AlterTargets() {
    }

    /** Letters of pg_class.relkind that PostgreSQL lets an action be done to, and the action's name. */
    private record Rule(String kinds, String name) {
    }

    static void require(Relation relation, AlterTableCommand command) {
        Rule rule = rule(command);
        char kind = relation.kind() == 'I' ? 'i' : relation.kind() == 'p' && !(command instanceof AlterTableCommand.SetLogged)
                && rule.kinds.indexOf('p') < 0 ? 'r' : relation.kind();
        if (rule.kinds.indexOf(kind) < 0) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "ALTER action " + rule.name + " cannot be performed on relation \"" + relation.name()
                    + "\"").detail("This operation is not supported for " + ObjectNames.kinds(relation.kind()) + ".");
        }
    }

    static String name(AlterTableCommand command) {
        return rule(command).name;
    }

    private static Rule rule(AlterTableCommand command) {
        return switch (command) {
            case AlterTableCommand.AddColumn c -> new Rule("rcf", "ADD COLUMN");
            case AlterTableCommand.DropColumn c -> new Rule("rcf", "DROP COLUMN");
            case AlterTableCommand.AlterColumnType c -> new Rule("rcf", "ALTER COLUMN ... SET DATA TYPE");
            case AlterTableCommand.ColumnDefault c -> new Rule("rvf", "ALTER COLUMN ... SET DEFAULT");
            case AlterTableCommand.ColumnNotNull c -> new Rule("rf", "ALTER COLUMN ... " + (c.notNull() ? "SET" : "DROP") + " NOT NULL");
            case AlterTableCommand.ColumnExpression c -> new Rule("rf", "ALTER COLUMN ... " + (c.expression().isPresent() ? "SET" : "DROP")
                    + " EXPRESSION");
            case AlterTableCommand.ColumnStatistics c -> new Rule("rmif", "ALTER COLUMN ... SET STATISTICS");
            case AlterTableCommand.ColumnOptions c -> new Rule("rmf", "ALTER COLUMN ... " + (c.reset() ? "RESET" : "SET"));
            case AlterTableCommand.ColumnStorage c -> new Rule("rmf", "ALTER COLUMN ... SET STORAGE");
            case AlterTableCommand.ColumnCompression c -> new Rule("rm", "ALTER COLUMN ... SET COMPRESSION");
            case AlterTableCommand.AddIdentity c -> new Rule("rf", "ALTER COLUMN ... ADD IDENTITY");
            case AlterTableCommand.SetIdentity c -> new Rule("rf", "ALTER COLUMN ... SET");
            case AlterTableCommand.DropIdentity c -> new Rule("rf", "ALTER COLUMN ... DROP IDENTITY");
            case AlterTableCommand.ColumnForeignOptions c -> new Rule("f", "ALTER COLUMN ... OPTIONS");
            case AlterTableCommand.AddConstraint c -> new Rule("rf", "ADD CONSTRAINT");
            case AlterTableCommand.AlterConstraint c -> new Rule("r", "ALTER CONSTRAINT");
            case AlterTableCommand.ValidateConstraint c -> new Rule("rf", "VALIDATE CONSTRAINT");
            case AlterTableCommand.DropConstraint c -> new Rule("rf", "DROP CONSTRAINT");
            case AlterTableCommand.ChangeOwner c -> new Rule("rvmSfci", "OWNER TO");
            case AlterTableCommand.ClusterOn c -> new Rule("rm", c.index().isPresent() ? "CLUSTER ON" : "SET WITHOUT CLUSTER");
            case AlterTableCommand.SetLogged c -> new Rule("rS", c.logged() ? "SET LOGGED" : "SET UNLOGGED");
            case AlterTableCommand.DropOids c -> new Rule("rf", "SET WITHOUT OIDS");
            case AlterTableCommand.SetAccessMethod c -> new Rule("rm", "SET ACCESS METHOD");
            case AlterTableCommand.SetTablespace c -> new Rule("rmi", "SET TABLESPACE");
            case AlterTableCommand.RelationOptions c -> new Rule("rvmi", c.reset() ? "RESET" : "SET");
            case AlterTableCommand.EnableTrigger c -> new Rule("rf", c.rule() ? "ENABLE RULE" : "ENABLE TRIGGER");
            case AlterTableCommand.Inherit c -> new Rule("rf", c.inherit() ? "INHERIT" : "NO INHERIT");
            case AlterTableCommand.OfType c -> new Rule("r", c.type().isPresent() ? "OF" : "NOT OF");
            case AlterTableCommand.ReplicaIdentity c -> new Rule("rm", "REPLICA IDENTITY");
            case AlterTableCommand.RowSecurity c -> new Rule("r", switch (c.change()) {
                case ENABLE -> "ENABLE ROW SECURITY";
                case DISABLE -> "DISABLE ROW SECURITY";
                case FORCE -> "FORCE ROW SECURITY";
                case NO_FORCE -> "NO FORCE ROW SECURITY";
            });
            case AlterTableCommand.ForeignOptions c -> new Rule("f", "OPTIONS");
            case AlterTableCommand.AttachPartition c -> new Rule("pi", "ATTACH PARTITION");
            case AlterTableCommand.DetachPartition c -> new Rule("p", "DETACH PARTITION");
        };
    }
}
