package org.gajah.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.RemoteStatement;

/**
 * A node of a plan: rows of {@link #columns} made from the rows of its children.
 *
 * <p>Expressions and column numbers count the columns of the node's input from 0. A scan's expressions see the columns that
 * the scan gives ({@code InputColumn(0, i)} is {@code columns[i]}); a join's see {@code InputColumn(0, i)} of the left child
 * and {@code InputColumn(1, i)} of the right. A filter keeps the rows for which it is true.
 */
public sealed interface Plan {
    List<PlanColumn> columns();

    Estimate estimate();

    List<Plan> children();

    /** A node without children. */
    sealed interface Leaf extends Plan {
        @Override
        default List<Plan> children() {
            return List.of();
        }
    }

    /** A node with one child. */
    sealed interface Unary extends Plan {
        Plan child();

        @Override
        default List<Plan> children() {
            return List.of(child());
        }
    }

    /** A node with two children. */
    sealed interface Binary extends Plan {
        Plan left();

        Plan right();

        @Override
        default List<Plan> children() {
            return List.of(left(), right());
        }
    }

    // ---- leaves ----

    /**
     * All rows of a table.
     *
     * @param relation   the table's oid
     * @param alias      what the query calls it, for EXPLAIN
     * @param attributes the column numbers to give, one for each of {@code columns}; negative ones are system columns as in
     *                   PostgreSQL: -1 ctid, -2 xmin, -3 cmin, -4 xmax, -5 cmax, -6 tableoid
     */
    record SeqScan(List<PlanColumn> columns, Estimate estimate, int relation, String alias, List<Integer> attributes,
            Optional<Expr> filter) implements Leaf {
    }

    /**
     * Rows found through a B-tree index, in its order (or the reverse of it).
     *
     * @param keys      conditions on the first index columns, one each
     * @param range     a condition on the index column after those
     * @param condition the same conditions as an expression over the scan's columns, for EXPLAIN
     * @param filter    what else must hold
     */
    record IndexScan(List<PlanColumn> columns, Estimate estimate, int relation, String alias, List<Integer> attributes, int index,
            List<KeyCondition> keys, Optional<KeyRange> range, boolean backward, Optional<Expr> condition, Optional<Expr> filter)
            implements Leaf {
    }

    /** What an index column must be. Expressions see no input columns: constants, parameters and slots only. */
    sealed interface KeyCondition {
        /** Equal to a value of the column's type, or of another one of int2, int4, int8, or of text, varchar, name. */
        record Equal(Expr value) implements KeyCondition {
        }

        /** Equal to any element of an array of such a type; results come in index order, each row once. */
        record EqualAny(Expr array) implements KeyCondition {
        }

        /** Null. */
        record IsNull() implements KeyCondition {
        }
    }

    /** An index column between two bounds; nulls never are. */
    record KeyRange(Optional<KeyBound> lower, Optional<KeyBound> upper) {
    }

    /** One end of a {@link KeyRange}; in terms of values, whichever way the index is sorted. */
    record KeyBound(Expr value, boolean inclusive) {
    }

    /**
     * Rows whose places come out of one or several indexes, read in the order of their places.
     *
     * @param recheck what the entries stood for, checked again on the rows; {@code filter} what else must hold
     */
    record BitmapScan(List<PlanColumn> columns, Estimate estimate, int relation, String alias, List<Integer> attributes, BitmapSource source,
            Optional<Expr> recheck, Optional<Expr> filter) implements Leaf {
    }

    /** A set of places. */
    sealed interface BitmapSource {
        Estimate estimate();

        /** Those of an index's entries; {@code condition} says which, for EXPLAIN. */
        record Entries(Estimate estimate, int index, List<KeyCondition> keys, Optional<KeyRange> range, Optional<Expr> condition)
                implements BitmapSource {
        }

        /** Those in all of the sources. */
        record And(Estimate estimate, List<BitmapSource> sources) implements BitmapSource {
        }

        /** Those in any of the sources. */
        record Or(Estimate estimate, List<BitmapSource> sources) implements BitmapSource {
        }
    }

    /** Rows at given places: {@code ctid = value}, {@code ctid = ANY (array)}, or WHERE CURRENT OF a cursor. */
    record TidScan(List<PlanColumn> columns, Estimate estimate, int relation, String alias, List<Integer> attributes,
            TidSource source, Optional<Expr> filter) implements Leaf {
    }

    /** Where a {@link TidScan}'s places come from. */
    sealed interface TidSource {
        /** One place. */
        record One(Expr tid) implements TidSource {
        }

        /** An array of places. */
        record Any(Expr array) implements TidSource {
        }

        /** The current row of a cursor, which is named here or, if that is not 0, by a parameter. */
        record CurrentOf(String cursor, int parameter) implements TidSource {
        }
    }

    /**
     * Rows that a foreign server gives.
     *
     * @param outputs    what each column is: an expression of the query level, whose Vars name {@code bases} by range
     * @param query      what is asked; {@code remote} is how
     * @param parameters see no input columns; computed before each run
     * @param filter     what is checked here, over the columns
     * @param notes      what was not taken or is checked again, and why, for EXPLAIN VERBOSE
     * @param feed       for a scan that a hash join gives its keys
     */
    record ForeignScan(List<PlanColumn> columns, Estimate estimate, int server, List<ForeignBase> bases, List<Expr> outputs, ForeignQuery query,
            RemoteStatement remote, List<Expr> parameters, Optional<Expr> filter, List<String> notes, Optional<KeyFeed> feed) implements Leaf {
        /** A scan that nobody gives keys. */
        public ForeignScan(List<PlanColumn> columns, Estimate estimate, int server, List<ForeignBase> bases, List<Expr> outputs, ForeignQuery query,
                RemoteStatement remote, List<Expr> parameters, Optional<Expr> filter, List<String> notes) {
            this(columns, estimate, server, bases, outputs, query, remote, parameters, filter, notes, Optional.empty());
        }

        /** The tables that are read, in subqueries too. */
        public List<ForeignTableBase> tables() {
            return bases.stream().flatMap(ForeignBase::tables).toList();
        }

        /** Who reads them, 0 for the current role. */
        public int role() {
            return bases.getFirst().role();
        }

        /** The same with one more note. */
        ForeignScan withNote(String note) {
            return new ForeignScan(columns, estimate, server, bases, outputs, query, remote, parameters, filter,
                    java.util.stream.Stream.concat(notes.stream(), java.util.stream.Stream.of(note)).toList(), feed);
        }
    }

    /**
     * Some keys of the hash join that a foreign scan is the left side of.
     *
     * @param slot  where an array of keys stands for a run
     * @param key   which of the join's keys they are
     * @param type  the keys' type
     * @param whole the scan without them
     */
    record KeyFeed(int slot, int key, int type, ForeignScan whole) {
    }

    /** What a {@link ForeignScan} reads; {@code role} is who reads it, 0 for the current one. All of a scan have the same. */
    sealed interface ForeignBase {
        int range();

        String alias();

        int role();

        /** The tables that are read. */
        java.util.stream.Stream<ForeignTableBase> tables();
    }

    /** A foreign table. */
    record ForeignTableBase(int range, int relation, String alias, int role) implements ForeignBase {
        @Override
        public java.util.stream.Stream<ForeignTableBase> tables() {
            return java.util.stream.Stream.of(this);
        }
    }

    /**
     * A query, or several combined, that the server does as a part of another.
     *
     * @param names   what its columns are called here
     * @param columns as the server knows them; those that it cannot compute are left out
     * @param parts   what each of the queries reads
     */
    record ForeignDerivedBase(int range, String alias, int role, List<String> names, List<ForeignColumn> columns, List<List<ForeignBase>> parts)
            implements ForeignBase {
        @Override
        public java.util.stream.Stream<ForeignTableBase> tables() {
            return parts.stream().flatMap(List::stream).flatMap(ForeignBase::tables);
        }
    }

    /** Rows of functions side by side, the shorter padded with nulls; the last column numbers them if {@code ordinality}. */
    record FunctionScan(List<PlanColumn> columns, Estimate estimate, String alias, List<FunctionSource> functions, boolean ordinality,
            Optional<Expr> filter) implements Leaf {
    }

    /** One function of a {@link FunctionScan} and how many columns it gives. */
    record FunctionSource(Expr call, int columnCount) {
    }

    /** Rows of expressions, which see no input columns. */
    record ValuesScan(List<PlanColumn> columns, Estimate estimate, String alias, List<List<Expr>> rows, Optional<Expr> filter)
            implements Leaf {
    }

    /** One row of expressions that see no input columns, or none if {@code oneTimeFilter} is not true. */
    record Result(List<PlanColumn> columns, Estimate estimate, List<Expr> expressions, Optional<Expr> oneTimeFilter) implements Leaf {
    }

    /** The rows of a WITH query: {@code plan} of the statement's subplans is run once and kept for all its scans. */
    record CteScan(List<PlanColumn> columns, Estimate estimate, String alias, int plan, Optional<Expr> filter) implements Leaf {
    }

    /** The rows that the recursive union around it found in its last round. */
    record WorkTableScan(List<PlanColumn> columns, Estimate estimate, String alias, int workTable, Optional<Expr> filter)
            implements Leaf {
    }

    /** The rows that the trigger whose function runs knows by a name. */
    record TransitionScan(List<PlanColumn> columns, Estimate estimate, String alias, String store) implements Leaf {
    }

    // ---- one child ----

    /** One expression a column. */
    record Project(List<PlanColumn> columns, Estimate estimate, Plan child, List<Expr> expressions) implements Unary {
    }

    /** As Project, but some expressions are set-returning calls: rows go on until the longest ends, the shorter giving null. */
    record ProjectSet(List<PlanColumn> columns, Estimate estimate, Plan child, List<Expr> expressions) implements Unary {
    }

    /** The child's rows for which the condition is true. */
    record Filter(Estimate estimate, Plan child, Expr condition) implements Unary {
        @Override
        public List<PlanColumn> columns() {
            return child.columns();
        }
    }

    /** The child's rows, or none of them if the condition, which sees no columns, is not true. */
    record Gate(Estimate estimate, Plan child, Expr condition) implements Unary {
        @Override
        public List<PlanColumn> columns() {
            return child.columns();
        }
    }

    /** The child's rows in order; only the first {@code bound} if that is not 0 (and known before the run). */
    record Sort(Estimate estimate, Plan child, List<SortKey> keys, long bound) implements Unary {
        @Override
        public List<PlanColumn> columns() {
            return child.columns();
        }
    }

    /** Some of the child's rows. {@code ties} are the columns that rows beyond the count must share with the last (WITH TIES). */
    record Limit(Estimate estimate, Plan child, Optional<Expr> count, Optional<Expr> offset, List<Integer> ties) implements Unary {
        @Override
        public List<PlanColumn> columns() {
            return child.columns();
        }
    }

    /** The first of neighbouring rows that agree in these columns: DISTINCT [ON] over sorted rows. */
    record Unique(Estimate estimate, Plan child, List<Integer> keys) implements Unary {
        @Override
        public List<PlanColumn> columns() {
            return child.columns();
        }
    }

    /** The first of all rows that agree in these columns. */
    record HashDistinct(Estimate estimate, Plan child, List<Integer> keys) implements Unary {
        @Override
        public List<PlanColumn> columns() {
            return child.columns();
        }
    }

    /** The child's rows, kept so that a repeated run needs not run the child again. */
    record Materialize(Estimate estimate, Plan child) implements Unary {
        @Override
        public List<PlanColumn> columns() {
            return child.columns();
        }
    }

    /**
     * Groups. Gives the keys, then the aggregates, then one int4 a GROUPING call.
     *
     * @param keys         columns of the child that are grouped by; none for one group of all rows
     * @param groupingSets empty, or for each set the indexes into {@code keys} it groups by (the others are null)
     * @param grouping     for each GROUPING call the indexes into {@code keys} of its arguments
     */
    record Aggregate(List<PlanColumn> columns, Estimate estimate, Plan child, Strategy strategy, List<Integer> keys,
            List<List<Integer>> groupingSets, List<AggregateSpec> aggregates, List<List<Integer>> grouping) implements Unary {
        /** PLAIN has no keys, SORTED needs the child sorted by the keys. */
        public enum Strategy { PLAIN, SORTED, HASHED }
    }

    /**
     * One aggregate call over the child's columns.
     *
     * @param arguments  its arguments, then any further expressions that {@code order} needs
     * @param argumentCount how many of {@code arguments} are handed to the transition function
     * @param order      its ORDER BY; columns are indexes into {@code arguments}. Ordered-set aggregates' WITHIN GROUP too
     * @param directArguments of an ordered-set aggregate: evaluated once a group, over the group's first row
     */
    record AggregateSpec(int function, int type, int collation, int inputCollation, List<Expr> arguments, int argumentCount,
            boolean distinct, List<SortKey> order, Optional<Expr> filter, List<Expr> directArguments, boolean star, boolean variadic) {
    }

    /** Window functions over one window; the child is sorted by partition and order. Gives the child's columns and the results. */
    record WindowAggregate(List<PlanColumn> columns, Estimate estimate, Plan child, List<Integer> partition, List<SortKey> order,
            Query.Frame frame, Optional<Expr> startOffset, Optional<Expr> endOffset, List<WindowSpec> functions) implements Unary {
    }

    /** One window function call over the child's columns. */
    record WindowSpec(int function, int type, int collation, int inputCollation, List<Expr> arguments, Optional<Expr> filter,
            boolean aggregate, boolean star) {
    }

    /** Locks the child's rows; see {@link TargetColumn} for what happens to one that has changed. */
    record LockRows(Estimate estimate, Plan child, List<LockMark> marks, Optional<Expr> recheck) implements Unary {
        @Override
        public List<PlanColumn> columns() {
            return child.columns();
        }
    }

    /** One table of a {@link LockRows}: {@code tidColumn} is the child's column with its ctid (null: no row there). */
    record LockMark(int relation, int tidColumn, Query.RowMark.Strength strength, Query.RowMark.Wait waitPolicy,
            List<TargetColumn> targetColumns) {
    }

    /**
     * Which attribute of the locked or changed table a column of the child is. When READ COMMITTED meets a row that someone
     * has changed meanwhile, these columns are replaced by the newest version's, the node's {@code recheck} condition is
     * evaluated over the child's columns, and the row is dropped if it is not true. The condition is therefore all
     * of the query's conditions that see the table; the child must give the columns that it and the node's other
     * expressions need.
     */
    record TargetColumn(int column, int attribute) {
    }

    /**
     * INSERT, UPDATE, DELETE or MERGE of the child's rows in one table. Gives the RETURNING list's columns.
     *
     * <p>Inputs of its expressions: {@link #CHILD} the child's row; {@link #NEW} and {@link #OLD} the table's row after and
     * before, all null where there is none; {@link #ROW} the new row or, of a DELETE, the old one. Columns of the latter
     * three are attribute number - 1, or the (negative) number of a system column itself. Assignments and merge conditions
     * see the child's row only. ON CONFLICT's see EXCLUDED as NEW and the existing row as OLD.
     *
     * @param tidColumn     the child's column with the ctid of the row to change; -1 for INSERT
     * @param assignments   values for columns; in INSERT those not named become null. Generated columns are not named
     * @param targetColumns for UPDATE, DELETE and MERGE
     * @param recheck       for UPDATE, DELETE and MERGE: the join condition in MERGE
     * @param given         the columns that the statement itself gives values
     * @param role          who changes foreign partitions, 0 for the current role
     */
    record Modify(List<PlanColumn> columns, Estimate estimate, Query.Command command, int relation, String alias, Plan child, int tidColumn,
            List<Assignment> assignments, List<TargetColumn> targetColumns, Optional<Expr> recheck, Optional<ConflictAction> onConflict,
            List<MergeStep> mergeSteps, List<Expr> returning, List<ViewCheck> checks, List<PolicyCheck> policyChecks,
            List<Integer> given, int role) implements Unary {
        public static final int CHILD = 0;
        public static final int NEW = 1;
        public static final int OLD = 2;
        public static final int ROW = 3;
    }

    /**
     * INSERT, UPDATE or DELETE of the child's rows in a foreign table. Inputs of {@code returning} are those of {@link Modify}.
     *
     * @param role        who changes it, 0 for the current role
     * @param direct      whether {@code remote} is the whole change; the child only shows what it does
     * @param attributes  of each row: the columns that get values there
     * @param identity    columns of the child by which a row is found there
     * @param old         columns of the child that have the old row, for each column of the table, -1 for dropped ones; empty if no trigger wants it
     * @param back        which columns each changed row comes back with, -1 for its place there; empty if it does not
     */
    record ForeignModify(List<PlanColumn> columns, Estimate estimate, Query.Command command, int relation, String alias, int server, int role,
            Plan child, boolean direct, RemoteStatement remote, List<Integer> attributes, List<Assignment> assignments, List<Integer> identity,
            List<Integer> old, List<Integer> back, List<Expr> returning, List<ViewCheck> checks) implements Unary {
    }

    /** WITH CHECK OPTION: what must be true of each new row, with inputs as RETURNING's. */
    record ViewCheck(String view, Expr condition) {
    }

    /** What policies demand of a row that is written or about to be: a condition over the table's columns as the only input. */
    record PolicyCheck(Query.PolicyCheck.Kind kind, String table, Optional<String> policy, Expr condition) {
    }

    /** A value for a column of the changed table. */
    record Assignment(int attribute, Expr value) {
    }

    /** ON CONFLICT: {@code arbiters} are unique indexes' oids; none means all. */
    record ConflictAction(boolean update, List<Integer> arbiters, List<Assignment> assignments, Optional<Expr> where) {
    }

    /** One WHEN of a MERGE; the command is INSERT, UPDATE, DELETE, or SELECT for DO NOTHING. */
    record MergeStep(Query.MergeAction.MatchKind match, Query.Command command, Optional<Expr> condition, List<Assignment> assignments) {
    }

    // ---- several children ----

    /** Kinds of join; RIGHT and FULL only by hash. */
    enum JoinKind { INNER, LEFT, RIGHT, FULL, SEMI, ANTI }

    /**
     * For each row of {@code left}, the rows of {@code right} for which the condition is true. Before each run of
     * {@code right} the slots of {@code bindings} are set from the left row. SEMI and ANTI give only the left columns.
     */
    record NestedLoop(List<PlanColumn> columns, Estimate estimate, JoinKind kind, Plan left, Plan right, List<Binding> bindings,
            Optional<Expr> condition) implements Binary {
    }

    /** A slot and its value, an expression over the left child's columns. */
    record Binding(int slot, Expr value) {
    }

    /**
     * Joins by equal keys: {@code right} is hashed, {@code left} probes.
     *
     * @param leftKeys  over the left child's columns ({@code InputColumn(0, i)}); {@code rightKeys} over the right child's, also
     *                  as {@code InputColumn(0, i)}; pairwise of types that compare with each other by hash
     * @param condition what else must hold for a match, over both
     * @param nullAware an ANTI join with NOT IN's meaning: no row at all if a right key is null, none for a null left key
     *                  unless right is empty. One key, no condition
     */
    record HashJoin(List<PlanColumn> columns, Estimate estimate, JoinKind kind, Plan left, Plan right, List<Expr> leftKeys,
            List<Expr> rightKeys, Optional<Expr> condition, boolean nullAware) implements Binary {
    }

    /** INTERSECT or EXCEPT, over all columns. */
    record SetOperation(List<PlanColumn> columns, Estimate estimate, Kind kind, boolean all, Plan left, Plan right) implements Binary {
        /** The operation. */
        public enum Kind { INTERSECT, EXCEPT }
    }

    /**
     * The children's rows one after the other; their columns have the same types. A run leaves out those that {@code pruning} says;
     * {@code alias} is what the query calls a table whose partitions they read.
     */
    record Append(List<PlanColumn> columns, Estimate estimate, List<Plan> children, List<Pruning> pruning,
            Optional<String> alias) implements Plan {
        /** One all of whose children are run. */
        public Append(List<PlanColumn> columns, Estimate estimate, List<Plan> children) {
            this(columns, estimate, children, List.of(), Optional.empty());
        }
    }

    /**
     * Which children of an Append a run may leave out, by the values of one partitioned table's key that it then knows.
     *
     * @param keys       the partition key over the table's columns, as Vars of {@code range}
     * @param conditions what the rows must fulfil, about the key
     * @param children   for each partition the numbers of the children that read it
     */
    record Pruning(int relation, int range, List<Expr> keys, List<Expr> conditions, Map<Integer, List<Integer>> children) {
    }

    /**
     * {@code left}, then {@code right} again and again over the rows of the round before, until a round gives none.
     * {@code distinct} drops rows that were there before.
     */
    record RecursiveUnion(List<PlanColumn> columns, Estimate estimate, Plan left, Plan right, int workTable, boolean distinct)
            implements Binary {
    }
}
