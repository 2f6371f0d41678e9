package org.gajah.catalog;

import java.util.List;
import java.util.Optional;

import org.gajah.type.EnumCodec;
import org.gajah.type.TypeCodec;

/** The catalogs as one snapshot sees them. Names are as stored; search paths are the caller's business. */
public interface Catalog {
    Optional<TypeRow> type(int oid);

    Optional<TypeRow> type(String name, int namespace);

    /** How values of a type are read, written and stored; also of users' types. */
    TypeCodec codec(int typeOid);

    /** A type's codec for values that come from outside: a domain's checks them. */
    default TypeCodec inputCodec(int typeOid) {
        return codec(typeOid);
    }

    /** A type's own default as stored node text: a domain's. */
    default Optional<String> typeDefault(int typeOid) {
        return Optional.empty();
    }

    /** An enum's labels, in order. */
    List<EnumCodec.Label> enumLabels(int typeOid);

    /** Whether a role has the rights of the role of this name. */
    default boolean hasRightsOf(int role, String of) {
        return false;
    }

    /** A domain's checks, its base domains' first. */
    List<Relation.Check> domainChecks(int typeOid);

    /** A range type's element type (pg_range.rngsubtype), or 0. */
    default int rangeSubtype(int rangeType) {
        return 0;
    }

    /** A range type's multirange type, or 0. */
    default int rangeMultirange(int rangeType) {
        return 0;
    }

    /** A multirange type's range type, or 0. */
    default int multirangeRange(int multirangeType) {
        return 0;
    }

    Optional<ProcRow> function(int oid);

    /** All functions, procedures and aggregates of this name, in every schema. */
    List<ProcRow> functions(String name);

    Optional<AggregateRow> aggregate(int function);

    Optional<OperatorRow> operator(int oid);

    /** All operators of this name, in every schema. */
    List<OperatorRow> operators(String name);

    Optional<CastRow> cast(int source, int target);

    Optional<CollationRow> collation(int oid);

    Optional<CollationRow> collation(String name, int namespace);

    Optional<OperatorClassRow> operatorClass(int oid);

    /** All classes of an access method that accept this very input type. */
    List<OperatorClassRow> operatorClasses(int method, int inputType);

    Optional<OperatorClassRow> operatorClass(int method, String name, int namespace);

    /** The operator with this strategy in an operator family, or 0. */
    int familyOperator(int family, int leftType, int rightType, int strategy);

    /** The families in which an operator stands, with its strategy there. */
    List<FamilyMember> operatorFamilies(int operator);

    /** A support function of an operator family, or 0. */
    int familyFunction(int family, int leftType, int rightType, int number);

    Optional<Relation> relation(int oid);

    Optional<Relation> relation(String name, int namespace);

    /** Whether a relation may be read: a materialized view only once it has been filled. */
    default boolean isPopulated(int relation) {
        return true;
    }

    /** A relation's parameters, {@code name=value}. */
    default List<String> relationOptions(int relation) {
        return List.of();
    }

    /** A view's query as stored node text. */
    Optional<String> viewQuery(int relation);

    /** Oids of the relations that inherit from this one directly (partitions too). */
    List<Integer> children(int relation);

    /** Oids of the relations that this one inherits from directly; a partition has one. */
    default List<Integer> parents(int relation) {
        return List.of();
    }

    /** The partitions of a partitioned table. */
    default PartitionDescriptor partitions(Relation table) {
        return PartitionDescriptor.of(table, this);
    }

    /** The sequence behind an identity column; 0 if there is none. */
    default int identitySequence(int relation, int column) {
        return 0;
    }

    /** What ANALYZE has found out about a column. */
    default Optional<ColumnStatistics> statistics(int relation, int column) {
        return Optional.empty();
    }

    Optional<SchemaRow> schema(int oid);

    Optional<SchemaRow> schema(String name);

    Optional<RoleRow> role(int oid);

    Optional<RoleRow> role(String name);

    /** A row of a system catalog by a unique key of one of its indexes. */
    default Optional<CatalogRow> row(String table, int index, Object... key) {
        return Optional.empty();
    }

    /** An operator's place in a family; {@code method} is the access method. */
    record FamilyMember(int family, int method, int leftType, int rightType, int strategy) {
    }
}
