package org.gajah.tests.example;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.api.foreign.Judgement;
import org.gajah.api.foreign.OptionNames;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.api.foreign.RowTarget;
import org.gajah.api.foreign.UserMapping;

/** A foreign-data wrapper whose tables hold the Java system properties: a column {@code name}, others their value. */
public final class PropertiesWrapper implements ForeignWrapper {
    /** What is asked for: properties that begin so, or the one of this name, and the columns wanted. */
    private record Asked(String prefix, Optional<String> name, List<String> columns) implements RemoteStatement {
        @Override
        public String text() {
            return columns + " of " + name.orElse(prefix + "*");
        }
    }

    @Override
    public String name() {
        return "properties_fdw";
    }

    @Override
    public void validate(OptionTarget target, Map<String, String> options) {
        new OptionNames(Map.of(OptionTarget.TABLE, List.of("prefix"))).requireListing(target, options.keySet());
    }

    @Override
    public ForeignPlanner planner(ForeignServer server) {
        return new Planner();
    }

    private static final class Planner implements ForeignPlanner {
        private static Optional<String> named(ForeignExpr condition) {
            return condition instanceof ForeignExpr.Operator o && o.name().equals("=") && o.arguments().get(0) instanceof ForeignExpr.Column c
                    && c.column().name().equals("name") && o.arguments().get(1) instanceof ForeignExpr.Constant wanted ? wanted.text() : Optional.empty();
        }

        @Override
        public Judgement judge(ForeignExpr condition) {
            return named(condition).isPresent() ? new Judgement.Exact() : new Judgement.Local("only name = 'constant' goes there");
        }

        @Override
        public boolean computes(ForeignExpr value) {
            return value instanceof ForeignExpr.Column;
        }

        @Override
        public boolean sorts(ForeignQuery.SortKey key) {
            return false;
        }

        @Override
        public RemoteStatement query(ForeignQuery query) {
            if (!(query.from() instanceof ForeignQuery.From.Table from)) {
                throw new IllegalStateException("joins were not offered");
            }
            List<String> columns = query.output().stream().map(o -> ((ForeignExpr.Column) o).column()).map(ForeignColumn::name).toList();
            return new Asked(from.table().options().getOrDefault("prefix", ""), query.where().stream().map(Planner::named).flatMap(Optional::stream).findFirst(), columns);
        }
    }

    @Override
    public ForeignSession open(ForeignServer server, Optional<UserMapping> mapping) {
        return new Session();
    }

    /** There are no transactions: nothing changes. */
    private static final class Session implements ForeignSession {
        @Override
        public ForeignRows query(RemoteStatement query, List<Optional<String>> parameters) {
            Asked asked = (Asked) query;
            Iterator<String> names = System.getProperties().stringPropertyNames().stream()
                    .filter(n -> n.startsWith(asked.prefix) && asked.name.map(n::equals).orElse(true)).iterator();
            return new ForeignRows() {
                @Override
                public int fetch(RowTarget target, int most) {
                    int count = 0;
                    for (; count < most && names.hasNext(); count++) {
                        String name = names.next();
                        for (int i = 0; i < asked.columns.size(); i++) {
                            target.setText(i, asked.columns.get(i).equals("name") ? name : System.getProperty(name));
                        }
                        target.endRow();
                    }
                    return count;
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }

        @Override
        public ForeignWriter write(RemoteStatement change) {
            throw SqlError.notSupported("system properties cannot be changed");
        }

        @Override
        public long change(RemoteStatement change, List<Optional<String>> parameters) {
            throw SqlError.notSupported("system properties cannot be changed");
        }

        @Override
        public void begin(Isolation isolation, int depth) { }

        @Override
        public void release(int depth) { }

        @Override
        public void rollbackTo(int depth) { }

        @Override
        public void commit() { }

        @Override
        public void rollback() { }

        @Override
        public void cancel() { }

        @Override
        public void close() { }
    }
}
