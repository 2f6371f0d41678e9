package org.gajah.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.DefElem;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;

/** ALTER COLUMN ... SET GENERATED and sequence options of identities; SET and DROP EXPRESSION of generated columns. */
final class ColumnChange {
    private final CommandContext context;

    ColumnChange(CommandContext context) {
        this.context = context;
    }

    private void attribute(Relation table, Relation.Column column, String name, int value) {
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), column.number()).orElseThrow();
        context.writer().update(row, row.with(name, value));
        context.changed();
    }

    void identity(Relation table, AlterTableCommand.SetIdentity i) {
        Relation.Column column = AlterTableCommands.column(table, i.column());
        List<DefElem> sequence = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<Character> kind = Optional.empty();
        for (DefElem option : i.options()) {
            if (!seen.add(option.name())) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting or redundant options");
            }
            if (option.name().equals("generated")) {
                kind = Optional.of(generation(option));
            } else {
                sequence.add(option);
            }
        }
        if (column.identity() == 0) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "column \"" + column.name() + "\" of relation \"" + table.name()
                    + "\" is not an identity column");
        }
        kind.ifPresent(k -> attribute(table, column, "attidentity", k));
        if (!sequence.isEmpty()) {
            Relation owned = context.catalog().relation(context.catalog().identitySequence(table.oid(), column.number())).orElseThrow();
            new SequenceCommands(context).alter(owned, sequence);
        }
    }

    private static char generation(DefElem option) {
        return switch (option.value().orElseThrow()) {
            case DefElem.Value.Flag f -> f.value() ? 'a' : 'd';
            case DefElem.Value.Text t -> t.value().startsWith("a") ? 'a' : 'd';
            case DefElem.Value.Number n -> (char) Integer.parseInt(n.value());
            default -> 'd';
        };
    }

    void expression(Relation table, AlterTableCommand.ColumnExpression e) {
        Relation.Column column = AlterTableCommands.column(table, e.column());
        if (column.generated() == 0) {
            SqlError error = new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "column \"" + column.name() + "\" of relation \""
                    + table.name() + "\" is not a generated column");
            if (!e.missingOk()) {
                throw error;
            }
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, error.getMessage() + ", skipping"));
            return;
        }
        ColumnDefinitions definitions = new ColumnDefinitions(context);
        if (e.expression().isEmpty()) {
            if (column.generated() == 'v') {
                throw SqlError.notSupported("ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns")
                        .detail("Column \"" + column.name() + "\" of relation \"" + table.name() + "\" is a virtual generated column.");
            }
            definitions.dropDefault(table, column);
            attribute(table, column, "attgenerated", 0);
            return;
        }
        boolean checked = column.generated() == 'v' && !table.checks().isEmpty();
        if (checked) {
            throw SqlError.notSupported("ALTER TABLE / SET EXPRESSION is not supported for virtual generated columns in tables with check constraints")
                    .detail("Column \"" + column.name() + "\" of relation \"" + table.name() + "\" is a virtual generated column.");
        }
        Expr value = Definitions.generated(e.expression().get(), table, column.name(), column.type(), column.typmod(), context.analysis());
        definitions.replaceExpression(table, column, value);
        if (column.generated() == 's') {
            Relation now = context.catalog().relation(table.oid()).orElseThrow();
            new TableRewrite(context).run(now, Optional.of(new TableRewrite.Change(now, column.number(), value)), TableRewrite.DEFAULT);
        }
    }
}
