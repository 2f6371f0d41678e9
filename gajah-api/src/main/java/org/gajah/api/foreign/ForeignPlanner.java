package org.gajah.api.foreign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a server takes of a query, and how it will be asked. Made for one planning; it opens no connection. */
public interface ForeignPlanner {
    /** What the server can do with a condition, which is of type boolean. */
    Judgement judge(ForeignExpr condition);

    /** Whether the server computes the very value that PostgreSQL would, as text of the same type. */
    boolean computes(ForeignExpr value);

    /** Whether rows sorted by this key there are sorted here. */
    boolean sorts(ForeignQuery.SortKey key);

    /** Whether it joins so. */
    default boolean joins(ForeignQuery.JoinKind kind) {
        return false;
    }

    /** Whether it groups, aggregates and removes duplicates; each key and aggregate is also asked about. */
    default boolean groups() {
        return false;
    }

    /** Whether rows are the same group there if and only if they are here, as to this key, and which value stands for the group does not matter. */
    default boolean groupsBy(ForeignExpr key) {
        return computes(key);
    }

    /** Whether it has DISTINCT ON; each key is also asked about as a group's. */
    default boolean distinctOn() {
        return false;
    }

    /** Whether it combines queries so; each output is also asked about as a group's key. */
    default boolean combines(ForeignQuery.SetKind kind, boolean all) {
        return false;
    }

    /** Whether a query may stand in FROM; each column that is read of it is also asked about. */
    default boolean nests() {
        return false;
    }

    /** Whether the rows of a query in FROM stay in its order as long as nothing but conditions and a limit are above it. */
    default boolean keepsOrder() {
        return false;
    }

    /**
     * A column of a query in FROM, or of several that are combined; empty if the values are not to be relied on there.
     *
     * @param number its number, from 1
     * @param values what each of the queries gives for it; each is computed there
     */
    default Optional<ForeignColumn> derived(int number, ForeignType type, List<ForeignExpr> values) {
        return Optional.of(new ForeignColumn(number, "c" + number, type, false, Map.of()));
    }

    /** Whether rows have a place there, the system column ctid, which stays theirs until the transaction ends. */
    default boolean places() {
        return false;
    }

    /** Whether rows of which no column is needed come with all of them. */
    default boolean readsAllForNone() {
        return false;
    }

    /** Whether it takes LIMIT and OFFSET. */
    default boolean limits() {
        return false;
    }

    /** The query as it will be run. */
    RemoteStatement query(ForeignQuery query);

    /** Some of the rows of a query of one whole table, for ANALYZE; empty if it must read all. */
    default Optional<RemoteSample> sample(ForeignQuery query) {
        return Optional.empty();
    }

    /** The same for about so many rows, of a table whose size the server may be asked for. */
    default Optional<RemoteSample> sample(ForeignQuery query, int most, Supplier<ForeignSession> session) {
        return sample(query);
    }

    /** A query of one row with these values, out of no table; empty if there is no such query. */
    default Optional<RemoteStatement> values(List<ForeignExpr> values) {
        return Optional.empty();
    }

    /** The columns by which UPDATE and DELETE find a row; an error if the table cannot be changed so. */
    default List<ForeignColumn> identity(ForeignTable table) {
        throw org.gajah.api.SqlError.notSupported("cannot update foreign table \"" + table.name() + "\"");
    }

    /** Whether a changed row can come back as it is there then. */
    default boolean returns(ForeignTable table, ForeignChange.Kind kind) {
        return true;
    }

    /** The change as it will be run; 55000 or 0A000 if it cannot be. */
    default RemoteStatement change(ForeignChange change) {
        throw org.gajah.api.SqlError.notSupported("cannot change foreign table \"" + change.table().name() + "\"");
    }

    /**
     * A whole UPDATE or DELETE of the table number {@code target} for each row of a query, with the values that the columns get; empty if it
     * cannot be done there.
     */
    default Optional<RemoteStatement> changeWhere(ForeignChange change, int target, ForeignQuery rows, List<ForeignExpr> values) {
        return Optional.empty();
    }

    /**
     * A whole INSERT of the rows of a query of the same server, whose output is what the columns get; empty if it cannot be done there, or
     * the columns would become other values than if they were sent from here.
     */
    default Optional<RemoteStatement> insertAll(ForeignChange change, ForeignQuery rows) {
        return Optional.empty();
    }

    /** TRUNCATE of tables; 55000 or 0A000 if it cannot be done. */
    default RemoteStatement truncate(List<ForeignTable> tables, boolean cascade, boolean restartIdentity) {
        throw org.gajah.api.SqlError.notSupported("cannot truncate foreign table \"" + tables.getFirst().name() + "\"");
    }

    /** How many rows to hand over at once with INSERT. */
    default int batchSize(ForeignTable table) {
        return 1;
    }

    /** What starting a query costs in units of the planner. */
    default double startupCost() {
        return 100;
    }

    /** What a row costs that is fetched, in units of the planner. */
    default double rowCost() {
        return 0.2;
    }
}
