package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.StackGuard;
import org.gajah.catalog.Catalog;

/** One statement's analysis: the parts that work on it, and what they gather on the side. */
final class Analysis {
    final AnalyzeContext context;
    final Catalog catalog;
    final Types types;
    final Pathways pathways;
    final Literals literals;
    final Coercer coercer;
    final CommonTypes common;
    final Polymorphism polymorphism;
    final FunctionLookup functions;
    final OperatorLookup operators;
    final OperatorCalls operatorCalls;
    final SortOperators sortOperators;
    final TypeNames typeNames;
    final Collations collations;
    final ColumnUse columnUse;
    final ColumnRefs columnRefs;
    final Expressions expressions;
    final FunctionCalls functionCalls;
    final RowShape rowShapes;
    final Aggregates aggregates;
    final Windows windows;
    final SortClauses sortClauses;
    final GroupBy groupBy;
    final Targets targets;
    final RangeItems rangeItems;
    final FromClause from;
    final Withs withs;
    final SetOperations setOperations;
    final Selects selects;
    final Assignments assignments;
    final Returnings returnings;
    final Inserts inserts;
    final Updates updates;
    final Merges merges;
    final Stored stored;
    final StackGuard guard = new StackGuard();
    final Permissions permissions = new Permissions();
    final List<SqlError> notices = new ArrayList<>();

    Analysis(AnalyzeContext context) {
        this.context = context;
        catalog = context.catalog();
        types = new Types(catalog, context.types());
        pathways = new Pathways(catalog, types);
        literals = new Literals(catalog, context.types());
        polymorphism = new Polymorphism(types);
        coercer = new Coercer(this);
        common = new CommonTypes(types, coercer);
        polymorphism.use(common);
        sortOperators = new SortOperators(catalog, types, pathways);
        functions = new FunctionLookup(this);
        operators = new OperatorLookup(this);
        operatorCalls = new OperatorCalls(this);
        typeNames = new TypeNames(this);
        collations = new Collations(this);
        columnUse = new ColumnUse(permissions);
        columnRefs = new ColumnRefs(this);
        functionCalls = new FunctionCalls(this);
        rowShapes = new RowShape(this);
        aggregates = new Aggregates(this);
        windows = new Windows(this);
        sortClauses = new SortClauses(this);
        groupBy = new GroupBy(this);
        targets = new Targets(this);
        rangeItems = new RangeItems(this);
        expressions = new Expressions(this);
        from = new FromClause(this);
        withs = new Withs(this);
        setOperations = new SetOperations(this);
        assignments = new Assignments(this);
        selects = new Selects(this);
        returnings = new Returnings(this);
        inserts = new Inserts(this);
        updates = new Updates(this);
        merges = new Merges(this);
        stored = new Stored(this);
    }

    static SqlError error(SqlState state, String message, int location) {
        return new SqlError(state, message).at(location);
    }

    /** Checks at the end that every parameter has found a type, and the same one wherever it stands. */
    void checkParameters(Query query) {
        if (context.parameters().isOpen()) {
            new ExprRewriter() {
                @Override
                public Expr rewrite(Expr e) {
                    if (e instanceof Expr.Param p && p.type() != context.parameters().typeOf(p.number(), p.location())) {
                        throw new SqlError(SqlState.AMBIGUOUS_PARAMETER, "could not determine data type of parameter $" + p.number())
                                .at(p.location());
                    }
                    return rewriteChildren(e);
                }
            }.rewrite(query);
        }
        int unresolved = context.parameters().unresolved();
        if (context.parameters().isOpen() && unresolved > 0) {
            throw new SqlError(SqlState.INDETERMINATE_DATATYPE, "could not determine data type of parameter $" + unresolved);
        }
    }
}
