package org.gajah.exec;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.Query.MergeAction.MatchKind;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.plan.Plan;
import org.gajah.vector.Carrier;

/** Makes the operators of INSERT, UPDATE, DELETE and MERGE. */
final class ModifyBuilder {
    private ModifyBuilder() {
    }

    static Operator build(Plan.Modify p, OperatorBuilder builder) {
        Relation relation = builder.relation(p.relation());
        ModifyColumns columns = ModifyColumns.of(p, relation);
        ExprCompiler compiler = builder.compiler(columns);
        List<Returning.ViewCheck> checks = p.checks().stream().map(c -> new Returning.ViewCheck(c.view(), compiler.compile(c.condition()))).toList();
        Returning returning = new Returning(builder.frame(), columns, relation, compiler.compile(p.returning()), checks, p.given());
        if (relation.kind() == 'v') {
            return instead(p, builder, compiler, relation, returning);
        }
        PolicyChecks policies = PolicyChecks.of(p.policyChecks(), builder.compiler());
        if (relation.kind() == 'p') {
            return PartitionedBuilder.build(p, builder, columns, returning, relation, policies);
        }
        RowWriter writer = new RowWriter(builder.context(), builder.frame(), relation, policies);
        writer.showGiven(p.given());
        Operator child = builder.build(p.child());
        return switch (p.command()) {
            case INSERT -> insert(p, builder, child, columns, new Target(writer, triggers(p, builder, relation)), returning);
            case UPDATE -> change(p, builder, child, compiler, new Target(writer, triggers(p, builder, relation)), returning,
                    Optional.of(rows(p.assignments(), compiler)));
            case DELETE -> change(p, builder, child, compiler, new Target(writer, triggers(p, builder, relation)), returning, Optional.empty());
            case MERGE -> merge(p, builder, child, compiler, new Target(writer, triggers(p, builder, relation)), returning);
            case SELECT -> throw new IllegalStateException("SELECT changes nothing");
        };
    }

    /** The table that rows are written to, and what its triggers are to be told. */
    private record Target(RowWriter writer, ChangeTriggers triggers) {
    }

    /** What a statement may do to rows, and which columns, from 0, it sets. */
    record Changes(EnumSet<Trigger.Event> events, int[] assigned) {
    }

    private static ChangeTriggers triggers(Plan.Modify p, OperatorBuilder builder, Relation relation) {
        Changes changes = changes(p);
        return new ChangeTriggers(builder.context(), builder.frame(), relation, changes.events, changes.assigned);
    }

    static Changes changes(Plan.Modify p) {
        EnumSet<Trigger.Event> events = EnumSet.noneOf(Trigger.Event.class);
        IntStream.Builder assigned = IntStream.builder();
        if (p.command() == Query.Command.MERGE) {
            p.mergeSteps().stream().filter(step -> step.command() != Query.Command.SELECT).forEach(step -> {
                events.add(Trigger.Event.valueOf(step.command().name()));
                step.assignments().stream().filter(a -> step.command() == Query.Command.UPDATE).forEach(a -> assigned.add(a.attribute() - 1));
            });
        } else {
            events.add(Trigger.Event.valueOf(p.command().name()));
            if (p.command() == Query.Command.UPDATE) {
                p.assignments().forEach(a -> assigned.add(a.attribute() - 1));
            }
        }
        p.onConflict().filter(Plan.ConflictAction::update).ifPresent(action -> {
            events.add(Trigger.Event.UPDATE);
            action.assignments().forEach(a -> assigned.add(a.attribute() - 1));
        });
        return new Changes(events, assigned.build().toArray());
    }

    private static Operator instead(Plan.Modify p, OperatorBuilder builder, ExprCompiler compiler, Relation view, Returning returning) {
        ChangeTriggers triggers = triggers(p, builder, view);
        boolean merge = p.command() == Query.Command.MERGE;
        List<RowByRowOperator.Step> steps = merge ? mergeSteps(p, compiler, Optional.empty())
                : List.of(new RowByRowOperator.Step(MatchKind.MATCHED, p.command(), Optional.empty(), rows(p.assignments(), compiler), Optional.empty()));
        Recheck source = new Recheck(builder.carriers(p.child().columns()), List.of(), p.recheck().map(compiler::compile));
        return new InsteadOperator(builder.build(p.child()), builder.frame(), Layouts.of(view, builder.context().catalog()), source, p.targetColumns(),
                steps, merge, returning, triggers);
    }

    static List<RowByRowOperator.Step> mergeSteps(Plan.Modify p, ExprCompiler compiler, Optional<Function<RowBuilder, RowChanger>> changers) {
        return p.mergeSteps().stream().map(step -> {
            RowBuilder rows = rows(step.assignments(), compiler);
            return new RowByRowOperator.Step(step.match(), step.command(), step.condition().map(compiler::compile), rows, changers.map(c -> c.apply(rows)));
        }).toList();
    }

    private static Operator merge(Plan.Modify p, OperatorBuilder builder, Operator child, ExprCompiler compiler, Target target,
            Returning returning) {
        RowWriter writer = target.writer;
        Recheck join = new Recheck(builder.carriers(p.child().columns()), p.targetColumns(), p.recheck().map(compiler::compile));
        List<RowByRowOperator.Step> steps = mergeSteps(p, compiler,
                Optional.of(rows -> RowChanger.of(builder.frame(), writer, rows.attributes(), target.triggers)));
        return new MergeOperator(child, builder.frame(), p.tidColumn(), writer,
                new ForeignKeyChecks(builder.context(), builder.frame(), writer.relation()), join, steps, returning, target.triggers);
    }

    private static Operator insert(Plan.Modify p, OperatorBuilder builder, Operator child, ModifyColumns columns, Target target,
            Returning returning) {
        RowWriter writer = target.writer;
        ExprCompiler compiler = builder.compiler(columns);
        ForeignKeyChecks foreignKeys = new ForeignKeyChecks(builder.context(), builder.frame(), writer.relation());
        Optional<ConflictResolver> conflicts = p.onConflict().map(action -> new ConflictResolver(builder.frame(), writer, foreignKeys, columns,
                action, rows(action.assignments(), compiler), action.where().map(compiler::compile), target.triggers));
        return new InsertOperator(child, builder.frame(), rows(p.assignments(), compiler), writer, foreignKeys, conflicts, returning, target.triggers);
    }

    private static Operator change(Plan.Modify p, OperatorBuilder builder, Operator child, ExprCompiler compiler, Target target,
            Returning returning, Optional<RowBuilder> rows) {
        RowWriter writer = target.writer;
        Recheck recheck = new Recheck(builder.carriers(p.child().columns()), p.targetColumns(), p.recheck().map(compiler::compile));
        RowChanger changer = RowChanger.of(builder.frame(), writer, rows.map(RowBuilder::attributes).orElse(new int[0]), target.triggers);
        return new ChangeOperator(child, builder.frame(), p.tidColumn(), new ChangeTarget(writer, changer,
                new ForeignKeyChecks(builder.context(), builder.frame(), writer.relation()), target.triggers, rows, () -> rows(p.assignments(), compiler),
                recheck, Optional.empty()), returning);
    }

    /** The values assigned to columns. */
    static RowBuilder rows(List<Plan.Assignment> assignments, ExprCompiler compiler) {
        int[] attributes = assignments.stream().mapToInt(a -> a.attribute() - 1).toArray();
        List<Expr> values = assignments.stream().map(Plan.Assignment::value).toList();
        return new RowBuilder(attributes, compiler.compile(values));
    }

    static Operator lockRows(Plan.LockRows p, OperatorBuilder builder) {
        List<Carrier> carriers = builder.carriers(p.columns());
        List<LockRowsOperator.Mark> marks = p.marks().stream().map(mark -> {
            Relation relation = builder.relation(mark.relation());
            if (relation.kind() == 'p') {
                return PartitionedBuilder.mark(mark, relation, carriers, builder);
            }
            LockRowsOperator.Locked table = new LockRowsOperator.Locked(relation, new Recheck(carriers, mark.targetColumns(), Optional.empty()),
                    keyColumns(relation));
            return new LockRowsOperator.Mark(mark.tidColumn(), -1, mark.strength(), mark.waitPolicy(), oid -> table);
        }).toList();
        return new LockRowsOperator(builder.build(p.child()), builder.frame(), marks, builder.compile(p.recheck()), carriers);
    }

    /** The columns, from 0, of the unique keys that foreign keys may refer to. */
    static int[] keyColumns(Relation relation) {
        return relation.indexes().stream().filter(index -> index.unique() && index.predicate().isEmpty() && index.expressions().isEmpty())
                .flatMap(index -> index.columns().subList(0, index.keyColumns()).stream()).distinct().mapToInt(number -> number - 1).toArray();
    }
}
