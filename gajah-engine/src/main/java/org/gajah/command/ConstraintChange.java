package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;

/** VALIDATE CONSTRAINT and ALTER CONSTRAINT. */
final class ConstraintChange {
    private final CommandContext context;

    ConstraintChange(CommandContext context) {
        this.context = context;
    }

    CatalogRow find(Relation table, String name) {
        return context.catalog().rows("pg_constraint", 2665, table.oid(), 0, Slice.of(name)).stream().findFirst().orElseThrow(
                () -> new SqlError(SqlState.UNDEFINED_OBJECT, "constraint \"" + name + "\" of relation \"" + table.name() + "\" does not exist"));
    }

    void validate(Relation table, String name) {
        CatalogRow row = find(table, name);
        if ("fcn".indexOf(row.letter("contype")) < 0) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot validate constraint \"" + name + "\" of relation \"" + table.name() + "\"")
                    .detail("This operation is not supported for this type of constraint.");
        }
        if (!row.flag("conenforced")) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot validate NOT ENFORCED constraint");
        }
        if (!row.flag("convalidated")) {
            check(table, row);
            context.writer().update(row, row.with("convalidated", true));
        }
    }

    /** The rows that are there must fit. */
    private void check(Relation table, CatalogRow row) {
        RowChecks checks = new RowChecks(context);
        switch (row.letter("contype")) {
            case 'f' -> checks.requireReferences(table, row.number("oid"));
            case 'c' -> checks.requireTrue(table, NodeText.readExpr(row.text("conbin"), context.catalog(), context.analysis().types()),
                    row.text("conname"));
            default -> checks.requireNoNulls(table, table.column(row.numbers("conkey").getFirst()));
        }
    }

    void alter(Relation table, AlterTableCommand.AlterConstraint a) {
        CatalogRow row = find(table, a.name());
        char type = row.letter("contype");
        String which = "constraint \"" + a.name() + "\" of relation \"" + table.name() + "\"";
        if ((a.deferrable().isPresent() || a.initiallyDeferred().isPresent()) && type != 'f') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, which + " is not a foreign key constraint");
        }
        if (a.enforced().isPresent() && type != 'f') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot alter enforceability of " + which);
        }
        if (a.noInherit().isPresent() && type != 'n') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, which + " is not a not-null constraint");
        }
        boolean enforced = a.enforced().orElse(row.flag("conenforced"));
        boolean deferred = a.initiallyDeferred().orElse(row.flag("condeferred"));
        boolean deferrable = a.deferrable().orElse(row.flag("condeferrable"));
        boolean newlyEnforced = enforced && !row.flag("conenforced");
        context.writer().update(row, row.with("condeferrable", deferrable, "condeferred", deferred && deferrable, "conenforced", enforced,
                "convalidated", enforced && (newlyEnforced || row.flag("convalidated")), "connoinherit",
                a.noInherit().orElse(row.flag("connoinherit"))));
        context.changed();
        if (newlyEnforced) {
            check(context.catalog().relation(table.oid()).orElseThrow(), row);
        }
    }

    /** 55000 or 0A000 if a column's not-null constraint cannot take another request as its own; true if there is one. */
    boolean isThere(Relation table, Relation.Column column, List<CatalogRow> constraints, Optional<String> name, boolean noInherit,
            boolean notValid) {
        for (CatalogRow row : constraints) {
            if (row.letter("contype") != 'n' || !row.numbers("conkey").equals(List.of(column.number()))) {
                continue;
            }
            String own = row.text("conname");
            if (row.flag("connoinherit") != noInherit) {
                throw SqlError.notSupported("cannot change NO INHERIT status of NOT NULL constraint \"" + own + "\" on relation \""
                        + table.name() + "\"");
            }
            if (name.isPresent() && !name.get().equals(own)) {
                throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot create not-null constraint \"" + name.get()
                        + "\" on column \"" + column.name() + "\" of table \"" + table.name() + "\"")
                        .detail("A not-null constraint named \"" + own + "\" already exists for this column.");
            }
            if (!notValid && !row.flag("convalidated")) {
                validate(table, own);
            }
            return true;
        }
        return false;
    }
}
