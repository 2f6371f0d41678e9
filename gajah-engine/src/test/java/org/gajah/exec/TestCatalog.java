package org.gajah.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.catalog.AggregateRow;
import org.gajah.catalog.CastRow;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.CollationRow;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.type.Codecs;
import org.gajah.type.TypeCodec;

/** PostgreSQL's own functions, operators, aggregates and types, and whatever relations a test puts in. */
final class TestCatalog implements Catalog {
    private static final Map<Integer, ProcRow> FUNCTIONS = new HashMap<>();
    private static final Map<Integer, AggregateRow> AGGREGATES = new HashMap<>();
    private static final Map<Integer, TypeRow> TYPES = new HashMap<>();
    private static final Map<Integer, OperatorRow> OPERATORS = new HashMap<>();

    final Map<Integer, Relation> relations = new HashMap<>();

    static {
        load("pg_proc", row -> FUNCTIONS.put(row.oid("oid"), new ProcRow(row.oid("oid"), row.text("proname"), 11, 10, row.oid("prolang"),
                row.text("prokind").charAt(0), false, false, row.flag("proisstrict"), row.flag("proretset"), row.text("provolatile").charAt(0),
                row.oid("provariadic"), row.oid("prorettype"), row.oids("proargtypes"), List.of(), List.of(), List.of(), 0, Optional.empty(),
                row.text("prosrc"), Optional.empty(), 0, List.of())));
        load("pg_aggregate", row -> {
            int function = name(row.text("aggfnoid"));
            AGGREGATES.put(function, new AggregateRow(function, row.text("aggkind").charAt(0), 0, name(row.text("aggtransfn")),
                    name(row.text("aggfinalfn")), 0, row.flag("aggfinalextra"), 0, row.oid("aggtranstype"),
                    Optional.ofNullable(row.text("agginitval")), new AggregateRow.Moving(name(row.text("aggmtransfn")), name(row.text("aggminvtransfn")),
                            name(row.text("aggmfinalfn")), row.flag("aggmfinalextra"), row.oid("aggmtranstype"),
                            Optional.ofNullable(row.text("aggminitval")))));
        });
        load("pg_type", row -> TYPES.put(row.oid("oid"), new TypeRow(row.oid("oid"), row.text("typname"), 11, 10, 0, false,
                row.text("typtype").charAt(0), row.text("typcategory").charAt(0), false, true, 0, row.oid("typelem"), row.oid("typarray"), false, 0,
                -1, false, 0, 0)));
        load("pg_operator", row -> OPERATORS.put(row.oid("oid"), new OperatorRow(row.oid("oid"), row.text("oprname"), 11, 'b', true, true,
                row.oid("oprleft"), row.oid("oprright"), row.oid("oprresult"), 0, 0, name(row.text("oprcode")))));
    }

    private record Row(BootstrapRows file, Slice[] fields) {
        String text(String column) {
            Slice field = fields[file.index(column)];
            return field == null ? null : field.toString();
        }

        int oid(String column) {
            return Integer.parseUnsignedInt(text(column));
        }

        boolean flag(String column) {
            return text(column).equals("t");
        }

        List<Integer> oids(String column) {
            List<Integer> oids = new ArrayList<>();
            for (String oid : text(column).split(" ")) {
                if (!oid.isEmpty()) {
                    oids.add(Integer.parseUnsignedInt(oid));
                }
            }
            return oids;
        }
    }

    private static void load(String name, java.util.function.Consumer<Row> consumer) {
        BootstrapRows file = BootstrapRows.of(name);
        file.forEach(fields -> consumer.accept(new Row(file, fields)));
    }

    /** A regproc's oid: a number, or a name that only one function has. */
    private static int name(String regproc) {
        if (regproc == null || regproc.equals("-")) {
            return 0;
        }
        if (Character.isDigit(regproc.charAt(0))) {
            return Integer.parseUnsignedInt(regproc);
        }
        String plain = regproc.replaceFirst("\\(.*", "").replaceFirst("pg_catalog\\.", "");
        return FUNCTIONS.values().stream().filter(f -> f.name().equals(plain)).mapToInt(ProcRow::oid).min().orElse(0);
    }

    /** A function by name and argument types. */
    int function(String name, Integer... types) {
        return FUNCTIONS.values().stream().filter(f -> f.name().equals(name) && f.argTypes().equals(List.of(types))).findFirst().orElseThrow().oid();
    }

    OperatorRow operator(String name, int left, int right) {
        return OPERATORS.values().stream().filter(o -> o.name().equals(name) && o.left() == left && o.right() == right).findFirst().orElseThrow();
    }

    @Override
    public Optional<TypeRow> type(int oid) {
        return Optional.ofNullable(TYPES.get(oid));
    }

    @Override
    public TypeCodec codec(int typeOid) {
        return Codecs.of(typeOid).orElseThrow(() -> new IllegalArgumentException("type " + typeOid));
    }

    @Override
    public Optional<ProcRow> function(int oid) {
        return Optional.ofNullable(FUNCTIONS.get(oid));
    }

    @Override
    public Optional<AggregateRow> aggregate(int function) {
        return Optional.ofNullable(AGGREGATES.get(function));
    }

    @Override
    public Optional<OperatorRow> operator(int oid) {
        return Optional.ofNullable(OPERATORS.get(oid));
    }

    @Override
    public Optional<Relation> relation(int oid) {
        return Optional.ofNullable(relations.get(oid));
    }

    @Override
    public Optional<SchemaRow> schema(int oid) {
        return Optional.of(new SchemaRow(oid, "public", 10));
    }

    @Override
    public List<FamilyMember> operatorFamilies(int operator) {
        return List.of();
    }

    @Override
    public List<Relation.Check> domainChecks(int typeOid) {
        return List.of();
    }

    @Override
    public Optional<TypeRow> type(String name, int namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<org.gajah.type.EnumCodec.Label> enumLabels(int typeOid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ProcRow> functions(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<OperatorRow> operators(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CastRow> cast(int source, int target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CollationRow> collation(int oid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CollationRow> collation(String name, int namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<OperatorClassRow> operatorClass(int oid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<OperatorClassRow> operatorClasses(int method, int inputType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<OperatorClassRow> operatorClass(int method, String name, int namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int familyOperator(int family, int leftType, int rightType, int strategy) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int familyFunction(int family, int leftType, int rightType, int number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Relation> relation(String name, int namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> viewQuery(int relation) {
        return Optional.empty();
    }

    @Override
    public List<Integer> children(int relation) {
        return List.of();
    }

    @Override
    public Optional<SchemaRow> schema(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RoleRow> role(int oid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RoleRow> role(String name) {
        throw new UnsupportedOperationException();
    }
}
