package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.ast.DatabaseStatement;
import org.gajah.ast.ExplainStatement;
import org.gajah.ast.ExtensionStatement;
import org.gajah.ast.ForeignStatement;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.GrantStatement;
import org.gajah.ast.IndexStatement;
import org.gajah.ast.MaintenanceStatement;
import org.gajah.ast.NotifyStatement;
import org.gajah.ast.ObjectStatement;
import org.gajah.ast.PolicyStatement;
import org.gajah.ast.RoleStatement;
import org.gajah.ast.SchemaStatement;
import org.gajah.ast.SequenceStatement;
import org.gajah.ast.SettingStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;
import org.gajah.ast.TriggerStatement;
import org.gajah.ast.TypeStatement;
import org.gajah.ast.Unsupported;
import org.gajah.ast.ViewStatement;

/** Carries out utility statements; those about the session's own transactions, portals and prepared statements are the session's. */
public final class Commands {
    private Commands() {
    }

    /** Carries out a statement and gives its command tag. */
    public static String run(Statement statement, CommandContext context, CommandOutput output) {
        return switch (statement) {
            case SettingStatement s -> new SettingCommands(context).run(s, output);
            case TableStatement.CreateTable c -> new TableCommands(context).create(c);
            case IndexStatement.CreateIndex c -> new IndexCommands(context).create(c);
            case SequenceStatement s -> new SequenceCommands(context).run(s);
            case ViewStatement v -> new ViewCommands(context).run(v);
            case ObjectStatement.Drop d -> new DropCommands(context).run(d);
            case TableStatement.Truncate t -> new TruncateCommand(context).run(t);
            case TableStatement.AlterTable a -> new AlterTableCommands(context).run(a);
            case ObjectStatement.Rename r -> new RenameCommands(context).run(r);
            case ObjectStatement.AlterOwner a -> new Owners(context).alter(a);
            case SchemaStatement.CreateSchema c -> new SchemaCommands(context).create(c, output);
            case MaintenanceStatement m -> new MaintenanceCommands(context).run(m);
            case TableStatement.CreateTableAs c -> new TableAsCommand(context).run(c);
            case ObjectStatement.AlterObjectSchema a -> new SchemaMove(context).run(a);
            case TypeStatement t -> new TypeCommands(context).run(t);
            case ObjectStatement.Comment c -> new CommentCommand(context).run(c);
            case ExplainStatement e -> new ExplainCommand(context).run(e, output);
            case RoleStatement r -> new RoleCommands(context).run(r);
            case GrantStatement g -> new GrantCommands(context).run(g);
            case DatabaseStatement d -> new DatabaseCommands(context).run(d);
            case NotifyStatement n -> new NotifyCommands(context.channels()).run(n);
            case FunctionStatement.CreateFunction c -> new CreateRoutine(context).run(c);
            case FunctionStatement.AlterFunction a -> new AlterRoutine(context).run(a);
            case ForeignStatement f -> new ForeignCommands(context).run(f);
            case ExtensionStatement e -> new ExtensionCommands(context).run(e);
            case TriggerStatement.CreateEventTrigger c -> new EventTriggerCommands(context).create(c);
            case TriggerStatement.AlterEventTrigger a -> new EventTriggerCommands(context).alter(a);
            case TriggerStatement.CreateTrigger c -> new TriggerCommands(context).create(c);
            case PolicyStatement p -> new PolicyCommands(context).run(p);
            case Unsupported u -> throw SqlError.notSupported(u.tag() + " is not supported");
            default -> throw SqlError.notSupported(CommandTags.of(statement) + " is not supported");
        };
    }
}
