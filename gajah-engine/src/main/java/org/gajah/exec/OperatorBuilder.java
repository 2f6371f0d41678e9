package org.gajah.exec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;
import org.gajah.plan.PlanColumn;
import org.gajah.plan.PlannedStatement;
import org.gajah.type.Ordered;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** Makes the operators of a planned statement, and of its subplans as they are met. */
final class OperatorBuilder implements ExprCompiler.SlotUse {
    private final CompileContext context;
    private final Frame frame;
    private final PlannedStatement statement;
    private final Map<Plan, Operator> built = new IdentityHashMap<>();
    private final List<Optional<Set<Integer>>> dependencies = new ArrayList<>();
    private Set<Integer> reads = new HashSet<>();
    private Set<Integer> writes = new HashSet<>();

    OperatorBuilder(CompileContext context, Frame frame, PlannedStatement statement) {
        this.context = context;
        this.frame = frame;
        this.statement = statement;
        for (int i = 0; i < statement.subplans().size(); i++) {
            dependencies.add(Optional.empty());
            frame.subPlans().add(SubPlan.NONE);
        }
    }

    CompileContext context() {
        return context;
    }

    Frame frame() {
        return frame;
    }

    /** The operators by plan node, for EXPLAIN. */
    Map<Plan, Operator> built() {
        return built;
    }

    @Override
    public void reads(int slot) {
        reads.add(slot);
    }

    void writes(int slot) {
        writes.add(slot);
    }

    @Override
    public void runs(int plan, List<Integer> slots) {
        requireSubPlan(plan).stream().filter(slot -> !slots.contains(slot)).forEach(reads::add);
    }

    @Override
    public int firstColumnType(int plan) {
        return statement.subplans().get(plan).columns().getFirst().type();
    }

    /** Builds a subplan if that has not been done; gives the slots it depends on. */
    Set<Integer> requireSubPlan(int plan) {
        if (dependencies.get(plan).isPresent()) {
            return dependencies.get(plan).get();
        }
        Set<Integer> outerReads = reads;
        Set<Integer> outerWrites = writes;
        reads = new HashSet<>();
        writes = new HashSet<>();
        Plan root = statement.subplans().get(plan);
        Operator operator = build(root);
        reads.removeAll(writes);
        Set<Integer> found = reads;
        reads = outerReads;
        writes = outerWrites;
        dependencies.set(plan, Optional.of(found));
        frame.subPlans().set(plan, new SubPlan(frame, operator, carriers(root.columns()), found.stream().mapToInt(Integer::intValue).toArray()));
        return found;
    }

    List<Carrier> carriers(List<PlanColumn> columns) {
        return columns.stream().map(column -> context.carrier(column.type())).toList();
    }

    ExprCompiler compiler(ExprCompiler.InputColumns inputs) {
        return new ExprCompiler(context, frame, inputs, this);
    }

    /** For the expressions of nodes with one input. */
    ExprCompiler compiler() {
        return compiler(ExprCompiler.InputColumns.SINGLE);
    }

    /** For the expressions of joins: the left columns, then the right. */
    ExprCompiler joinCompiler(Plan left) {
        int leftColumns = left.columns().size();
        return compiler((input, column) -> input == 0 ? column : leftColumns + column);
    }

    Optional<Kernel> compile(Optional<Expr> expr) {
        return expr.map(compiler()::compile);
    }

    Relation relation(int oid) {
        return context.catalog().relation(oid).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_TABLE,
                "relation with OID " + Integer.toUnsignedString(oid) + " does not exist"));
    }

    Ordered[] orders(List<PlanColumn> columns, List<Integer> wanted) {
        return wanted.stream().map(column -> context.ordered(columns.get(column).type())).toArray(Ordered[]::new);
    }

    static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    Operator build(Plan plan) {
        Operator operator = dispatch(plan);
        built.put(plan, operator);
        return operator;
    }

    private Operator dispatch(Plan plan) {
        return switch (plan) {
            case Plan.SeqScan p -> new SeqScanOperator(frame, relation(p.relation()), p.attributes(), compile(p.filter()));
            case Plan.ValuesScan p -> new SimpleOperators.Values(p.rows().stream().map(compiler()::compile).toList(), carriers(p.columns()),
                    compile(p.filter()));
            case Plan.Result p -> new SimpleOperators.Result(compiler().compile(p.expressions()), compile(p.oneTimeFilter()));
            case Plan.Project p -> new SimpleOperators.Project(build(p.child()), compiler().compile(p.expressions()));
            case Plan.Filter p -> new SimpleOperators.Filter(build(p.child()), compiler().compile(p.condition()), frame);
            case Plan.Gate p -> new SimpleOperators.Gate(build(p.child()), compiler().compile(p.condition()));
            case Plan.Sort p -> new SortOperator(build(p.child()), frame, carriers(p.columns()), new RowOrder(context, p.columns(), p.keys()), p.bound());
            case Plan.Limit p -> new LimitOperator(build(p.child()), compile(p.count()), compile(p.offset()), ints(p.ties()),
                    orders(p.columns(), p.ties()));
            case Plan.Append p when !p.pruning().isEmpty() -> new PrunedAppendOperator(p, this);
            case Plan.Append p -> new SimpleOperators.Append(p.children().stream().map(this::build).toList());
            case Plan.Modify p -> ModifyBuilder.build(p, this);
            case Plan.ForeignModify p -> ForeignModifyOperator.build(p, this);
            case Plan.IndexScan p -> ScanBuilder.index(p, this);
            case Plan.TidScan p -> ScanBuilder.tid(p, this);
            case Plan.BitmapScan p -> ScanBuilder.bitmap(p, this);
            case Plan.ForeignScan p -> p.feed().map(feed -> JoinBuilder.fed(p, feed, this)).orElseGet(() -> new ForeignScanOperator(p, this));
            case Plan.FunctionScan p -> ScanBuilder.function(p, this);
            case Plan.ProjectSet p -> ScanBuilder.projectSet(p, this);
            case Plan.LockRows p -> ModifyBuilder.lockRows(p, this);
            case Plan.WindowAggregate p -> WindowBuilder.build(p, this);
            case Plan.Aggregate p -> AggregateBuilder.build(p, this);
            case Plan.NestedLoop p -> JoinBuilder.nestedLoop(p, this);
            case Plan.HashJoin p -> JoinBuilder.hashJoin(p, this);
            case Plan.HashDistinct p -> new DistinctOperators.Hash(build(p.child()), frame, ints(p.keys()), JoinBuilder.keys(this, p.columns(), p.keys()),
                    carriers(p.columns()));
            case Plan.Unique p -> new DistinctOperators.Sorted(build(p.child()), ints(p.keys()), orders(p.columns(), p.keys()),
                    p.keys().stream().map(key -> Vector.of(context.carrier(p.columns().get(key).type()), 1)).toArray(Vector[]::new));
            case Plan.SetOperation p -> new SetOperationOperator(p.kind(), p.all(), build(p.left()), build(p.right()), frame,
                    JoinBuilder.keys(this, p.columns(), allOf(p.columns())), carriers(p.columns()));
            case Plan.CteScan p -> cteScan(p);
            case Plan.WorkTableScan p -> workTableScan(p);
            case Plan.TransitionScan p -> StoredOperators.transitionScan(frame, p.store(), p.columns().size());
            case Plan.Materialize p -> materialize(p);
            case Plan.RecursiveUnion p -> recursiveUnion(p);
            default -> throw SqlError.notSupported("plan node " + plan.getClass().getSimpleName() + " is not implemented yet");
        };
    }

    private static List<Integer> allOf(List<PlanColumn> columns) {
        return java.util.stream.IntStream.range(0, columns.size()).boxed().toList();
    }

    private Operator cteScan(Plan.CteScan p) {
        reads.addAll(requireSubPlan(p.plan()));
        return StoredOperators.cteScan(frame, p.plan(), p.columns().size(), compile(p.filter()));
    }

    private Operator workTableScan(Plan.WorkTableScan p) {
        reads.add(frame.workTableSlot(p.workTable()));
        return StoredOperators.workTableScan(frame, p.workTable(), p.columns().size(), compile(p.filter()));
    }

    private Operator materialize(Plan.Materialize p) {
        Set<Integer> outerReads = reads;
        Set<Integer> outerWrites = writes;
        reads = new HashSet<>();
        writes = new HashSet<>();
        Operator child = build(p.child());
        Set<Integer> found = reads;
        found.removeAll(writes);
        reads = outerReads;
        writes = outerWrites;
        reads.addAll(found);
        SubPlan kept = new SubPlan(frame, child, carriers(p.columns()), found.stream().mapToInt(Integer::intValue).toArray());
        frame.subPlans().add(kept);
        return StoredOperators.materialize(kept, p.columns().size());
    }

    private Operator recursiveUnion(Plan.RecursiveUnion p) {
        writes.add(frame.workTableSlot(p.workTable()));
        Optional<KeyTable> seen = p.distinct() ? Optional.of(JoinBuilder.keys(this, p.columns(), allOf(p.columns()))) : Optional.empty();
        return new StoredOperators.RecursiveUnion(build(p.left()), build(p.right()), frame, p.workTable(), seen, carriers(p.columns()));
    }
}
