package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.AlterTableCommand.RowSecurityChange;
import org.gajah.ast.AlterTableCommand.TriggerScope;
import org.gajah.ast.AlterTableCommand.TriggerState;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.DefElem;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.Expression;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.Partitioning.PartitionBound;
import org.gajah.ast.RangeVar;
import org.gajah.ast.SequenceStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement.AlterTable;
import org.gajah.ast.TypeName;

/** ALTER TABLE and its kin: indexes, sequences, views, foreign tables, composite types. */
final class AlterTableGrammar {
    private final Grammar g;
    private final TokenStream t;

    AlterTableGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** The relation and what is done to it, behind ALTER and the words for {@code kind}. */
    Statement alter(ObjectKind kind) {
        boolean missingOk = t.ifExists();
        RangeVar relation = switch (kind) {
            case TABLE, FOREIGN_TABLE -> g.names.relation();
            default -> g.names.qualifiedName();
        };
        Optional<Statement> common = g.alters.commonOfRelation(kind, relation, missingOk);
        if (common.isPresent()) {
            return common.get();
        }
        if (kind == ObjectKind.SEQUENCE && atSequenceOption()) {
            return new SequenceStatement.AlterSequence(relation, missingOk, g.options.sequenceOptions(true));
        }
        return new AlterTable(kind, relation, missingOk, commands(kind));
    }

    private boolean atSequenceOption() {
        return switch (t.keyword()) {
            case AS, CACHE, CYCLE, INCREMENT, MAXVALUE, MINVALUE, NO, OWNED, SEQUENCE, START, RESTART, LOGGED,
                 UNLOGGED -> true;
            default -> false;
        };
    }

    private List<AlterTableCommand> commands(ObjectKind kind) {
        boolean table = kind == ObjectKind.TABLE;
        if ((table || kind == ObjectKind.INDEX) && t.accept(Keyword.ATTACH)) {
            t.expect(Keyword.PARTITION);
            RangeVar partition = g.names.qualifiedName();
            Optional<PartitionBound> bound = table ? Optional.of(g.partitions.bound()) : Optional.empty();
            return List.of(new AlterTableCommand.AttachPartition(partition, bound));
        } else if (table && t.accept(Keyword.DETACH)) {
            t.expect(Keyword.PARTITION);
            RangeVar partition = g.names.qualifiedName();
            boolean concurrently = t.accept(Keyword.CONCURRENTLY);
            boolean doFinalize = !concurrently && t.accept(Keyword.FINALIZE);
            return List.of(new AlterTableCommand.DetachPartition(partition, concurrently, doFinalize));
        }
        return t.commaList(this::command);
    }

    private AlterTableCommand command() {
        Keyword word = t.keyword();
        switch (word) {
            case OPTIONS -> {
                return new AlterTableCommand.ForeignOptions(g.options.alterGenericOptions());
            }
            case ENABLE, DISABLE -> {
                return enable();
            }
            default -> t.skip();
        }
        return switch (word) {
            case ADD -> add();
            case ALTER -> alterColumnOrConstraint();
            case DROP -> drop();
            case SET -> set();
            case RESET -> new AlterTableCommand.RelationOptions(true, g.options.relationOptions());
            case VALIDATE -> {
                t.expect(Keyword.CONSTRAINT);
                yield new AlterTableCommand.ValidateConstraint(t.colId());
            }
            case OWNER -> {
                t.expect(Keyword.TO);
                yield new AlterTableCommand.ChangeOwner(g.names.role());
            }
            case CLUSTER -> {
                t.expect(Keyword.ON);
                yield new AlterTableCommand.ClusterOn(Optional.of(t.colId()));
            }
            case INHERIT -> new AlterTableCommand.Inherit(g.names.qualifiedName(), true);
            case NO -> no();
            case OF -> ofType();
            case NOT -> {
                t.expect(Keyword.OF);
                yield new AlterTableCommand.OfType(Optional.empty());
            }
            case FORCE -> {
                t.expect(Keyword.ROW, Keyword.LEVEL, Keyword.SECURITY);
                yield new AlterTableCommand.RowSecurity(RowSecurityChange.FORCE);
            }
            case REPLICA -> replicaIdentity();
            default -> throw t.syntaxError(-1);
        };
    }

    private AlterTableCommand no() {
        if (t.accept(Keyword.FORCE)) {
            t.expect(Keyword.ROW, Keyword.LEVEL, Keyword.SECURITY);
            return new AlterTableCommand.RowSecurity(RowSecurityChange.NO_FORCE);
        }
        t.expect(Keyword.INHERIT);
        return new AlterTableCommand.Inherit(g.names.qualifiedName(), false);
    }

    private AlterTableCommand ofType() {
        int location = t.location();
        TypeName type = new TypeName(t.anyName(), List.of(), List.of(), false, false, location);
        return new AlterTableCommand.OfType(Optional.of(type));
    }

    private AlterTableCommand add() {
        if (g.constraints.atTableConstraint()) {
            return new AlterTableCommand.AddConstraint(g.constraints.tableConstraint());
        }
        t.accept(Keyword.COLUMN);
        boolean ifNotExists = t.ifNotExists();
        ColumnDef column = g.columns.definition();
        return new AlterTableCommand.AddColumn(column, ifNotExists, DropBehavior.RESTRICT);
    }

    private AlterTableCommand drop() {
        if (t.accept(Keyword.CONSTRAINT)) {
            boolean missingOk = t.ifExists();
            String name = t.colId();
            return new AlterTableCommand.DropConstraint(name, missingOk, g.names.dropBehavior());
        }
        t.accept(Keyword.COLUMN);
        boolean missingOk = t.at(Keyword.IF, Keyword.EXISTS) && t.ifExists();
        String name = t.colId();
        return new AlterTableCommand.DropColumn(name, missingOk, g.names.dropBehavior());
    }

    private AlterTableCommand set() {
        if (t.at('(')) {
            return new AlterTableCommand.RelationOptions(false, g.options.relationOptions());
        }
        Keyword word = t.keyword();
        t.skip();
        switch (word) {
            case LOGGED, UNLOGGED -> {
                return new AlterTableCommand.SetLogged(word == Keyword.LOGGED);
            }
            case TABLESPACE -> {
                return new AlterTableCommand.SetTablespace(t.colId());
            }
            case ACCESS -> {
                t.expect(Keyword.METHOD);
                return new AlterTableCommand.SetAccessMethod(
                        t.accept(Keyword.DEFAULT) ? Optional.empty() : Optional.of(t.colId()));
            }
            case WITHOUT -> {
                if (t.accept(Keyword.OIDS)) {
                    return new AlterTableCommand.DropOids();
                }
                t.expect(Keyword.CLUSTER);
                return new AlterTableCommand.ClusterOn(Optional.empty());
            }
            default -> throw t.syntaxError(-1);
        }
    }

    private AlterTableCommand enable() {
        if (t.keyword(1) == Keyword.ROW) {
            boolean enable = t.at(Keyword.ENABLE);
            t.skip();
            t.expect(Keyword.ROW, Keyword.LEVEL, Keyword.SECURITY);
            return new AlterTableCommand.RowSecurity(enable ? RowSecurityChange.ENABLE : RowSecurityChange.DISABLE);
        }
        TriggerState state = g.triggers.state();
        if (t.accept(Keyword.RULE)) {
            return new AlterTableCommand.EnableTrigger(true, state, TriggerScope.NAMED, t.colId());
        }
        t.expect(Keyword.TRIGGER);
        boolean mayBeAll = state == TriggerState.ENABLED || state == TriggerState.DISABLED;
        if (mayBeAll && t.accept(Keyword.ALL)) {
            return new AlterTableCommand.EnableTrigger(false, state, TriggerScope.ALL, "");
        } else if (mayBeAll && t.accept(Keyword.USER)) {
            return new AlterTableCommand.EnableTrigger(false, state, TriggerScope.USER, "");
        }
        return new AlterTableCommand.EnableTrigger(false, state, TriggerScope.NAMED, t.colId());
    }

    private AlterTableCommand replicaIdentity() {
        t.expect(Keyword.IDENTITY);
        if (t.accept(Keyword.NOTHING)) {
            return new AlterTableCommand.ReplicaIdentity('n', Optional.empty());
        } else if (t.accept(Keyword.FULL)) {
            return new AlterTableCommand.ReplicaIdentity('f', Optional.empty());
        } else if (t.accept(Keyword.DEFAULT)) {
            return new AlterTableCommand.ReplicaIdentity('d', Optional.empty());
        }
        t.expect(Keyword.USING, Keyword.INDEX);
        return new AlterTableCommand.ReplicaIdentity('i', Optional.of(t.colId()));
    }

    private AlterTableCommand alterColumnOrConstraint() {
        if (t.accept(Keyword.CONSTRAINT)) {
            return alterConstraint();
        }
        t.accept(Keyword.COLUMN);
        if (t.at(Token.INTEGER)) {
            int location = t.location();
            int number = t.integer();
            if (number <= 0 || number > Short.MAX_VALUE) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                        "column number must be in range from 1 to " + Short.MAX_VALUE).at(location);
            }
            t.expect(Keyword.SET, Keyword.STATISTICS);
            return new AlterTableCommand.ColumnStatistics("", number, statisticsTarget());
        }
        int location = t.location();
        return alterColumn(t.colId(), location);
    }

    private AlterTableCommand alterConstraint() {
        String name = t.colId();
        if (t.accept(Keyword.INHERIT)) {
            return new AlterTableCommand.AlterConstraint(name, Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.of(false));
        } else if (t.accept(Keyword.NO, Keyword.INHERIT)) {
            return new AlterTableCommand.AlterConstraint(name, Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.of(true));
        }
        ConstraintGrammar.AttributeReader attributes = g.constraints.new AttributeReader("FOREIGN KEY");
        while (attributes.readOne()) {
            continue;
        }
        return new AlterTableCommand.AlterConstraint(name, attributes.deferrable, attributes.initiallyDeferred,
                attributes.enforced, Optional.empty());
    }

    private int statisticsTarget() {
        return t.accept(Keyword.DEFAULT) ? -1 : t.signedInteger();
    }

    private AlterTableCommand alterColumn(String column, int location) {
        switch (t.keyword()) {
            case SET -> {
                return setColumn(column, location);
            }
            case DROP -> {
                return dropFromColumn(column);
            }
            case ADD -> {
                t.skip();
                t.expect(Keyword.GENERATED);
                boolean always = g.columns.generatedWhen();
                t.expect(Keyword.AS, Keyword.IDENTITY);
                return new AlterTableCommand.AddIdentity(column, always, g.options.parenthesizedSequenceOptions());
            }
            case RESTART -> {
                return new AlterTableCommand.SetIdentity(column, identityOptions());
            }
            case TYPE -> {
                t.skip();
                return columnType(column, location);
            }
            case RESET -> {
                t.skip();
                return new AlterTableCommand.ColumnOptions(column, true, g.options.relationOptions());
            }
            case OPTIONS -> {
                return new AlterTableCommand.ColumnForeignOptions(column, g.options.alterGenericOptions());
            }
            default -> throw t.syntaxError();
        }
    }

    private AlterTableCommand columnType(String column, int location) {
        TypeName type = g.types.typeName();
        List<String> collation = t.accept(Keyword.COLLATE) ? t.anyName() : List.of();
        Optional<Expression> using = t.after(Keyword.USING, g.expressions::expression);
        return new AlterTableCommand.AlterColumnType(column, type, collation, using,
                DropBehavior.RESTRICT, location);
    }

    private AlterTableCommand setColumn(String column, int location) {
        Keyword what = t.keyword(1);
        if (t.kind(1) == '(') {
            t.skip();
            return new AlterTableCommand.ColumnOptions(column, false, g.options.relationOptions());
        }
        switch (what) {
            case DEFAULT -> {
                t.expect(Keyword.SET, Keyword.DEFAULT);
                return new AlterTableCommand.ColumnDefault(column, Optional.of(g.expressions.expression()));
            }
            case NOT -> {
                t.expect(Keyword.SET, Keyword.NOT, Keyword.NULL);
                return new AlterTableCommand.ColumnNotNull(column, true);
            }
            case EXPRESSION -> {
                t.expect(Keyword.SET, Keyword.EXPRESSION, Keyword.AS);
                t.expect('(');
                Expression expression = g.expressions.expression();
                t.expect(')');
                return new AlterTableCommand.ColumnExpression(column, Optional.of(expression), false);
            }
            case STATISTICS -> {
                t.expect(Keyword.SET, Keyword.STATISTICS);
                return new AlterTableCommand.ColumnStatistics(column, 0, statisticsTarget());
            }
            case STORAGE -> {
                t.expect(Keyword.SET, Keyword.STORAGE);
                return new AlterTableCommand.ColumnStorage(column, t.accept(Keyword.DEFAULT) ? "default" : t.colId());
            }
            case COMPRESSION -> {
                t.expect(Keyword.SET, Keyword.COMPRESSION);
                return new AlterTableCommand.ColumnCompression(column, g.columns.compressionMethod());
            }
            case DATA -> {
                t.expect(Keyword.SET, Keyword.DATA, Keyword.TYPE);
                return columnType(column, location);
            }
            default -> {
                return new AlterTableCommand.SetIdentity(column, identityOptions());
            }
        }
    }

    /** SET GENERATED ..., SET sequence option, RESTART, any number of them. */
    private List<DefElem> identityOptions() {
        List<DefElem> options = new ArrayList<>(2);
        while (t.at(Keyword.SET) || t.at(Keyword.RESTART)) {
            int location = t.location();
            if (t.at(Keyword.SET, Keyword.GENERATED)) {
                t.skip();
                t.skip();
                options.add(DefElem.of("generated", new DefElem.Value.Text(
                        g.columns.generatedWhen() ? "always" : "by default"), location));
            } else {
                if (t.accept(Keyword.SET) && t.at(Keyword.AS)) {
                    throw t.syntaxError();
                }
                options.add(g.options.sequenceOption().orElseThrow(t::syntaxError));
            }
        }
        return List.copyOf(options);
    }

    private AlterTableCommand dropFromColumn(String column) {
        t.expect(Keyword.DROP);
        if (t.accept(Keyword.DEFAULT)) {
            return new AlterTableCommand.ColumnDefault(column, Optional.empty());
        } else if (t.accept(Keyword.NOT)) {
            t.expect(Keyword.NULL);
            return new AlterTableCommand.ColumnNotNull(column, false);
        } else if (t.accept(Keyword.EXPRESSION)) {
            return new AlterTableCommand.ColumnExpression(column, Optional.empty(), t.ifExists());
        }
        t.expect(Keyword.IDENTITY);
        return new AlterTableCommand.DropIdentity(column, t.ifExists());
    }

    /** What is done to the attributes of a composite type. */
    Statement alterComposite(RangeVar type) {
        return new AlterTable(ObjectKind.TYPE, type, false, t.commaList(this::attributeCommand));
    }

    private AlterTableCommand attributeCommand() {
        if (t.accept(Keyword.ADD)) {
            t.expect(Keyword.ATTRIBUTE);
            ColumnDef attribute = g.typeStatements.attribute();
            return new AlterTableCommand.AddColumn(attribute, false, g.names.dropBehavior());
        } else if (t.accept(Keyword.DROP)) {
            t.expect(Keyword.ATTRIBUTE);
            boolean missingOk = t.at(Keyword.IF, Keyword.EXISTS) && t.ifExists();
            String name = t.colId();
            return new AlterTableCommand.DropColumn(name, missingOk, g.names.dropBehavior());
        }
        t.expect(Keyword.ALTER, Keyword.ATTRIBUTE);
        int location = t.location();
        String name = t.colId();
        if (t.accept(Keyword.SET)) {
            t.expect(Keyword.DATA);
        }
        t.expect(Keyword.TYPE);
        TypeName type = g.types.typeName();
        List<String> collation = t.accept(Keyword.COLLATE) ? t.anyName() : List.of();
        return new AlterTableCommand.AlterColumnType(name, type, collation, Optional.empty(), g.names.dropBehavior(),
                location);
    }
}
