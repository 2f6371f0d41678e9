package org.gajah.api.foreign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** A foreign-data wrapper. One instance serves the process; it keeps no state of a session. */
public interface ForeignWrapper {
    /** Its name: the extension is called so, the handler function {@code name_handler}, the validator {@code name_validator}. */
    String name();

    /** The version that pg_extension shows. */
    default String version() {
        return "1.0";
    }

    /** What CREATE EXTENSION runs behind the handler, the validator and the wrapper: SQL statements, or nothing. */
    default String script() {
        return "";
    }

    /** HV00D if an option is not known there, 22023 or the like if a value is none. */
    void validate(OptionTarget target, Map<String, String> options);

    /** In place of a predefined role: whether the current role is a superuser. */
    String SUPERUSER = "superuser";

    /** The same, where options are for some roles only: {@code mayAs} says whether the current role has the privileges of a predefined one. */
    default void validate(OptionTarget target, Map<String, String> options, Predicate<String> mayAs) {
        validate(target, options);
    }

    /** The predefined role whose privileges the owner of a table must have, for what the table's options say, if there is one. */
    default Optional<String> ownersRole(ForeignServer server, ForeignTable table) {
        return Optional.empty();
    }

    /** What a server takes, for one planning. */
    ForeignPlanner planner(ForeignServer server);

    /** The same with the server's routine mappings, for wrappers that know them. */
    default ForeignPlanner planner(ForeignServer server, List<RoutineMapping> mappings) {
        return planner(server);
    }

    /** The table, {@code schema.table}, in which the wrapper's routine mappings stand, if there is one. */
    default Optional<String> mappingTable() {
        return Optional.empty();
    }

    /** Whether a WITH query that scans the wrapper's tables is not planned in place: what stands outside it then stays here. */
    default boolean fences() {
        return false;
    }

    /** The table with what has to be looked up on the server to ask for it; asked for at each planning that reads or changes it. */
    default ForeignTable described(ForeignServer server, ForeignTable table, Supplier<ForeignSession> session, Consumer<SqlError> warnings) {
        return table;
    }

    /** 22023 if a mapping can not be used as it is written; {@code parameters} is how many the function has. */
    default void validateMapping(RoutineMapping mapping, int parameters) {
    }

    /** What runs when a function of the script is called that is declared {@code AS 'MODULE_PATHNAME', 'symbol' LANGUAGE C}. */
    default Optional<ForeignFunction> function(String symbol) {
        return Optional.empty();
    }

    /** A CREATE FOREIGN TABLE statement for each table of a remote schema, by the table's name. */
    default Map<String, String> importSchema(ForeignServer server, ForeignSession session, ImportRequest request) {
        throw new SqlError(SqlState.FDW_NO_SCHEMAS, "foreign-data wrapper \"" + server.wrapper() + "\" does not support IMPORT FOREIGN SCHEMA");
    }

    /** Whether a role without a user mapping cannot use a server. */
    default boolean needsUserMapping() {
        return false;
    }

    /** Opens what a local session needs on a server; {@code mapping} is empty if the role has none there. */
    ForeignSession open(ForeignServer server, Optional<UserMapping> mapping);

    /** The same, knowing what the local session's settings are, by name: {@code TimeZone}. */
    default ForeignSession open(ForeignServer server, Optional<UserMapping> mapping, UnaryOperator<String> settings) {
        return open(server, mapping);
    }
}
