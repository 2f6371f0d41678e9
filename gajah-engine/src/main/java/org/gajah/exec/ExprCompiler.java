package org.gajah.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.base.StackGuard;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.type.Ordered;
import org.gajah.vector.Carrier;

/** Makes kernels of expressions. One for each operator: it knows where the operator's input columns stand in its batches. */
final class ExprCompiler {
    private static final int HASHED_ARRAY_ELEMENTS = 9;

    private final CompileContext context;
    private final Frame frame;
    private final InputColumns inputs;
    private final SlotUse slotUse;
    private final StackGuard stack = new StackGuard();
    private Optional<ValueKernels.Held> caseTest = Optional.empty();
    private Optional<ValueKernels.Held> domainValue = Optional.empty();
    private Map<Integer, ValueKernels.Held> subLinkColumns = new HashMap<>();

    /** Where the columns of an operator's inputs stand in the batches that its expressions are evaluated over. */
    @FunctionalInterface
    interface InputColumns {
        /** The batch's column for a column of an input. */
        int at(int input, int column);

        /** One input, whose columns are the batch's. */
        InputColumns SINGLE = (input, column) -> column;
    }

    /** What the compiler tells of the slots and subplans that expressions use. */
    interface SlotUse {
        /** An expression reads the slot. */
        void reads(int slot);

        /** An expression runs a subplan after setting these slots. */
        void runs(int plan, List<Integer> slots);

        /** The type of a subplan's first column. */
        int firstColumnType(int plan);

        /** For expressions without subplans, whose slots nobody needs to know. */
        SlotUse NONE = new SlotUse() {
            @Override
            public void reads(int slot) {
                // nothing depends on it
            }

            @Override
            public void runs(int plan, List<Integer> slots) {
                throw new IllegalStateException("a subplan does not belong here");
            }

            @Override
            public int firstColumnType(int plan) {
                throw new IllegalStateException("a subplan does not belong here");
            }
        };
    }

    ExprCompiler(CompileContext context, Frame frame, InputColumns inputs, SlotUse slotUse) {
        this.context = context;
        this.frame = frame;
        this.inputs = inputs;
        this.slotUse = slotUse;
    }

    /** A kernel that gives the expression's values. */
    Kernel compile(Expr expr) {
        stack.enter();
        Kernel kernel = dispatch(expr);
        stack.leave();
        return kernel;
    }

    Kernel[] compile(List<Expr> exprs) {
        return exprs.stream().map(this::compile).toArray(Kernel[]::new);
    }

    private Kernel dispatch(Expr expr) {
        return switch (expr) {
            case Expr.Const e -> new ValueKernels.Constant(context.carrier(e.type()), e.value());
            case Expr.Param e -> new ValueKernels.Parameter(context.carrier(e.type()), frame, e.number());
            case Expr.InputColumn e -> new ValueKernels.Column(context.carrier(e.type()), inputs.at(e.input(), e.column()));
            case Expr.Var e -> new ValueKernels.Column(context.carrier(e.type()), inputs.at(0, e.attribute() > 0 ? e.attribute() - 1 : e.attribute()));
            case Expr.ExecParam e -> slot(e);
            case Expr.FunctionCall e -> call(e.function(), e.type(), e.inputCollation(), e.args(), e.variadic(), e.returnsSet());
            case Expr.OperatorCall e -> call(e.function(), e.type(), e.inputCollation(), e.args(), false, e.returnsSet());
            case Expr.BoolExpr e -> bool(e);
            case Expr.DistinctFrom e -> new ConditionalKernels.DistinctFrom(compile(e.args().get(0)), compile(e.args().get(1)),
                    equality(e.function(), e.inputCollation(), e.args()));
            case Expr.NullIf e -> new ConditionalKernels.NullIf(compile(e.args().get(0)), compile(e.args().get(1)),
                    equality(e.function(), e.inputCollation(), e.args()));
            case Expr.ArrayComparison e -> arrayComparison(e);
            case Expr.Case e -> caseKernel(e);
            case Expr.Coalesce e -> new ConditionalKernels.Coalesce(context.carrier(e.type()), compile(e.args()));
            case Expr.MinMax e -> new ConditionalKernels.MinMax(context.carrier(e.type()), e.greatest(), compile(e.args()), context.ordered(e.type()));
            case Expr.NullTest e -> new LogicKernels.NullTest(compile(e.arg()), e.isNull(), e.rowArg());
            case Expr.BooleanTest e -> new LogicKernels.BooleanTest(compile(e.arg()), e.kind());
            case Expr.Relabel e -> compile(e.arg());
            case Expr.Collate e -> compile(e.arg());
            case Expr.CoerceViaIo e -> new CastKernels.ViaText(compile(e.arg()), context.catalog().codec(e.arg().type()),
                    context.catalog().codec(e.type()), frame);
            default -> dispatchRare(expr);
        };
    }

    private Kernel dispatchRare(Expr expr) {
        return switch (expr) {
            case Expr.CaseTest e -> caseTest.orElseThrow(() -> misplaced(e));
            case Expr.DomainValue e -> domainValue.orElseThrow(() -> misplaced(e));
            case Expr.SubLinkColumn e -> subLinkColumns.computeIfAbsent(e.column(), n -> new ValueKernels.Held(context.carrier(e.type())));
            case Expr.ArrayLiteral e -> arrayLiteral(e);
            case Expr.Subscript e -> SubscriptCompiler.compile(e, this, context);
            case Expr.ArrayCoerce e -> arrayCoerce(e);
            case Expr.RowLiteral e -> new ValueKernels.ByRow(Carrier.OBJECT, compile(e.args()),
                    RowKernels.literal(e.type(), fieldTypes(e), fieldNames(e)));
            case Expr.FieldSelect e -> new ValueKernels.ByRow(context.carrier(e.type()), new Kernel[] {compile(e.arg())}, RowKernels.field(e.field()));
            case Expr.FieldStore e -> fieldStore(e);
            case Expr.RowComparison e -> rowComparison(e);
            case Expr.SqlValueFunction e -> sqlValue(e);
            case Expr.CoerceToDomain e -> domain(e);
            case Expr.NextValue e -> new ValueKernels.ByRow(context.carrier(e.type()), new Kernel[0], values -> nextValue(e));
            case Expr.SubPlanCall e -> subPlan(e);
            case Expr.ConvertRowtype e -> convertRow(e);
            case Expr.CurrentOf e -> throw SqlError.notSupported("WHERE CURRENT OF is not supported for this table type");
            default -> throw misplaced(expr);
        };
    }

    /** Columns of different types are compared by their operator family's function, whose answer is then compared with zero. */
    private Kernel rowComparison(Expr.RowComparison e) {
        int count = e.left().size();
        Kernel[] left = new Kernel[count];
        Kernel[] right = new Kernel[count];
        Ordered[] orders = new Ordered[count];
        for (int i = 0; i < count; i++) {
            Expr a = e.left().get(i);
            Expr b = e.right().get(i);
            int function = a.type() == b.type() ? 0 : comparer(e.operators().get(i));
            left[i] = function == 0 ? compile(a) : call(function, Oids.INT4, e.inputCollations().get(i), List.of(a, b), false, false);
            right[i] = compile(function == 0 ? b : new Expr.Const(Oids.INT4, -1, 0, 0, 0));
            orders[i] = context.ordered(function == 0 ? a.type() : Oids.INT4);
        }
        return new RowKernels.Comparison(e.strategy(), left, right, orders);
    }

    /** The function that compares the operator's two types if they differ, or 0. */
    private int comparer(int operator) {
        for (Catalog.FamilyMember m : context.catalog().operatorFamilies(operator)) {
            if (m.method() == BTREE && m.leftType() != m.rightType()) {
                return context.catalog().familyFunction(m.family(), m.leftType(), m.rightType(), 1);
            }
        }
        return 0;
    }

    private static RuntimeException misplaced(Expr expr) {
        return new IllegalStateException(expr.getClass().getSimpleName() + " does not belong into a plan here");
    }

    private Object nextValue(Expr.NextValue e) {
        long value = frame.context().session().nextValue(e.sequence());
        return switch (context.carrier(e.type())) {
            case INT -> (Object) Math.toIntExact(value);
            case LONG -> value;
            case BOOL, DOUBLE, BYTES, OBJECT -> throw misplaced(e);
        };
    }

    /** A call of a function by oid. */
    private Kernel call(int function, int type, int collation, List<Expr> args, boolean variadic, boolean returnsSet) {
        if (returnsSet) {
            throw SqlError.notSupported("set-valued function called in context that cannot accept a set");
        }
        Carrier carrier = context.carrier(type);
        ProcRow proc = context.proc(function);
        if (variadic && proc.variadic() == ANY) {
            return expandedCall(proc, type, collation, args);
        }
        List<Integer> argumentTypes = args.stream().map(Expr::type).toList();
        if (context.isRoutine(proc, argumentTypes, type)) {
            if (proc.volatility() == 'v') {
                frame.watchChanges();
            }
            return new RoutineKernel(carrier, compile(args), new RoutineCall(proc, new CallContexts.CallSite(argumentTypes, type, collation), frame),
                    frame);
        }
        if (context.functions().find(proc, argumentTypes.stream().map(context::carrier).toList(), carrier).isEmpty()) {
            return new MissingCall(carrier, proc, compile(args));
        }
        return new CallKernel(carrier, invocation(proc, type, collation, argumentTypes), compile(args));
    }

    private static final int ANY = 2276;

    /** A call of a VARIADIC "any" function whose last argument is an array of the real arguments. */
    private Kernel expandedCall(ProcRow proc, int type, int collation, List<Expr> args) {
        return new VariadicCall(context.carrier(type), compile(args),
                BoundFunction.of(context, proc, args.stream().map(Expr::type).toList(), type, collation, frame));
    }

    /** What calls a function with arguments of these types. */
    CallKernel.Invocation invocation(ProcRow proc, int type, int collation, List<Integer> argumentTypes) {
        if (context.isRoutine(proc, argumentTypes, type)) {
            CallContexts.CallSite site = new CallContexts.CallSite(argumentTypes, type, collation);
            return new CallKernel.Invocation(new RoutineLoop(new RoutineCall(proc, site, frame), frame), false, frame, site);
        }
        List<Carrier> carriers = argumentTypes.stream().map(context::carrier).toList();
        FunctionMethod method = context.method(proc, carriers, context.carrier(type));
        return new CallKernel.Invocation(LoopSpinner.loop(method, proc.strict()), method.hasContext(), frame,
                new CallContexts.CallSite(argumentTypes, type, collation));
    }

    private CallKernel.Invocation equality(int function, int collation, List<Expr> args) {
        return invocation(context.proc(function), 16, collation, args.stream().map(Expr::type).toList());
    }

    private Kernel slot(Expr.ExecParam e) {
        slotUse.reads(e.slot());
        return new ValueKernels.Slot(context.carrier(e.type()), frame, e.slot());
    }

    private Kernel bool(Expr.BoolExpr e) {
        return switch (e.op()) {
            case AND -> new LogicKernels.Junction(compile(e.args()), false);
            case OR -> new LogicKernels.Junction(compile(e.args()), true);
            case NOT -> new LogicKernels.Not(compile(e.args().getFirst()));
        };
    }

    private Kernel caseKernel(Expr.Case e) {
        Optional<Kernel> subject = e.arg().map(this::compile);
        Optional<ValueKernels.Held> outer = caseTest;
        ValueKernels.Held held = new ValueKernels.Held(subject.map(Kernel::carrier).orElse(Carrier.BOOL));
        if (subject.isPresent()) {
            caseTest = Optional.of(held);
        }
        Kernel[] conditions = e.whens().stream().map(when -> compile(when.condition())).toArray(Kernel[]::new);
        caseTest = outer;
        List<Expr> results = new ArrayList<>(e.whens().stream().map(Expr.When::result).toList());
        results.add(e.otherwise());
        return new ConditionalKernels.Case(context.carrier(e.type()), subject, held, conditions, compile(results));
    }

    private Kernel arrayComparison(Expr.ArrayComparison e) {
        int elementType = context.catalog().type(e.array().type()).map(TypeRow::element).orElse(0);
        int scalarType = e.scalar().type();
        CallKernel.Invocation comparison =
                invocation(context.proc(e.function()), 16, e.inputCollation(), List.of(scalarType, elementType));
        Kernel scalar = compile(e.scalar());
        if (e.array() instanceof Expr.Const c && c.value() instanceof ArrayValue array) {
            boolean equality = context.catalog().operatorFamilies(e.operator()).stream()
                    .anyMatch(member -> member.strategy() == 3 && member.method() == BTREE);
            if (e.any() && equality && array.count() >= HASHED_ARRAY_ELEMENTS && scalar.carrier() == array.elements().carrier()) {
                return new ArrayComparisonKernels.Hashed(scalar, context.ordered(scalarType), array);
            }
            Kernel[] elements = new Kernel[array.count()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = new ValueKernels.Constant(array.elements().carrier(), array.elements().get(i));
            }
            return new ArrayComparisonKernels.Constant(scalar, elements, comparison, e.any());
        }
        return new ArrayComparisonKernels.General(scalar, compile(e.array()), context.carrier(elementType), comparison, e.any());
    }

    private static final int BTREE = 403;
    private static final int INT8 = 20;

    private Kernel arrayLiteral(Expr.ArrayLiteral e) {
        Carrier elementCarrier = context.carrier(e.elementType());
        Kernel[] elements = compile(e.elements());
        return e.nested()
                ? new ValueKernels.ByRow(Carrier.OBJECT, elements, values -> ArrayKernels.nest(e.elementType(), elementCarrier, values))
                : new ArrayKernels.Literal(e.elementType(), elementCarrier, elements);
    }

    private Kernel arrayCoerce(Expr.ArrayCoerce e) {
        Kernel arg = compile(e.arg());
        int fromElement = context.catalog().type(e.arg().type()).map(TypeRow::element).orElse(0);
        int toElement = context.catalog().type(e.type()).map(TypeRow::element).orElse(0);
        Optional<ValueKernels.Held> outer = caseTest;
        ValueKernels.Held held = new ValueKernels.Held(context.carrier(fromElement));
        caseTest = Optional.of(held);
        Kernel element = compile(e.element());
        caseTest = outer;
        return new ArrayKernels.Coerce(arg, element, held, toElement);
    }

    /** A composite type knows which of its fields are dropped. */
    private List<Integer> fieldTypes(Expr.RowLiteral e) {
        List<Integer> own = e.args().stream().map(Expr::type).toList();
        boolean composite = context.catalog().type(e.type()).map(t -> t.kind() == 'c').orElse(false);
        List<Integer> declared = composite ? RowTypes.fields(context.catalog(), e.type()).types() : own;
        return declared.size() == own.size() ? declared : own;
    }

    private List<String> fieldNames(Expr.RowLiteral e) {
        if (e.names().size() == e.args().size()) {
            return e.names();
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= e.args().size(); i++) {
            names.add("f" + i);
        }
        return names;
    }

    private Kernel fieldStore(Expr.FieldStore e) {
        List<Expr> args = new ArrayList<>();
        args.add(e.arg());
        args.addAll(e.values());
        RowTypes.Fields fields = RowTypes.fields(context.catalog(), e.type());
        return new ValueKernels.ByRow(Carrier.OBJECT, compile(args), RowKernels.store(e.type(), fields.types(), fields.names(), e.fields()));
    }

    private Kernel convertRow(Expr.ConvertRowtype e) {
        RowTypes.Fields to = RowTypes.fields(context.catalog(), e.type());
        return new ValueKernels.ByRow(Carrier.OBJECT, new Kernel[] {compile(e.arg())}, RowTypes.conversion(e.type(), to));
    }

    private Kernel sqlValue(Expr.SqlValueFunction e) {
        return new ValueKernels.Broadcast(context.carrier(e.type())) {
            @Override
            Object value() {
                return SessionKernels.value(e.kind(), e.typmod(), frame.context());
            }

            @Override
            long version() {
                return frame.run();
            }
        };
    }

    /** A cast to a domain whose operand, a {@link Expr.DomainValue}, the caller holds. */
    Kernel domainTest(Expr.CoerceToDomain e, ValueKernels.Held value) {
        domainValue = Optional.of(value);
        return domain(e);
    }

    private Kernel domain(Expr.CoerceToDomain e) {
        Kernel arg = compile(e.arg());
        TypeRow type = context.catalog().type(e.type()).orElseThrow();
        String schema = context.catalog().schema(type.namespace()).map(SchemaRow::name).orElse("");
        boolean notNull = type.notNull();
        for (TypeRow base = type; base.kind() == 'd'; base = context.catalog().type(base.base()).orElseThrow()) {
            notNull |= base.notNull();
        }
        ValueKernels.Held held = new ValueKernels.Held(arg.carrier());
        Optional<ValueKernels.Held> outer = domainValue;
        domainValue = Optional.of(held);
        List<CastKernels.DomainCheck> checks = context.catalog().domainChecks(e.type()).stream()
                .map(check -> new CastKernels.DomainCheck(check.name(), compile(context.reader().read(check.expression())))).toList();
        domainValue = outer;
        return new CastKernels.Domain(arg, new CastKernels.DomainName(schema, type.name()), notNull, checks, held);
    }

    private Kernel subPlan(Expr.SubPlanCall e) {
        slotUse.runs(e.plan(), e.slots());
        if (e.hashed() && e.left().size() == 1 && e.slots().isEmpty()) {
            int subType = slotUse.firstColumnType(e.plan());
            Kernel left = compile(e.left().getFirst());
            boolean widen = context.carrier(subType) != left.carrier();
            Kernel key = widen && left.carrier() == Carrier.INT ? new CastKernels.Widen(left) : left;
            return new HashedAnyKernel(key, context.ordered(widen ? INT8 : subType), frame, e.plan());
        }
        Map<Integer, ValueKernels.Held> outer = subLinkColumns;
        subLinkColumns = new HashMap<>();
        Optional<Kernel> test = e.test().map(this::compile);
        ValueKernels.Held[] columns = new ValueKernels.Held[subLinkColumns.keySet().stream().max(Integer::compare).orElse(0)];
        for (int i = 0; i < columns.length; i++) {
            ValueKernels.Held held = subLinkColumns.get(i + 1);
            columns[i] = held == null ? new ValueKernels.Held(Carrier.OBJECT) : held;
        }
        subLinkColumns = outer;
        int elementType = context.catalog().type(e.type()).map(TypeRow::element).orElse(0);
        SubPlanKernel.Result shape = new SubPlanKernel.Result(e.type(), elementType, List.of());
        return new SubPlanKernel(context.carrier(e.type()), e.kind(), frame, e.plan(), e.slots().stream().mapToInt(Integer::intValue).toArray(),
                compile(e.values()), test, columns, shape);
    }
}
