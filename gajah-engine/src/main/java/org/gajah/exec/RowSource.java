package org.gajah.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.catalog.ProcRow;
import org.gajah.func.CallContext;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** The rows that one call in FROM, or one set-returning call in a SELECT list, gives for a row of arguments. */
interface RowSource {
    /** Evaluates the arguments for the rows of a batch. */
    void evaluate(Batch in, Selection rows);

    /** The rows for one of them; ends those given before. */
    Iterator<Object[]> rows(int row);

    /** Gives back what the rows given last hold. */
    void close();

    static RowSource of(Expr call, int columnCount, ExprCompiler compiler, OperatorBuilder builder) {
        return of(call, columnCount, List.of(), compiler, builder);
    }

    /** {@code columns}: those that the query gives a call of type record. */
    static RowSource of(Expr call, int columnCount, List<CallContext.Column> columns, ExprCompiler compiler, OperatorBuilder builder) {
        return switch (call) {
            case Expr.FunctionCall c when c.returnsSet() || !columns.isEmpty() ->
                new SetCall(c.function(), c.type(), c.inputCollation(), c.args(), columnCount, columns, compiler, builder);
            case Expr.OperatorCall c when c.returnsSet() ->
                new SetCall(c.function(), c.type(), c.inputCollation(), c.args(), columnCount, List.of(), compiler, builder);
            default -> new SingleRow(compiler.compile(call), columnCount);
        };
    }

    /** As {@link #of}, but rows of several columns come as one row value. */
    static RowSource record(Expr call, ExprCompiler compiler, OperatorBuilder builder) {
        RowSource source = of(call, 1, compiler, builder);
        int function = call instanceof Expr.FunctionCall c ? c.function() : 0;
        RowTypes.Fields fields = RowTypes.results(builder.context(), function);
        int type = call.type();
        return new RowSource() {
            @Override
            public void evaluate(Batch in, Selection rows) {
                source.evaluate(in, rows);
            }

            @Override
            public void close() {
                source.close();
            }

            @Override
            public Iterator<Object[]> rows(int row) {
                Iterator<Object[]> all = source.rows(row);
                if (fields.types().size() < 2) {
                    return all;
                }
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public Object[] next() {
                        Object[] values = all.next();
                        boolean whole = values.length == 1 && values[0] instanceof RecordValue;
                        return whole ? values : new Object[] {new RecordValue(type, fields.types(), fields.names(), values)};
                    }
                };
            }
        };
    }

    /** A call that gives one value: one row. A row value is spread over the columns. */
    final class SingleRow implements RowSource {
        private final Kernel kernel;
        private final int columnCount;
        private Vector values;

        SingleRow(Kernel kernel, int columnCount) {
            this.kernel = kernel;
            this.columnCount = columnCount;
        }

        @Override
        public void evaluate(Batch in, Selection rows) {
            values = kernel.eval(in, rows);
        }

        @Override
        public Iterator<Object[]> rows(int row) {
            return List.<Object[]>of(spread(values.get(row), columnCount)).iterator();
        }

        @Override
        public void close() {
            // a single value holds nothing
        }
    }

    /** A value as the columns of a row. */
    static Object[] spread(Object value, int columnCount) {
        if (value instanceof Object[] row) {
            return row;
        }
        if (value instanceof RecordValue record && (columnCount > 1 || record.fields().length == 1 && columnCount == 1 && record.typeOid() != 2249)) {
            return record.fields();
        }
        return columnCount <= 1 ? new Object[] {value} : new Object[columnCount];
    }

    /** A set-returning call. */
    final class SetCall implements RowSource {
        private final Kernel[] args;
        private final Vector[] values;
        private final BoundFunction function;
        private final int columnCount;
        private final boolean described;
        private Optional<RowIterator> given = Optional.empty();

        SetCall(int function, int type, int collation, List<Expr> args, int columnCount, List<CallContext.Column> columns,
                ExprCompiler compiler, OperatorBuilder builder) {
            ProcRow proc = builder.context().proc(function);
            this.args = compiler.compile(args);
            this.values = new Vector[this.args.length];
            this.function = BoundFunction.of(builder.context(), proc,
                    new CallContexts.CallSite(args.stream().map(Expr::type).toList(), type, collation, columns), builder.frame());
            this.columnCount = columnCount;
            this.described = !columns.isEmpty();
        }

        @Override
        public void evaluate(Batch in, Selection rows) {
            for (int i = 0; i < args.length; i++) {
                values[i] = args[i].eval(in, rows);
            }
        }

        @Override
        public Iterator<Object[]> rows(int row) {
            List<Object> boxed = new ArrayList<>();
            for (Vector value : values) {
                boxed.add(value.get(row));
            }
            close();
            Object result = function.call(boxed.toArray());
            given = result instanceof RowIterator rows ? Optional.of(rows) : Optional.empty();
            if (!(result instanceof Iterator<?> iterator)) {
                return result == null ? List.<Object[]>of().iterator() : List.<Object[]>of(spread(result)).iterator();
            }
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return iterator.hasNext();
                }

                @Override
                public Object[] next() {
                    return spread(iterator.next());
                }
            };
        }

        @Override
        public void close() {
            given.ifPresent(RowIterator::close);
            given = Optional.empty();
        }

        private Object[] spread(Object value) {
            return described && value instanceof RecordValue record ? record.fields() : RowSource.spread(value, columnCount);
        }
    }
}
