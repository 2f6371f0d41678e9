package org.gajah.sqlroutine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.func.CallContext;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.RoutineDefinition;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.Oids;

/**
 * How the columns of a body's last statement become the function's result.
 *
 * @param row      whether the result is a row of {@code type}
 * @param whole    whether the statement's only column is that row already
 * @param types    of the row's fields; 0 for dropped ones
 * @param values   what each field is, in terms of the statement's columns as parameters
 * @param isPlain  whether every column is taken as it is
 */
record ResultShape(int type, boolean row, boolean whole, List<Integer> types, List<String> names, List<Expr> values, boolean isPlain) {

    /** The shape, or 42P13 if the statement's columns cannot be the function's result. */
    static ResultShape of(RoutineDefinition definition, List<ResultColumn> columns, CatalogView catalog, AnalyzeContext context) {
        return new Matching(definition, columns, catalog, context).shape();
    }

    static SqlError mismatch(RoutineDefinition definition, AnalyzeContext context, String detail) {
        return new SqlError(SqlState.INVALID_FUNCTION_DEFINITION, "return type mismatch in function declared to return "
                + RegNames.typeName(definition.proc().returnType(), -1, context)).detail(detail);
    }

    /** One comparison of columns with a declared result. */
    private static final class Matching {
        private final RoutineDefinition definition;
        private final List<ResultColumn> columns;
        private final CatalogView catalog;
        private final AnalyzeContext context;

        Matching(RoutineDefinition definition, List<ResultColumn> columns, CatalogView catalog, AnalyzeContext context) {
            this.definition = definition;
            this.columns = columns;
            this.catalog = catalog;
            this.context = context;
        }

        ResultShape shape() {
            int type = definition.resultType();
            List<CallContext.Column> fields = fields(type);
            if (type != Oids.RECORD && fields.isEmpty()) {
                return scalar(type);
            }
            if (columns.size() == 1 && columns.getFirst().type() == type && (type != Oids.RECORD || fields.size() != 1)) {
                return new ResultShape(type, true, true, List.of(), List.of(), List.of(), true);
            }
            if (fields.isEmpty()) {
                return new ResultShape(type, true, false, columns.stream().map(ResultColumn::type).toList(),
                        columns.stream().map(ResultColumn::name).toList(), List.of(), true);
            }
            return rowOf(type, fields);
        }

        /** Fields that are declared; of dropped columns with type 0. */
        private List<CallContext.Column> fields(int type) {
            if (type == Oids.RECORD) {
                return definition.outputs().isEmpty() ? definition.columns() : definition.outputs();
            }
            List<CallContext.Column> fields = new ArrayList<>();
            catalog.type(type).filter(t -> t.kind() == 'c').flatMap(t -> catalog.relation(t.relation())).map(Relation::columns)
                    .orElse(List.of()).forEach(c -> fields.add(new CallContext.Column(c.name(), c.dropped() ? 0 : c.type(), c.typmod())));
            return fields;
        }

        private ResultShape scalar(int type) {
            if (columns.size() != 1) {
                throw mismatch(definition, context, "Final statement must return exactly one column.");
            }
            ResultColumn column = columns.getFirst();
            Expr value = assigned(0, type, -1).orElseThrow(
                    () -> mismatch(definition, context, "Actual return type is " + name(column.type()) + "."));
            return new ResultShape(type, false, false, List.of(type), List.of(), List.of(value), value instanceof Expr.Param);
        }

        private ResultShape rowOf(int type, List<CallContext.Column> fields) {
            List<Expr> values = new ArrayList<>();
            int at = 0;
            boolean plain = true;
            for (CallContext.Column field : fields) {
                if (field.type() == 0) {
                    values.add(new Expr.Const(Oids.INT4, -1, 0, null, 0));
                    plain = false;
                    continue;
                }
                if (at == columns.size()) {
                    throw mismatch(definition, context, "Final statement returns too few columns.");
                }
                int column = at++;
                Expr value = assigned(column, field.type(), field.typmod()).orElseThrow(() -> mismatch(definition, context,
                        "Final statement returns " + name(columns.get(column).type()) + " instead of " + name(field.type()) + " at column "
                                + (column + 1) + "."));
                plain &= value instanceof Expr.Param;
                values.add(value);
            }
            if (at < columns.size()) {
                throw mismatch(definition, context, "Final statement returns too many columns.");
            }
            return new ResultShape(type, true, false, fields.stream().map(CallContext.Column::type).toList(),
                    fields.stream().map(CallContext.Column::name).toList(), values, plain);
        }

        private Optional<Expr> assigned(int column, int type, int typmod) {
            ResultColumn c = columns.get(column);
            Expr value = new Expr.Param(column + 1, c.type(), c.typmod(), c.collation(), 0);
            return Definitions.assigned(value, type, typmod, context);
        }

        private String name(int type) {
            return RegNames.typeName(type, -1, context);
        }
    }
}
