package org.gajah.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.table.RowLayout;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.type.ArrayCodec;
import org.gajah.type.Codecs;
import org.gajah.type.DomainCodec;
import org.gajah.type.EnumCodec;
import org.gajah.type.Oids;
import org.gajah.type.RecordCodec;
import org.gajah.type.TypeCodec;

/** The catalogs as one command of one transaction sees them: rows are read on demand and kept in the version's cache. */
public final class CatalogView implements Catalog {
    /** What is kept of the catalogs goes by this; its hash is computed once, since looking things up is most of what analysis does. */
    private static final class Key {
        private final String what;
        private final Object name;
        private final int number;
        private final int database;
        private final int hash;

        Key(String what, Object name, int number, int database) {
            this.what = what;
            this.name = name;
            this.number = number;
            this.database = database;
            this.hash = ((what.hashCode() * 31 + name.hashCode()) * 31 + number) * 31 + database;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key k && k.hash == hash && k.number == number && k.database == database && k.what.equals(what)
                    && k.name.equals(name);
        }
    }

    private static final Set<String> SHARED = Set.of("role", "memberships");

    private final CatalogReader reader;
    private final CatalogVersion.Cache cache;
    private final Transaction transaction;
    private final int database;

    public CatalogView(CatalogReader reader, CatalogVersion.Cache cache, Transaction transaction, int database) {
        this.reader = reader;
        this.cache = cache;
        this.transaction = transaction;
        this.database = database;
    }

    /** Whether it shows what is kept here. */
    public boolean shows(CatalogVersion.Cache kept) {
        return cache == kept;
    }

    /** The committed version that this view shows; another negative number after each change of catalogs by the transaction itself. */
    public long version() {
        return cache.number();
    }

    /** Rows whose index columns begin with these boxed values; not kept. */
    public List<CatalogRow> rows(String table, int index, Object... key) {
        Snapshot snapshot = transaction.acquireSnapshot();
        try {
            return reader.lookup(snapshot, table, index, key);
        } finally {
            transaction.releaseSnapshot(snapshot);
        }
    }

    /** The one row with this key; not kept. */
    @Override
    public Optional<CatalogRow> row(String table, int index, Object... key) {
        return rows(table, index, key).stream().findFirst();
    }

    /** All rows of a catalog; not kept. */
    public List<CatalogRow> allRows(String table) {
        List<CatalogRow> rows = new ArrayList<>();
        Snapshot snapshot = transaction.acquireSnapshot();
        try {
            reader.scan(snapshot, table, rows::add);
        } finally {
            transaction.releaseSnapshot(snapshot);
        }
        return rows;
    }

    /** A key of what all databases share if the table is shared, else of this one. */
    private Key key(String what, Object name, int number) {
        return new Key(what, name, number, SHARED.contains(what) ? 0 : database);
    }

    private <T> Optional<T> one(Key key, String table, int index, Function<CatalogRow, T> make, Object... values) {
        return cache.get(key, () -> row(table, index, values).map(make));
    }

    private <T> List<T> many(Key key, String table, int index, Function<CatalogRow, T> make, Object... values) {
        return cache.get(key, () -> rows(table, index, values).stream().map(make).toList());
    }

    @Override
    public Optional<ColumnStatistics> statistics(int relation, int column) {
        return cache.get(key("statistics", relation, column), () -> rows("pg_statistic", 2696, relation, column).stream().findFirst().map(row -> {
            int type = relation(relation).orElseThrow().column(column).type();
            return StatisticsRow.read(row, type, codec(type));
        }));
    }

    @Override
    public Optional<TypeRow> type(int oid) {
        return one(key("type", "", oid), "pg_type", 2703, CatalogRecords::type, oid);
    }

    @Override
    public Optional<TypeRow> type(String name, int namespace) {
        return one(key("type", name, namespace), "pg_type", 2704, CatalogRecords::type, Slice.of(name), namespace);
    }

    @Override
    public TypeCodec codec(int typeOid) {
        if (typeOid == Oids.RECORD) {
            return cache.get(key("codec", "", typeOid), () -> new RecordCodec(this::codec));
        }
        if (typeOid == Oids.RECORD_ARRAY) {
            return cache.get(key("codec", "", typeOid), () -> new ArrayCodec(Oids.RECORD, codec(Oids.RECORD), ','));
        }
        return Codecs.of(typeOid)
                .orElseGet(() -> cache.get(key("codec", "", typeOid), () -> userCodec(typeOid)));
    }

    @Override
    public TypeCodec inputCodec(int typeOid) {
        return Codecs.of(typeOid).orElseGet(() -> cache.get(key("input codec", "", typeOid),
                () -> type(typeOid).filter(t -> t.kind() == 'd').map(t -> DomainCodec.of(typeOid, codec(typeOid))).orElseGet(() -> codec(typeOid))));
    }

    @Override
    public Optional<String> typeDefault(int typeOid) {
        return typeOid < Bootstrap.FIRST_USER_OID ? Optional.empty() : cache.get(key("default", "", typeOid),
                () -> row("pg_type", 2703, typeOid).flatMap(r -> r.textIfAny("typdefaultbin")));
    }

    private TypeCodec userCodec(int typeOid) {
        TypeRow type = type(typeOid).orElseThrow(() -> new SqlError(SqlState.INTERNAL_ERROR,
                "cache lookup failed for type " + Integer.toUnsignedString(typeOid)));
        return UserCodecs.of(type, this);
    }

    @Override
    public List<EnumCodec.Label> enumLabels(int typeOid) {
        return many(key("labels", "", typeOid), "pg_enum", 3534, r -> new EnumCodec.Label(r.number("oid"), r.text("enumlabel"),
                (float) r.real("enumsortorder"), cache.enums().forbids(r.number("oid"))), typeOid);
    }

    /** The checks of information_schema's own domains are kept as SQL and not run: the views keep them. */
    @Override
    public List<Relation.Check> domainChecks(int typeOid) {
        List<Relation.Check> checks = new ArrayList<>();
        int type = typeOid;
        for (Optional<TypeRow> row = type(type); row.isPresent() && row.get().kind() == 'd'; row = type(type)) {
            checks.addAll(0, many(key("checks", "", type), "pg_constraint", 2666, Function.identity(), type).stream()
                    .filter(r -> r.letter("contype") == 'c' && r.number("oid") >= Bootstrap.FIRST_USER_OID)
                    .sorted(Comparator.comparing((CatalogRow r) -> r.text("conname"))).map(RelationReader::check).toList());
            type = row.get().base();
        }
        return List.copyOf(checks);
    }

    @Override
    public Optional<ProcRow> function(int oid) {
        return one(key("function", "", oid), "pg_proc", 2690, CatalogRecords::function, oid);
    }

    @Override
    public List<ProcRow> functions(String name) {
        return many(key("functions", name, 0), "pg_proc", 2691, CatalogRecords::function, Slice.of(name));
    }

    @Override
    public Optional<AggregateRow> aggregate(int function) {
        return one(key("aggregate", "", function), "pg_aggregate", 2650, CatalogRecords::aggregate, function);
    }

    @Override
    public Optional<OperatorRow> operator(int oid) {
        return one(key("operator", "", oid), "pg_operator", 2688, CatalogRecords::operator, oid);
    }

    @Override
    public List<OperatorRow> operators(String name) {
        return many(key("operators", name, 0), "pg_operator", 2689, CatalogRecords::operator, Slice.of(name));
    }

    @Override
    public Optional<CastRow> cast(int source, int target) {
        return one(key("cast", target, source), "pg_cast", 2661, CatalogRecords::cast, source, target);
    }

    @Override
    public Optional<CollationRow> collation(int oid) {
        return one(key("collation", "", oid), "pg_collation", 3085, CatalogRecords::collation, oid);
    }

    @Override
    public Optional<CollationRow> collation(String name, int namespace) {
        return many(key("collations", name, 0), "pg_collation", 3164, CatalogRecords::collation, Slice.of(name)).stream()
                .filter(c -> c.namespace() == namespace).findFirst();
    }

    @Override
    public Optional<OperatorClassRow> operatorClass(int oid) {
        return one(key("opclass", "", oid), "pg_opclass", 2687, CatalogRecords::operatorClass, oid);
    }

    @Override
    public List<OperatorClassRow> operatorClasses(int method, int inputType) {
        return many(key("opclasses", "", method), "pg_opclass", 2686, CatalogRecords::operatorClass, method).stream()
                .filter(c -> c.inputType() == inputType).toList();
    }

    @Override
    public Optional<OperatorClassRow> operatorClass(int method, String name, int namespace) {
        return one(key("opclass " + method, name, namespace), "pg_opclass", 2686, CatalogRecords::operatorClass, method,
                Slice.of(name), namespace);
    }

    @Override
    public int familyOperator(int family, int leftType, int rightType, int strategy) {
        return one(key("amop", List.of(leftType, rightType, strategy), family), "pg_amop", 2653, r -> r.number("amopopr"),
                family, leftType, rightType, strategy).orElse(0);
    }

    @Override
    public List<FamilyMember> operatorFamilies(int operator) {
        return many(key("families", "", operator), "pg_amop", 2654, r -> new FamilyMember(r.number("amopfamily"),
                r.number("amopmethod"), r.number("amoplefttype"), r.number("amoprighttype"), r.number("amopstrategy")), operator);
    }

    @Override
    public int familyFunction(int family, int leftType, int rightType, int number) {
        return one(key("amproc", List.of(leftType, rightType, number), family), "pg_amproc", 2655, r -> r.number("amproc"),
                family, leftType, rightType, number).orElse(0);
    }

    @Override
    public Optional<Relation> relation(int oid) {
        return cache.get(key("relation", "", oid),
                () -> row("pg_class", 2662, oid).map(new RelationReader(this)::read));
    }

    @Override
    public Optional<Relation> relation(String name, int namespace) {
        return one(key("class", name, namespace), "pg_class", 2663, r -> r.number("oid"), Slice.of(name), namespace)
                .flatMap(this::relation);
    }

    @Override
    public boolean isPopulated(int relation) {
        return one(key("populated", "", relation), "pg_class", 2662, r -> r.flag("relispopulated"), relation).orElse(true);
    }

    @Override
    public List<String> relationOptions(int relation) {
        return one(key("options", "", relation), "pg_class", 2662, r -> r.texts("reloptions"), relation).orElse(List.of());
    }

    @Override
    public Optional<String> viewQuery(int relation) {
        return one(key("view", "", relation), "pg_rewrite", 2693, r -> r.text("ev_action"), relation, Slice.of("_RETURN"));
    }

    @Override
    public List<Integer> children(int relation) {
        return many(key("children", "", relation), "pg_inherits", 2187, r -> r.number("inhrelid"), relation).stream()
                .sorted(Integer::compareUnsigned).toList();
    }

    @Override
    public List<Integer> parents(int relation) {
        return many(key("parents", "", relation), "pg_inherits", 2680, r -> r.number("inhparent"), relation);
    }

    @Override
    public PartitionDescriptor partitions(Relation table) {
        Divided divided = cache.get(key("partitions", "", table.oid()), () -> new Divided(table, PartitionDescriptor.of(table, this)));
        return divided.table == table ? divided.partitions : PartitionDescriptor.of(table, this);
    }

    private record Divided(Relation table, PartitionDescriptor partitions) {
    }

    @Override
    public int rangeSubtype(int rangeType) {
        return one(key("rangeSubtype", "", rangeType), "pg_range", 3542, r -> r.number("rngsubtype"), rangeType).orElse(0);
    }

    @Override
    public int rangeMultirange(int rangeType) {
        return one(key("rangeMultirange", "", rangeType), "pg_range", 3542, r -> r.number("rngmultitypid"), rangeType).orElse(0);
    }

    @Override
    public int multirangeRange(int multirangeType) {
        return one(key("multirangeRange", "", multirangeType), "pg_range", 2228, r -> r.number("rngtypid"), multirangeType).orElse(0);
    }

    @Override
    public int identitySequence(int relation, int column) {
        return many(key("identity", column, relation), "pg_depend", 2674, Function.identity(), 1259, relation, column).stream()
                .filter(r -> r.letter("deptype") == 'i' && r.number("classid") == 1259).mapToInt(r -> r.number("objid")).findFirst()
                .orElseGet(() -> relation(relation).filter(r -> r.inheritance().partition()).map(r -> relation(parents(relation).getFirst()).orElseThrow())
                        .map(parent -> identitySequence(parent.oid(), parent.column(relation(relation).orElseThrow().column(column).name())
                                .orElseThrow().number())).orElse(0));
    }

    @Override
    public Optional<SchemaRow> schema(int oid) {
        return one(key("schema", "", oid), "pg_namespace", 2685, CatalogRecords::schema, oid)
                .or(() -> Optional.of(SchemaRow.GAJAH).filter(s -> s.oid() == oid));
    }

    @Override
    public Optional<SchemaRow> schema(String name) {
        return one(key("schema", name, 0), "pg_namespace", 2684, CatalogRecords::schema, Slice.of(name))
                .or(() -> Optional.of(SchemaRow.GAJAH).filter(s -> s.name().equals(name)));
    }

    @Override
    public Optional<RoleRow> role(int oid) {
        return one(key("role", "", oid), "pg_authid", 2677, CatalogRecords::role, oid);
    }

    @Override
    public Optional<RoleRow> role(String name) {
        return one(key("role", name, 0), "pg_authid", 2676, CatalogRecords::role, Slice.of(name));
    }

    @Override
    public boolean hasRightsOf(int role, String of) {
        return role(of).map(r -> new Rights(this).has(role, r.oid())).orElse(false);
    }

    /** What a role was made a member of, directly. */
    public List<Membership> memberships(int member) {
        return many(key("memberships", "", member), "pg_auth_members", 2695, Membership::of, member);
    }

    /** A schema's row, with its ACL. */
    Optional<CatalogRow> schemaRow(int oid) {
        return one(key("schema row", "", oid), "pg_namespace", 2685, Function.identity(), oid);
    }

    /** The functions that not everybody may call. */
    public Set<Integer> guardedFunctions() {
        return cache.get(key("guarded functions", "", 0), () -> allRows("pg_proc").stream().filter(r -> r.get("proacl") != null)
                .map(r -> r.number("oid")).collect(Collectors.toSet()));
    }

    /** Who owns this database. */
    public int databaseOwner() {
        return one(key("database owner", "", 0), "pg_database", 2672, r -> r.number("datdba"), database).orElse(0);
    }

    /** How a relation's rows lie in storage. */
    public RowLayout layout(Relation relation) {
        Laid laid = cache.get(key("layout", "", relation.oid()), () -> new Laid(relation, Layouts.of(relation, this)));
        return laid.relation == relation ? laid.layout : Layouts.of(relation, this);
    }

    private record Laid(Relation relation, RowLayout layout) {
    }

    /** Foreign keys that refer to a table. */
    List<Relation.ForeignKey> referencing(int table) {
        List<Relation.ForeignKey> all = cache.get(key("foreign keys", "", 0),
                () -> allRows("pg_constraint").stream().filter(r -> r.letter("contype") == 'f').map(RelationReader::foreignKey)
                        .toList());
        return all.stream().filter(k -> k.referencedTable() == table).toList();
    }
}
