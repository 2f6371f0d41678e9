package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.TypeStatement;

/** CREATE and ALTER TYPE and DOMAIN: which statement is carried out where. */
final class TypeCommands {
    private final CommandContext context;

    TypeCommands(CommandContext context) {
        this.context = context;
    }

    String run(TypeStatement statement) {
        String tag = tag(statement);
        context.requireWritable(tag);
        switch (statement) {
            case TypeStatement.CreateEnum c -> new EnumCommands(context).create(c);
            case TypeStatement.AddEnumValue a -> new EnumCommands(context).addValue(a);
            case TypeStatement.RenameEnumValue r -> new EnumCommands(context).renameValue(r);
            case TypeStatement.CreateCompositeType c -> new CompositeCommands(context).create(c);
            case TypeStatement.CreateDomain c -> new DomainCommands(context).create(c);
            case TypeStatement.AlterDomain a -> new AlterDomainCommand(context).run(a);
            case TypeStatement.CreateRange c -> throw SqlError.notSupported("CREATE TYPE ... AS RANGE is not supported");
            case TypeStatement.Define d when d.kind() == ObjectKind.AGGREGATE -> new AggregateCommand(context).run(d);
            case TypeStatement.Define d when d.kind() == ObjectKind.OPERATOR -> new OperatorCommands(context).create(d);
            case TypeStatement.AlterOperator a -> new OperatorCommands(context).alter(a);
            case TypeStatement.Define d -> throw SqlError.notSupported(tag + " is not supported");
            case TypeStatement.AlterType a -> throw SqlError.notSupported("ALTER TYPE ... SET is not supported");
            case TypeStatement.CreateCast c -> throw SqlError.notSupported("CREATE CAST is not supported");
        }
        return tag;
    }

    private static String tag(TypeStatement statement) {
        return switch (statement) {
            case TypeStatement.CreateCompositeType c -> "CREATE TYPE";
            case TypeStatement.CreateEnum c -> "CREATE TYPE";
            case TypeStatement.CreateRange c -> "CREATE TYPE";
            case TypeStatement.Define d -> "CREATE " + d.kind().words();
            case TypeStatement.AlterOperator a -> "ALTER OPERATOR";
            case TypeStatement.CreateDomain c -> "CREATE DOMAIN";
            case TypeStatement.AlterDomain a -> "ALTER DOMAIN";
            case TypeStatement.AddEnumValue a -> "ALTER TYPE";
            case TypeStatement.RenameEnumValue r -> "ALTER TYPE";
            case TypeStatement.AlterType a -> "ALTER TYPE";
            case TypeStatement.CreateCast c -> "CREATE CAST";
        };
    }
}
