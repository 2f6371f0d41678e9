package org.gajah.analyze;

import java.util.ArrayList;
import java.util.Arrays;
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

/** PostgreSQL's own rows, in maps, and whatever relations and types a test adds. */
final class BuiltInCatalog implements Catalog {
    static final int PUBLIC = 2200;

    final Map<Integer, TypeRow> types = new HashMap<>();
    final Map<Integer, ProcRow> procs = new HashMap<>();
    final Map<String, List<ProcRow>> procsByName = new HashMap<>();
    final Map<Integer, AggregateRow> aggregates = new HashMap<>();
    final Map<Integer, OperatorRow> operators = new HashMap<>();
    final Map<String, List<OperatorRow>> operatorsByName = new HashMap<>();
    final Map<List<Integer>, CastRow> casts = new HashMap<>();
    final Map<Integer, CollationRow> collations = new HashMap<>();
    final List<OperatorClassRow> classes = new ArrayList<>();
    final Map<List<Integer>, Integer> familyOperators = new HashMap<>();
    final Map<Integer, List<FamilyMember>> families = new HashMap<>();
    final Map<List<Integer>, Integer> familyFunctions = new HashMap<>();
    final Map<Integer, int[]> ranges = new HashMap<>();
    final Map<Integer, Relation> relations = new HashMap<>();
    final Map<Integer, String> views = new HashMap<>();
    final Map<Integer, TypeCodec> userCodecs = new HashMap<>();

    BuiltInCatalog() {
        each("pg_type", r -> addType(new TypeRow(r.oid("oid"), r.text("typname"), r.oid("typnamespace"), 10, r.oid("typlen"), false,
                r.character("typtype"), r.character("typcategory"), r.flag("typispreferred"), true, r.oid("typrelid"),
                r.oid("typsubscript") == 0 ? 0 : r.oid("typelem"), r.oid("typarray"), r.oid("typsubscript") == 6179, r.oid("typbasetype"),
                Integer.parseInt(r.text("typtypmod")), false, r.oid("typcollation"), 0)));
        each("pg_proc", this::proc);
        each("pg_aggregate", r -> aggregates.put(r.oid("aggfnoid"), new AggregateRow(r.oid("aggfnoid"), r.character("aggkind"),
                r.oid("aggnumdirectargs"), r.oid("aggtransfn"), 0, 0, false, 0, r.oid("aggtranstype"), Optional.empty(),
                new AggregateRow.Moving(0, 0, 0, false, 0, Optional.empty()))));
        each("pg_operator", r -> {
            OperatorRow row = new OperatorRow(r.oid("oid"), r.text("oprname"), r.oid("oprnamespace"), r.character("oprkind"),
                    r.flag("oprcanmerge"), r.flag("oprcanhash"), r.oid("oprleft"), r.oid("oprright"), r.oid("oprresult"), r.oid("oprcom"),
                    r.oid("oprnegate"), r.oid("oprcode"));
            operators.put(row.oid(), row);
            operatorsByName.computeIfAbsent(row.name(), n -> new ArrayList<>()).add(row);
        });
        each("pg_cast", r -> casts.put(List.of(r.oid("castsource"), r.oid("casttarget")), new CastRow(r.oid("castsource"),
                r.oid("casttarget"), r.oid("castfunc"), r.character("castcontext"), r.character("castmethod"))));
        each("pg_collation", r -> collations.put(r.oid("oid"), new CollationRow(r.oid("oid"), r.text("collname"), r.oid("collnamespace"),
                r.character("collprovider"), true, "")));
        each("pg_opclass", r -> classes.add(new OperatorClassRow(r.oid("oid"), r.oid("opcmethod"), r.text("opcname"), 11, r.oid("opcfamily"),
                r.oid("opcintype"), r.flag("opcdefault"), r.oid("opckeytype"))));
        each("pg_amop", r -> {
            FamilyMember m = new FamilyMember(r.oid("amopfamily"), r.oid("amopmethod"), r.oid("amoplefttype"), r.oid("amoprighttype"),
                    r.oid("amopstrategy"));
            familyOperators.put(List.of(m.family(), m.leftType(), m.rightType(), m.strategy()), r.oid("amopopr"));
            families.computeIfAbsent(r.oid("amopopr"), o -> new ArrayList<>()).add(m);
        });
        each("pg_amproc", r -> familyFunctions.put(List.of(r.oid("amprocfamily"), r.oid("amproclefttype"), r.oid("amprocrighttype"),
                r.oid("amprocnum")), r.oid("amproc")));
        each("pg_range", r -> ranges.put(r.oid("rngtypid"), new int[] {r.oid("rngsubtype"), r.oid("rngmultitypid")}));
        systemTables();
    }

    private void systemTables() {
        Map<Integer, List<Relation.Column>> columns = new HashMap<>();
        each("pg_attribute", r -> {
            if (Integer.parseInt(r.text("attnum")) > 0) {
                columns.computeIfAbsent(r.oid("attrelid"), o -> new ArrayList<>()).add(new Relation.Column(r.oid("attnum"), r.text("attname"),
                        r.oid("atttypid"), Integer.parseInt(r.text("atttypmod")), r.oid("attcollation"), r.flag("attnotnull"), false,
                        Optional.empty(), (char) 0, (char) 0, null));
            }
        });
        each("pg_class", r -> {
            if ("rvi".indexOf(r.character("relkind")) >= 0) {
                List<Relation.Column> list = columns.get(r.oid("oid"));
                list.sort(java.util.Comparator.comparingInt(Relation.Column::number));
                add(new Relation(r.oid("oid"), r.text("relname"), r.oid("relnamespace"), 10, r.character("relkind"), 'p', r.oid("reltype"), 1,
                        false, list, List.of(), List.of(), List.of(), List.of(), List.of(), false, false, Optional.empty(), -1, 0, Optional.empty()));
            }
        });
    }

    void add(Relation relation) {
        relations.put(relation.oid(), relation);
    }

    void addType(TypeRow row) {
        types.put(row.oid(), row);
    }

    private void proc(Row r) {
        ProcRow row = new ProcRow(r.oid("oid"), r.text("proname"), r.oid("pronamespace"), 10, r.oid("prolang"), r.character("prokind"), false, false,
                r.flag("proisstrict"), r.flag("proretset"), r.character("provolatile"), r.oid("provariadic"), r.oid("prorettype"),
                r.oids("proargtypes"), r.oids("proallargtypes"), r.texts("proargmodes").stream().map(s -> s.charAt(0)).toList(),
                r.texts("proargnames"), r.oid("pronargdefaults"), Optional.ofNullable(r.text("proargdefaults")), r.text("prosrc"),
                Optional.empty(), 0, List.of());
        procs.put(row.oid(), row);
        procsByName.computeIfAbsent(row.name(), n -> new ArrayList<>()).add(row);
    }

    /** One row of a data file. */
    private record Row(BootstrapRows file, Slice[] fields) {
        String text(String column) {
            Slice field = fields[file.index(column)];
            return field == null ? null : field.toString();
        }

        int oid(String column) {
            return (int) Long.parseLong(text(column));
        }

        char character(String column) {
            return text(column).charAt(0);
        }

        boolean flag(String column) {
            return text(column).equals("t");
        }

        List<String> texts(String column) {
            String text = text(column);
            if (text == null || text.isEmpty() || text.equals("{}")) {
                return List.of();
            }
            String bare = text.startsWith("{") ? text.substring(1, text.length() - 1) : text;
            return Arrays.stream(bare.split(text.startsWith("{") ? "," : " ", -1)).map(s -> s.replace("\"", "")).toList();
        }

        List<Integer> oids(String column) {
            return texts(column).stream().map(Integer::parseInt).toList();
        }
    }

    private static void each(String name, java.util.function.Consumer<Row> action) {
        BootstrapRows file = BootstrapRows.of(name);
        file.forEach(fields -> action.accept(new Row(file, fields)));
    }

    @Override
    public Optional<TypeRow> type(int oid) {
        return Optional.ofNullable(types.get(oid));
    }

    @Override
    public Optional<TypeRow> type(String name, int namespace) {
        return types.values().stream().filter(t -> t.name().equals(name) && t.namespace() == namespace).findFirst();
    }

    @Override
    public TypeCodec codec(int typeOid) {
        TypeCodec user = userCodecs.get(typeOid);
        return user != null ? user : Codecs.of(typeOid).orElseThrow(() -> org.gajah.api.SqlError.notSupported("no codec " + typeOid));
    }

    @Override
    public List<org.gajah.type.EnumCodec.Label> enumLabels(int typeOid) {
        return List.of();
    }

    @Override
    public List<Relation.Check> domainChecks(int typeOid) {
        return List.of();
    }

    @Override
    public Optional<ProcRow> function(int oid) {
        return Optional.ofNullable(procs.get(oid));
    }

    @Override
    public List<ProcRow> functions(String name) {
        return procsByName.getOrDefault(name, List.of());
    }

    @Override
    public Optional<AggregateRow> aggregate(int function) {
        return Optional.ofNullable(aggregates.get(function));
    }

    @Override
    public Optional<OperatorRow> operator(int oid) {
        return Optional.ofNullable(operators.get(oid));
    }

    @Override
    public List<OperatorRow> operators(String name) {
        return operatorsByName.getOrDefault(name, List.of());
    }

    @Override
    public Optional<CastRow> cast(int source, int target) {
        return Optional.ofNullable(casts.get(List.of(source, target)));
    }

    @Override
    public Optional<CollationRow> collation(int oid) {
        return Optional.ofNullable(collations.get(oid));
    }

    @Override
    public Optional<CollationRow> collation(String name, int namespace) {
        return collations.values().stream().filter(c -> c.name().equals(name) && c.namespace() == namespace).findFirst();
    }

    @Override
    public Optional<OperatorClassRow> operatorClass(int oid) {
        return classes.stream().filter(c -> c.oid() == oid).findFirst();
    }

    @Override
    public List<OperatorClassRow> operatorClasses(int method, int inputType) {
        return classes.stream().filter(c -> c.method() == method && c.inputType() == inputType).toList();
    }

    @Override
    public Optional<OperatorClassRow> operatorClass(int method, String name, int namespace) {
        return classes.stream().filter(c -> c.method() == method && c.name().equals(name)).findFirst();
    }

    @Override
    public int familyOperator(int family, int leftType, int rightType, int strategy) {
        return familyOperators.getOrDefault(List.of(family, leftType, rightType, strategy), 0);
    }

    @Override
    public List<FamilyMember> operatorFamilies(int operator) {
        return families.getOrDefault(operator, List.of());
    }

    @Override
    public int familyFunction(int family, int leftType, int rightType, int number) {
        return familyFunctions.getOrDefault(List.of(family, leftType, rightType, number), 0);
    }

    @Override
    public int rangeSubtype(int rangeType) {
        return ranges.containsKey(rangeType) ? ranges.get(rangeType)[0] : 0;
    }

    @Override
    public int rangeMultirange(int rangeType) {
        return ranges.containsKey(rangeType) ? ranges.get(rangeType)[1] : 0;
    }

    @Override
    public int multirangeRange(int multirangeType) {
        return ranges.entrySet().stream().filter(e -> e.getValue()[1] == multirangeType).map(Map.Entry::getKey).findFirst().orElse(0);
    }

    @Override
    public Optional<Relation> relation(int oid) {
        return Optional.ofNullable(relations.get(oid));
    }

    @Override
    public Optional<Relation> relation(String name, int namespace) {
        return relations.values().stream().filter(r -> r.name().equals(name) && r.namespace() == namespace).findFirst();
    }

    @Override
    public Optional<String> viewQuery(int relation) {
        return Optional.ofNullable(views.get(relation));
    }

    @Override
    public List<Integer> children(int relation) {
        return List.of();
    }

    @Override
    public Optional<SchemaRow> schema(int oid) {
        return Optional.empty();
    }

    @Override
    public Optional<SchemaRow> schema(String name) {
        return switch (name) {
            case "pg_catalog" -> Optional.of(new SchemaRow(11, name, 10));
            case "information_schema" -> types.values().stream().filter(t -> t.name().equals("sql_identifier")).findFirst()
                    .map(t -> new SchemaRow(t.namespace(), name, 10));
            case "public" -> Optional.of(new SchemaRow(PUBLIC, name, 10));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<RoleRow> role(int oid) {
        return Optional.empty();
    }

    @Override
    public Optional<RoleRow> role(String name) {
        return Optional.empty();
    }
}
