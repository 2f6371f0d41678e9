package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Names;
import org.gajah.analyze.NodeText;
import org.gajah.analyze.Volatility;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Partitioning.PartitionElem;
import org.gajah.ast.Partitioning.PartitionSpec;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** PARTITION BY: what a table is partitioned by, as a row of pg_partitioned_table. */
final class PartitionKeys {
    private static final int MAX_KEYS = 32;
    private static final int HASH = 405;

    private final CommandContext context;

    PartitionKeys(CommandContext context) {
        this.context = context;
    }

    private record Key(int column, Optional<Expr> expression, int operatorClass, int collation) {
    }

    void write(Relation table, PartitionSpec spec) {
        char strategy = spec.strategy().charAt(0);
        if (spec.keys().size() > MAX_KEYS) {
            throw new SqlError(SqlState.TOO_MANY_COLUMNS, "cannot partition using more than " + MAX_KEYS + " columns");
        }
        if (strategy == PartitionKey.LIST && spec.keys().size() != 1) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot use \"list\" partition strategy with more than one column");
        }
        List<Key> keys = spec.keys().stream().map(e -> key(table, e, strategy)).toList();
        List<String> expressions = keys.stream().flatMap(k -> k.expression.stream())
                .map(e -> NodeText.write(e, context.catalog(), context.analysis().types())).toList();
        context.writer().insert("pg_partitioned_table", new CatalogValues("pg_partitioned_table").set("partrelid", table.oid())
                .set("partstrat", strategy).set("partnatts", keys.size()).set("partdefid", 0)
                .set("partattrs", CatalogValues.vector(Oids.INT2, keys.stream().map(Key::column).toList()))
                .set("partclass", CatalogValues.vector(Oids.OID, keys.stream().map(Key::operatorClass).toList()))
                .set("partcollation", CatalogValues.vector(Oids.OID, keys.stream().map(Key::collation).toList()))
                .set("partexprs", expressions.isEmpty() ? null : String.join("\n", expressions)).row());
        Dependencies dependencies = new Dependencies(context);
        Dependencies.Ref self = Dependencies.Ref.relation(table.oid());
        for (Key k : keys) {
            if (k.column > 0) {
                dependencies.internal(Dependencies.Ref.column(table.oid(), k.column), self);
            }
        }
        context.changed();
    }

    private Key key(Relation table, PartitionElem e, char strategy) {
        Optional<String> name = e.name();
        if (name.isPresent()) {
            if (List.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid").contains(name.get())) {
                throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot use system column \"" + name.get() + "\" in partition key").at(e.location());
            }
            Relation.Column c = table.column(name.get()).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                    "column \"" + name.get() + "\" named in partition key does not exist").at(e.location()));
            requirePlain(c, e);
            return new Key(c.number(), Optional.empty(), operatorClass(e, c.type(), strategy), collation(e, c.collation()));
        }
        Expr expr = Definitions.partitionExpression(e.expression().orElseThrow(), table, context.analysis());
        if (expr instanceof Expr.Var v && v.attribute() > 0) {
            requirePlain(table.column(v.attribute()), e);
            return new Key(v.attribute(), Optional.empty(), operatorClass(e, v.type(), strategy), collation(e, v.collation()));
        }
        List<Integer> columns = new ArrayList<>();
        Exprs.any(expr, x -> x instanceof Expr.Var v && columns.add(v.attribute()) && v.attribute() < 0);
        if (columns.isEmpty()) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot use constant expression as partition key");
        }
        columns.stream().filter(n -> n > 0).forEach(n -> requirePlain(table.column(n), e));
        if (!Volatility.isImmutable(expr, context.catalog())) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "functions in partition key expression must be marked IMMUTABLE");
        }
        return new Key(0, Optional.of(expr), operatorClass(e, expr.type(), strategy), collation(e, expr.collation()));
    }

    private static void requirePlain(Relation.Column c, PartitionElem e) {
        if (c.generated() != 0) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "cannot use generated column in partition key")
                    .detail("Column \"" + c.name() + "\" is a generated column.").at(e.location());
        }
    }

    private int collation(PartitionElem e, int own) {
        return e.collation().isEmpty() ? own : Names.collation(e.collation(), e.location(), context.analysis());
    }

    private int operatorClass(PartitionElem e, int type, char strategy) {
        if (strategy != PartitionKey.HASH) {
            try {
                return new IndexCommands(context).operatorClass(e.operatorClass(), type);
            } catch (SqlError error) {
                throw e.operatorClass().isEmpty() ? error.hint(
                        "You must specify a btree operator class or define a default btree operator class for the data type.") : error;
            }
        }
        if (!e.operatorClass().isEmpty()) {
            for (int namespace : context.analysis().searchPath()) {
                Optional<OperatorClassRow> found = context.catalog().operatorClass(HASH, e.operatorClass().getLast(), namespace);
                if (found.isPresent()) {
                    return found.get().oid();
                }
            }
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "operator class \"" + String.join(".", e.operatorClass())
                    + "\" does not exist for access method \"hash\"");
        }
        int wanted = new IndexCommands(context).comparable(type);
        return context.catalog().operatorClasses(HASH, wanted).stream().filter(OperatorClassRow::isDefault).findFirst()
                .map(OperatorClassRow::oid).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "data type "
                        + org.gajah.sysfunc.RegNames.typeName(type, -1, context.analysis())
                        + " has no default operator class for access method \"hash\"")
                        .hint("You must specify a hash operator class or define a default hash operator class for the data type."));
    }

    /** Types of the key's columns. */
    static List<Expr> expressions(Relation table, CommandContext context) {
        PartitionKey key = table.inheritance().key().orElseThrow();
        List<Expr> keys = new ArrayList<>();
        int expression = 0;
        for (int number : key.columns()) {
            if (number == 0) {
                keys.add(NodeText.readExpr(key.expressions().get(expression++), context.catalog(), context.analysis().types()));
            } else {
                Relation.Column c = table.column(number);
                keys.add(new Expr.Var(0, number, c.type(), c.typmod(), c.collation(), 0, 0));
            }
        }
        return keys;
    }
}
