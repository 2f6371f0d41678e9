package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.NodeText;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.PlainContext;
import org.gajah.catalog.Relation;
import org.gajah.func.PartitionHash;
import org.gajah.type.ArrayValue;
import org.gajah.type.Errors;

/** What clients ask about partitioned tables. */
public final class PartitionFunctions {
    private PartitionFunctions() {
    }

    /** A partitioned table or index and all below it: oid, parent, whether it is a leaf, depth. */
    public static Iterator<Object[]> pg_partition_tree(SystemContext context, int relation) {
        List<Object[]> rows = new ArrayList<>();
        CatalogView catalog = context.catalog();
        if (isPart(catalog, relation)) {
            List<Object[]> level = List.<Object[]>of(new Object[] {relation, catalog.parents(relation).stream().findFirst().orElse(null), true, 0});
            while (!level.isEmpty()) {
                List<Object[]> next = new ArrayList<>();
                for (Object[] row : level) {
                    char kind = catalog.relation((Integer) row[0]).orElseThrow().kind();
                    row[2] = kind != 'p' && kind != 'I';
                    rows.add(row);
                    catalog.children((Integer) row[0]).forEach(child -> next.add(new Object[] {child, row[0], true, (Integer) row[3] + 1}));
                }
                level = next;
            }
        }
        return rows.iterator();
    }

    private static boolean isPart(CatalogView catalog, int relation) {
        return catalog.relation(relation).filter(r -> r.kind() == 'p' || r.kind() == 'I' || r.inheritance().partition()).isPresent();
    }

    /** A partition and the tables above it; nothing for other relations. */
    public static Iterator<Object> pg_partition_ancestors(SystemContext context, int relation) {
        List<Object> chain = new ArrayList<>();
        for (Optional<Integer> at = isPart(context.catalog(), relation) ? Optional.of(relation) : Optional.empty(); at.isPresent();) {
            chain.add(at.get());
            at = context.catalog().parents(at.get()).stream().findFirst();
        }
        return chain.iterator();
    }

    /** The table on top of them. */
    public static Integer pg_partition_root(SystemContext context, int relation) {
        Iterator<Object> chain = pg_partition_ancestors(context, relation);
        Integer root = null;
        while (chain.hasNext()) {
            root = (Integer) chain.next();
        }
        return root;
    }

    /** What stands behind PARTITION BY. */
    public static Slice pg_get_partkeydef(SystemContext context, int relation) {
        AnalyzeContext analysis = VisibilityFunctions.analysis(context);
        return context.catalog().relation(relation).filter(r -> r.inheritance().key().isPresent()).map(r -> Slice.of(key(r, analysis))).orElse(null);
    }

    private static String key(Relation table, AnalyzeContext context) {
        PartitionKey key = table.inheritance().key().orElseThrow();
        StringBuilder out = new StringBuilder(key.strategyName().toUpperCase(java.util.Locale.ROOT)).append(" (");
        int expression = 0;
        for (int i = 0; i < key.columns().size(); i++) {
            int number = key.columns().get(i);
            int collation;
            out.append(i == 0 ? "" : ", ");
            if (number > 0) {
                Relation.Column c = table.column(number);
                out.append(Identifiers.quote(c.name()));
                collation = c.collation();
            } else {
                Expr e = NodeText.readExpr(key.expressions().get(expression++), context.catalog(), context.types());
                String text = PartitionText.expression(e, table, context);
                out.append(e instanceof Expr.FunctionCall ? text : "(" + text + ")");
                collation = e.collation();
            }
            if (key.collations().get(i) != 0 && key.collations().get(i) != collation) {
                out.append(" COLLATE ").append(new DeparseNames(context).collation(key.collations().get(i)));
            }
            int wanted = key.operatorClasses().get(i);
            context.catalog().operatorClass(wanted).filter(c -> !c.isDefault()).ifPresent(c -> out.append(' ').append(Identifiers.quote(c.name())));
        }
        return out.append(')').toString();
    }

    /** Whether a row with this key would be in a partition of a hash partitioned table with this bound. */
    public static boolean satisfies_hash_partition(SystemContext context, Integer relation, Integer modulus, Integer remainder, Object[] values) {
        if (relation == null || modulus == null || remainder == null) {
            return false;
        }
        Relation table = context.catalog().relation(relation)
                .orElseThrow(() -> new SqlError(SqlState.INTERNAL_ERROR, "could not open relation with OID " + Integer.toUnsignedString(relation)));
        PartitionKey key = table.inheritance().key().filter(k -> k.strategy() == PartitionKey.HASH)
                .orElseThrow(() -> Errors.invalidParameter("\"" + table.name() + "\" is not a hash partitioned table"));
        if (modulus <= 0) {
            throw Errors.invalidParameter("modulus for hash partition must be an integer value greater than zero");
        }
        if (remainder < 0) {
            throw Errors.invalidParameter("remainder for hash partition must be an integer value greater than or equal to zero");
        }
        if (remainder >= modulus) {
            throw Errors.invalidParameter("remainder for hash partition must be less than modulus");
        }
        int[] types = keyTypes(context, table, key);
        requireKey(context, types, values);
        return Long.remainderUnsigned(PartitionHash.of(PlainContext.INSTANCE, types, values), modulus) == remainder;
    }

    private static int[] keyTypes(SystemContext context, Relation table, PartitionKey key) {
        Iterator<String> expressions = key.expressions().iterator();
        return key.columns().stream().mapToInt(number -> number > 0 ? table.column(number).type()
                : NodeText.readExpr(expressions.next(), context.catalog(), VisibilityFunctions.analysis(context).types()).type()).toArray();
    }

    /** The values must be the key's in number and type, also those of an array behind VARIADIC. */
    private static void requireKey(SystemContext context, int[] types, Object[] values) {
        int first = 3;
        int element = context.argumentCount() == first + 1 ? elementType(context, context.argumentType(first)) : 0;
        boolean array = element != 0 && !(values.length == 1 && values[0] instanceof ArrayValue);
        if (!array) {
            requireCount(types, values);
        }
        for (int i = 0; i < types.length; i++) {
            int given = array ? element : context.argumentType(first + i);
            if (array ? given != types[i] : !stands(context, given, types[i])) {
                String quote = array ? "\"" : "";
                throw Errors.invalidParameter("column " + (i + 1) + " of the partition key has type " + quote + name(context, types[i]) + quote
                        + ", but supplied value is of type " + quote + name(context, given) + quote);
            }
        }
        requireCount(types, values);
    }

    private static void requireCount(int[] types, Object[] values) {
        if (types.length != values.length) {
            throw Errors.invalidParameter("number of partitioning columns (" + types.length + ") does not match number of partition keys provided ("
                    + values.length + ")");
        }
    }

    private static int elementType(SystemContext context, int type) {
        return context.catalog().type(type).filter(t -> t.trueArray()).map(t -> t.element()).orElse(0);
    }

    private static boolean stands(SystemContext context, int given, int wanted) {
        return given == wanted || context.catalog().cast(given, wanted).filter(c -> c.method() == 'b' && c.context() == 'i').isPresent();
    }

    private static Slice name(SystemContext context, int type) {
        return VisibilityFunctions.format_type(context, type, null);
    }

    /** The condition that a partition's rows fulfil, with those of the tables above. */
    public static Slice pg_get_partition_constraintdef(SystemContext context, int relation) {
        Optional<Relation> partition = context.catalog().relation(relation).filter(r -> r.inheritance().bound().isPresent());
        return partition.map(p -> new PartitionConditions(VisibilityFunctions.analysis(context)).of(p)).filter(t -> !t.isEmpty()).map(Slice::of).orElse(null);
    }
}
