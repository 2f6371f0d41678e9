package org.gajah.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Names;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.IndexElem;
import org.gajah.ast.IndexStatement.CreateIndex;
import org.gajah.ast.SortBy;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.exec.IndexBuild;
import org.gajah.sysfunc.RegNames;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Oids;

/** CREATE INDEX, and the indexes behind PRIMARY KEY and UNIQUE. */
final class IndexCommands {
    static final int BTREE = 403;
    private static final int MAX_KEYS = 32;

    private final CommandContext context;

    IndexCommands(CommandContext context) {
        this.context = context;
    }

    /** One key: a column by number, or an expression. */
    record Key(int column, Optional<Expr> expression, String name, int type, int collation, int operatorClass, boolean descending,
            boolean nullsFirst) {
    }

    /** An index to be made. */
    record Definition(String name, boolean unique, boolean nullsNotDistinct, boolean primary, boolean immediate, List<Key> keys,
            List<Integer> including, Optional<Expr> predicate) {
    }

    String create(CreateIndex s) {
        context.requireWritable("CREATE INDEX");
        if (s.concurrently()) {
            context.requireOutsideBlock("CREATE INDEX CONCURRENTLY");
        }
        if (!s.accessMethod().equals("btree") && !s.accessMethod().isEmpty()) {
            boolean known = Set.of("hash", "gin", "gist", "brin", "spgist").contains(s.accessMethod());
            throw known ? SqlError.notSupported("access method \"" + s.accessMethod() + "\" is not supported")
                    : new SqlError(SqlState.UNDEFINED_OBJECT, "access method \"" + s.accessMethod() + "\" does not exist");
        }
        Relation found = new ObjectLookup(context).relation(s.relation());
        context.lockRelation(found.oid(), LockMode.SHARE);
        Relation table = context.catalog().relation(found.oid()).orElseThrow();
        requireTable(table);
        context.requireOwner(table.owner(), ObjectNames.kind(table.kind()), table.name());
        if (s.name().isPresent() && s.ifNotExists() && context.catalog().relation(s.name().get(), table.namespace()).isPresent()) {
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_TABLE, "relation \"" + s.name().get() + "\" already exists, skipping"));
            return "CREATE INDEX";
        }
        if (table.kind() == 'p' && s.concurrently()) {
            throw SqlError.notSupported("cannot create index on partitioned table \"" + table.name() + "\" concurrently");
        }
        new PartitionTree(context).below(table.oid()).forEach(p -> context.lockRelation(p, LockMode.SHARE));
        make(s, table);
        return "CREATE INDEX";
    }

    /** Makes the index that a statement asks for, whatever table it names; gives its oid. */
    int make(CreateIndex s, Relation table) {
        s.tablespace().ifPresent(new RelationProperties(context)::requireTablespace);
        List<Key> keys = s.keys().stream().map(e -> key(e, table)).toList();
        List<Integer> including = s.including().stream().map(e -> column(table, e.name().orElseThrow(() -> SqlError.notSupported(
                "expressions are not supported in included columns"))).number()).toList();
        if (keys.size() + including.size() > MAX_KEYS) {
            throw new SqlError(SqlState.TOO_MANY_COLUMNS, "cannot use more than " + MAX_KEYS + " columns in an index");
        }
        Optional<Expr> predicate = s.where().map(w -> immutable(Definitions.indexPredicate(w, table, context.analysis()), "predicate"));
        String name = s.name().orElseGet(() -> Names63.choose(table.name(), keyNames(keys), "idx", n -> isTaken(n, table.namespace())));
        int oid = make(table, new Definition(name, s.unique(), s.nullsNotDistinct(), false, true, keys, including, predicate), 0);
        new RelationProperties(context).create(oid, s.options(), 'i');
        if (table.kind() == 'p') {
            PartitionedIndexes parts = new PartitionedIndexes(context);
            if (s.relation().inherit()) {
                parts.spread(oid);
            } else if (!context.catalog().children(table.oid()).isEmpty()) {
                parts.setValid(oid, false);
            }
        }
        return oid;
    }

    private static String keyNames(List<Key> keys) {
        StringBuilder names = new StringBuilder();
        for (Key key : keys) {
            names.append(names.isEmpty() ? "" : "_").append(key.name);
        }
        return names.toString();
    }

    boolean isTaken(String name, int namespace) {
        return context.catalog().relation(name, namespace).isPresent();
    }

    private static void requireTable(Relation table) {
        if (table.kind() != 'r' && table.kind() != 'm' && table.kind() != 'p') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot create index on relation \"" + table.name() + "\"")
                    .detail("This operation is not supported for " + ObjectNames.kinds(table.kind()) + ".");
        }
    }

    static Relation.Column column(Relation table, String name) {
        return table.column(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist"));
    }

    private Key key(IndexElem e, Relation table) {
        boolean descending = e.direction() == SortBy.Direction.DESC;
        boolean nullsFirst = e.nulls() == SortBy.Nulls.FIRST || e.nulls() == SortBy.Nulls.DEFAULT && descending;
        Optional<String> name = e.name();
        if (name.isPresent()) {
            Relation.Column c = column(table, name.get());
            int collation = e.collation().isEmpty() ? c.collation() : Names.collation(e.collation(), e.location(), context.analysis());
            return new Key(c.number(), Optional.empty(), c.name(), c.type(), collation, operatorClass(e.operatorClass(), c.type()), descending,
                    nullsFirst);
        }
        Expr expr = immutable(Definitions.indexExpression(e.expression().orElseThrow(), table, context.analysis()), "expression");
        int collation = e.collation().isEmpty() ? expr.collation() : Names.collation(e.collation(), e.location(), context.analysis());
        String label = expr instanceof Expr.FunctionCall f ? context.catalog().function(f.function()).orElseThrow().name() : "expr";
        return new Key(0, Optional.of(expr), label, expr.type(), collation, operatorClass(e.operatorClass(), expr.type()), descending, nullsFirst);
    }

    /** A key over a plain column with nothing said about it. */
    Key plain(Relation.Column c) {
        return new Key(c.number(), Optional.empty(), c.name(), c.type(), c.collation(), operatorClass(List.of(), c.type()), false, false);
    }

    private Expr immutable(Expr expr, String what) {
        boolean mutable = Exprs.any(expr, x -> switch (x) {
            case Expr.FunctionCall f -> context.catalog().function(f.function()).orElseThrow().volatility() != 'i';
            case Expr.OperatorCall o -> context.catalog().function(o.function()).orElseThrow().volatility() != 'i';
            case Expr.SqlValueFunction v -> true;
            default -> false;
        });
        if (mutable) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "functions in index " + what + " must be marked IMMUTABLE");
        }
        return expr;
    }

    /** The B-tree class named, or the type's default one; a domain's is its base type's, varchar's is text's. */
    int operatorClass(List<String> name, int type) {
        if (!name.isEmpty()) {
            for (int namespace : context.analysis().searchPath()) {
                Optional<OperatorClassRow> found = context.catalog().operatorClass(BTREE, name.getLast(), namespace);
                if (found.isPresent()) {
                    return found.get().oid();
                }
            }
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "operator class \"" + String.join(".", name)
                    + "\" does not exist for access method \"btree\"");
        }
        int wanted = comparable(type);
        return context.catalog().operatorClasses(BTREE, wanted).stream().filter(OperatorClassRow::isDefault).findFirst()
                .map(OperatorClassRow::oid).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "data type "
                        + RegNames.typeName(type, -1, context.analysis())
                        + " has no default operator class for access method \"btree\"")
                        .hint("You must specify an operator class for the index or define a default operator class for the data type."));
    }

    /** The types that name objects: their values are oids, and compare as such. */
    private static final Set<Integer> REGISTERED = Set.of(Oids.REGPROC, Oids.REGPROCEDURE, Oids.REGOPER, Oids.REGOPERATOR, Oids.REGCLASS,
            Oids.REGTYPE, Oids.REGROLE, Oids.REGNAMESPACE, Oids.REGCOLLATION, Oids.REGCONFIG, Oids.REGDICTIONARY);

    int comparable(int type) {
        TypeRow row = context.catalog().type(type).orElseThrow();
        return switch (row.kind()) {
            case 'd' -> comparable(row.base());
            case 'e' -> Oids.ANYENUM;
            case 'c' -> Oids.RECORD;
            case 'r' -> Oids.ANYRANGE;
            case 'm' -> Oids.ANYMULTIRANGE;
            default -> row.trueArray() ? Oids.ANYARRAY : type == Oids.VARCHAR ? Oids.TEXT : type == Oids.CIDR ? Oids.INET
                    : REGISTERED.contains(type) ? Oids.OID : type;
        };
    }

    /** Makes the index, its catalog rows and its entries; {@code constraint} is the oid of the one it belongs to, or 0. */
    int make(Relation table, Definition d, int constraint) {
        List<NewColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        requireStored(table, d);
        PartitionedIndexes.requireKey(table, d, context);
        boolean partitioned = table.kind() == 'p';
        for (Key key : d.keys) {
            String name = key.name;
            for (int i = 1; !names.add(name); i++) {
                name = key.name + i;
            }
            columns.add(NewColumn.plain(name, key.type, key.column == 0 ? -1 : table.column(key.column).typmod(), key.collation));
        }
        for (int number : d.including) {
            Relation.Column c = table.column(number);
            columns.add(NewColumn.plain(c.name(), c.type(), c.typmod(), c.collation()));
        }
        int oid = new RelationCreation(context).create(new NewRelation(d.name, table.namespace(), partitioned ? 'I' : 'i', table.persistence(), BTREE, columns));
        writeIndexRow(table, d, oid);
        markIndexed(table);
        dependencies(table, d, oid, constraint);
        if (partitioned) {
            context.changed();
            return oid;
        }
        context.storage().createIndex(context.transaction(), context.storageId(oid, false));
        context.changed();
        Relation changed = context.catalog().relation(table.oid()).orElseThrow();
        Relation.Index made = changed.indexes().stream().filter(i -> i.oid() == oid).findFirst().orElseThrow();
        IndexBuild.run(context.compile(), context.execution(), changed, made);
        return oid;
    }

    private static void requireStored(Relation table, Definition d) {
        boolean virtual = Stream.concat(d.keys.stream().map(Key::column), d.including.stream()).filter(n -> n > 0)
                .anyMatch(n -> table.column(n).generated() == 'v');
        if (virtual) {
            throw SqlError.notSupported(d.primary ? "primary keys on virtual generated columns are not supported"
                    : "indexes on virtual generated columns are not supported");
        }
    }

    private void writeIndexRow(Relation table, Definition d, int oid) {
        List<Integer> numbers = new ArrayList<>(d.keys.stream().map(Key::column).toList());
        numbers.addAll(d.including);
        List<String> expressions = d.keys.stream().flatMap(k -> k.expression.stream())
                .map(e -> NodeText.write(e, context.catalog(), context.analysis().types())).toList();
        context.writer().insert("pg_index", new CatalogValues("pg_index").set("indexrelid", oid).set("indrelid", table.oid())
                .set("indnatts", numbers.size()).set("indnkeyatts", d.keys.size()).set("indisunique", d.unique)
                .set("indnullsnotdistinct", d.nullsNotDistinct).set("indisprimary", d.primary).set("indimmediate", d.immediate)
                .yes("indisvalid", "indisready", "indislive").no("indisexclusion", "indisclustered", "indcheckxmin", "indisreplident")
                .set("indkey", CatalogValues.vector(Oids.INT2, numbers))
                .set("indcollation", CatalogValues.vector(Oids.OID, d.keys.stream().map(Key::collation).toList()))
                .set("indclass", CatalogValues.vector(Oids.OID, d.keys.stream().map(Key::operatorClass).toList()))
                .set("indoption", CatalogValues.vector(Oids.INT2, d.keys.stream()
                        .map(k -> (k.descending ? 1 : 0) | (k.nullsFirst ? 2 : 0)).toList()))
                .set("indexprs", expressions.isEmpty() ? null : String.join("\n", expressions))
                .set("indpred", d.predicate.map(p -> NodeText.write(p, context.catalog(), context.analysis().types())).orElse(null)).row());
    }

    private void markIndexed(Relation table) {
        CatalogRow row = context.catalog().row("pg_class", 2662, table.oid()).orElseThrow();
        if (!row.flag("relhasindex")) {
            context.writer().update(row, row.with("relhasindex", true));
        }
    }

    private void dependencies(Relation table, Definition d, int oid, int constraint) {
        Dependencies dependencies = new Dependencies(context);
        Dependencies.Ref self = Dependencies.Ref.relation(oid);
        if (constraint != 0) {
            dependencies.internal(self, new Dependencies.Ref(Dependencies.CONSTRAINT, constraint, 0));
            return;
        }
        boolean anyColumn = false;
        for (Key key : d.keys) {
            if (key.column > 0) {
                anyColumn = true;
                dependencies.automatic(self, Dependencies.Ref.column(table.oid(), key.column));
            } else {
                dependencies.ofExpression(self, key.expression.orElseThrow(), table.oid(), 'a');
            }
        }
        d.including.forEach(c -> dependencies.automatic(self, Dependencies.Ref.column(table.oid(), c)));
        d.predicate.ifPresent(p -> dependencies.ofExpression(self, p, table.oid(), 'a'));
        if (!anyColumn) {
            dependencies.automatic(self, Dependencies.Ref.relation(table.oid()));
        }
    }

    static String schemaName(Relation table, CommandContext context) {
        return context.catalog().schema(table.namespace()).map(SchemaRow::name).orElse("");
    }
}
