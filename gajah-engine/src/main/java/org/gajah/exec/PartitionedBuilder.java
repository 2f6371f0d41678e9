package org.gajah.exec;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.gajah.analyze.Query;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.plan.Plan;
import org.gajah.vector.Carrier;

/** Makes the operators of INSERT, UPDATE, DELETE and MERGE on partitioned tables. */
final class PartitionedBuilder {
    private static final int TABLE_OID = -6;

    private final Plan.Modify plan;
    private final OperatorBuilder builder;
    private final ModifyColumns columns;
    private final Returning returning;
    private final Relation root;
    private final ChangeTriggers statement;
    private final PartitionedWriter writer;
    private final Map<Integer, ForeignRowsChange> changesThere = new HashMap<>();

    private PartitionedBuilder(Plan.Modify plan, OperatorBuilder builder, ModifyColumns columns, Returning returning, Relation root,
            PolicyChecks policies) {
        this.plan = plan;
        this.builder = builder;
        this.columns = columns;
        this.returning = returning;
        this.root = root;
        ModifyBuilder.Changes changes = ModifyBuilder.changes(plan);
        statement = ChangeTriggers.ofStatement(builder.context(), builder.frame(), root, changes.events(), changes.assigned());
        EnumSet<Trigger.Event> ofRows = EnumSet.copyOf(changes.events());
        if (ofRows.contains(Trigger.Event.UPDATE)) {
            ofRows.add(Trigger.Event.DELETE);
            ofRows.add(Trigger.Event.INSERT);
        }
        boolean doNothing = plan.onConflict().filter(action -> !action.update()).isPresent();
        writer = new PartitionedWriter(builder.context(), builder.frame(), root, ofRows, changes.assigned(), false, policies,
                new ForeignPartition.Asked(plan.role(), !returning.isEmpty(), doNothing, oid -> reads(plan.child(), oid, true)));
        writer.showGiven(plan.given());
        writer.telling(statement);
    }

    static Operator build(Plan.Modify p, OperatorBuilder builder, ModifyColumns columns, Returning returning, Relation root,
            PolicyChecks policies) {
        PartitionedBuilder made = new PartitionedBuilder(p, builder, columns, returning, root, policies);
        Operator child = builder.build(p.child());
        return switch (p.command()) {
            case INSERT -> made.insert(child);
            case UPDATE, DELETE -> made.change(child);
            case MERGE -> made.merge(child);
            case SELECT -> throw new IllegalStateException("SELECT changes nothing");
        };
    }

    /** Whether the present run reads a foreign partition; what is read more than once may leave out other partitions each time. */
    private boolean reads(Plan part, int oid, boolean once) {
        if (part instanceof Plan.ForeignScan s) {
            return s.tables().stream().anyMatch(b -> b.relation() == oid);
        }
        for (int i = 0; i < part.children().size(); i++) {
            boolean left = once && builder.built().get(part) instanceof PrunedAppendOperator append && !append.reads(i);
            if (!left && reads(part.children().get(i), oid, once && (part instanceof Plan.Append || part.children().size() == 1))) {
                return true;
            }
        }
        return false;
    }

    private Operator insert(Operator child) {
        Optional<PartitionConflicts> conflicts = plan.onConflict()
                .map(action -> new PartitionConflicts(writer, statement, target -> resolver(target, action)));
        return new PartitionedInsertOperator(child, builder.frame(), ModifyBuilder.rows(plan.assignments(), builder.compiler(columns)),
                Layouts.of(root, builder.context().catalog()), writer, statement, returning, conflicts);
    }

    private ConflictResolver resolver(PartitionTarget target, Plan.ConflictAction action) {
        ExprCompiler compiler = builder.compiler(columns);
        List<Integer> arbiters = PartitionConflicts.arbiters(builder.context().catalog(), target.relation(), action.arbiters());
        Plan.ConflictAction own = new Plan.ConflictAction(action.update(), arbiters, action.assignments(), action.where());
        return new ConflictResolver(builder.frame(), target, columns, own, rows(target.down(), action.assignments(), compiler),
                action.where().map(compiler::compile));
    }

    /** The values assigned to columns of the named table, as those of a partition. */
    private static RowBuilder rows(ColumnMap down, List<Plan.Assignment> assignments, ExprCompiler compiler) {
        return ModifyBuilder.rows(assignments.stream().map(a -> new Plan.Assignment(down.target(a.attribute() - 1) + 1, a.value())).toList(), compiler);
    }

    private static int tableColumn(List<Plan.TargetColumn> columns) {
        return columns.stream().filter(c -> c.attribute() == TABLE_OID).findFirst().orElseThrow().column();
    }

    /** Columns of the named table as those of a partition. */
    private static List<Plan.TargetColumn> own(List<Plan.TargetColumn> columns, ColumnMap down) {
        return columns.stream().map(c -> c.attribute() > 0 ? new Plan.TargetColumn(c.column(), down.target(c.attribute() - 1) + 1) : c).toList();
    }

    private Recheck recheck(PartitionTarget target, ExprCompiler compiler) {
        return new Recheck(builder.carriers(plan.child().columns()), own(plan.targetColumns(), target.down()), plan.recheck().map(compiler::compile));
    }

    /** What FOR UPDATE and its kin lock of a partitioned table. */
    static LockRowsOperator.Mark mark(Plan.LockMark mark, Relation root, List<Carrier> carriers, OperatorBuilder builder) {
        Map<Integer, LockRowsOperator.Locked> made = new HashMap<>();
        IntFunction<LockRowsOperator.Locked> tables = oid -> made.computeIfAbsent(oid, o -> {
            Relation partition = builder.relation(o);
            List<Plan.TargetColumn> columns = own(mark.targetColumns(), ColumnMap.of(root, partition, builder.context()));
            return new LockRowsOperator.Locked(partition, new Recheck(carriers, columns, Optional.empty()), ModifyBuilder.keyColumns(partition));
        });
        return new LockRowsOperator.Mark(mark.tidColumn(), tableColumn(mark.targetColumns()), mark.strength(), mark.waitPolicy(), tables);
    }

    private Operator change(Operator child) {
        boolean update = plan.command() == Query.Command.UPDATE;
        Map<Integer, ChangeTarget> made = new HashMap<>();
        IntFunction<ChangeTarget> targets = oid -> {
            PartitionTarget target = writer.target(oid);
            return made.computeIfAbsent(oid, o -> changeTarget(target, update, plan.assignments()));
        };
        int tables = tableColumn(plan.targetColumns());
        return new ChangeOperator(child, builder.frame(), plan.tidColumn(), tables, targets, oid -> there(oid, update), update, returning, statement, writer);
    }

    /** What changing rows of a foreign partition takes. */
    private Optional<ForeignRowsChange> there(int oid, boolean update) {
        return writer.foreign(oid).map(partition -> changesThere.computeIfAbsent(oid, o -> new ForeignRowsChange(partition,
                own(plan.targetColumns(), partition.down()), plan.tidColumn(),
                update ? Optional.of(rows(partition.down(), plan.assignments(), builder.compiler(columns))) : Optional.empty())));
    }

    private ChangeTarget changeTarget(PartitionTarget target, boolean update, List<Plan.Assignment> assignments) {
        ExprCompiler compiler = builder.compiler(columns);
        Supplier<RowBuilder> rows = () -> rows(target.down(), assignments, builder.compiler(columns));
        Optional<RowBuilder> first = update ? Optional.of(rows.get()) : Optional.empty();
        RowChanger changer = RowChanger.of(builder.frame(), target.writer(), first.map(RowBuilder::attributes).orElse(new int[0]), target.triggers());
        return new ChangeTarget(target.writer(), changer, target.foreignKeys(), target.triggers(), first, rows, recheck(target, compiler),
                Optional.of(target));
    }

    private Operator merge(Operator child) {
        ExprCompiler compiler = builder.compiler(columns);
        Recheck join = new Recheck(builder.carriers(plan.child().columns()), plan.targetColumns(), plan.recheck().map(compiler::compile));
        PartitionedMergeOperator.Parts parts = new PartitionedMergeOperator.Parts(Layouts.of(root, builder.context().catalog()),
                tableColumn(plan.targetColumns()), writer, this::mergeTarget);
        return new PartitionedMergeOperator(child, builder.frame(), plan.tidColumn(), parts, join,
                ModifyBuilder.mergeSteps(plan, compiler, Optional.empty()), returning, statement);
    }

    private ChangeTarget mergeTarget(PartitionTarget target, int step) {
        Plan.MergeStep does = plan.mergeSteps().get(step);
        return changeTarget(target, does.command() == Query.Command.UPDATE, does.assignments());
    }
}
