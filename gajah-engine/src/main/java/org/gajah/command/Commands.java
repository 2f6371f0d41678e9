package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.ast.IndexStatement;
import org.gajah.ast.SequenceStatement;
import org.gajah.ast.SettingStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;
import org.gajah.ast.Unsupported;

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
            case Unsupported u -> throw SqlError.notSupported(u.tag() + " is not supported");
            default -> throw SqlError.notSupported(CommandTags.of(statement) + " is not supported");
        };
    }
}
