package org.gajah.parse;

/**
 * PostgreSQL 18's keywords with their category and whether each may be a column label without AS.
 *
 * <p>The constants are the rows of {@code pg_get_keywords()}, in its order: U, C, T or R is the category, a second letter
 * A (AS needed) marks those that are no bare labels.
 */
enum Keyword {
    /** Not a keyword. */
    NOT_A_KEYWORD(Code.R),
    ABORT(Code.U), ABSENT(Code.U), ABSOLUTE(Code.U), ACCESS(Code.U), ACTION(Code.U), ADD(Code.U), ADMIN(Code.U),
    AFTER(Code.U), AGGREGATE(Code.U), ALL(Code.R), ALSO(Code.U), ALTER(Code.U), ALWAYS(Code.U), ANALYSE(Code.R),
    ANALYZE(Code.R), AND(Code.R), ANY(Code.R), ARRAY(Code.RA), AS(Code.RA), ASC(Code.R), ASENSITIVE(Code.U),
    ASSERTION(Code.U), ASSIGNMENT(Code.U), ASYMMETRIC(Code.R), AT(Code.U), ATOMIC(Code.U), ATTACH(Code.U),
    ATTRIBUTE(Code.U), AUTHORIZATION(Code.T), BACKWARD(Code.U), BEFORE(Code.U), BEGIN(Code.U), BETWEEN(Code.C),
    BIGINT(Code.C), BINARY(Code.T), BIT(Code.C), BOOLEAN(Code.C), BOTH(Code.R), BREADTH(Code.U), BY(Code.U),
    CACHE(Code.U), CALL(Code.U), CALLED(Code.U), CASCADE(Code.U), CASCADED(Code.U), CASE(Code.R), CAST(Code.R),
    CATALOG(Code.U), CHAIN(Code.U), CHAR(Code.CA), CHARACTER(Code.CA), CHARACTERISTICS(Code.U), CHECK(Code.R),
    CHECKPOINT(Code.U), CLASS(Code.U), CLOSE(Code.U), CLUSTER(Code.U), COALESCE(Code.C), COLLATE(Code.R),
    COLLATION(Code.T), COLUMN(Code.R), COLUMNS(Code.U), COMMENT(Code.U), COMMENTS(Code.U), COMMIT(Code.U),
    COMMITTED(Code.U), COMPRESSION(Code.U), CONCURRENTLY(Code.T), CONDITIONAL(Code.U), CONFIGURATION(Code.U),
    CONFLICT(Code.U), CONNECTION(Code.U), CONSTRAINT(Code.R), CONSTRAINTS(Code.U), CONTENT(Code.U), CONTINUE(Code.U),
    CONVERSION(Code.U), COPY(Code.U), COST(Code.U), CREATE(Code.RA), CROSS(Code.T), CSV(Code.U), CUBE(Code.U),
    CURRENT(Code.U), CURRENT_CATALOG(Code.R), CURRENT_DATE(Code.R), CURRENT_ROLE(Code.R), CURRENT_SCHEMA(Code.T),
    CURRENT_TIME(Code.R), CURRENT_TIMESTAMP(Code.R), CURRENT_USER(Code.R), CURSOR(Code.U), CYCLE(Code.U),
    DATA(Code.U), DATABASE(Code.U), DAY(Code.UA), DEALLOCATE(Code.U), DEC(Code.C), DECIMAL(Code.C), DECLARE(Code.U),
    DEFAULT(Code.R), DEFAULTS(Code.U), DEFERRABLE(Code.R), DEFERRED(Code.U), DEFINER(Code.U), DELETE(Code.U),
    DELIMITER(Code.U), DELIMITERS(Code.U), DEPENDS(Code.U), DEPTH(Code.U), DESC(Code.R), DETACH(Code.U),
    DICTIONARY(Code.U), DISABLE(Code.U), DISCARD(Code.U), DISTINCT(Code.R), DO(Code.R), DOCUMENT(Code.U),
    DOMAIN(Code.U), DOUBLE(Code.U), DROP(Code.U), EACH(Code.U), ELSE(Code.R), EMPTY(Code.U), ENABLE(Code.U),
    ENCODING(Code.U), ENCRYPTED(Code.U), END(Code.R), ENFORCED(Code.U), ENUM(Code.U), ERROR(Code.U), ESCAPE(Code.U),
    EVENT(Code.U), EXCEPT(Code.RA), EXCLUDE(Code.U), EXCLUDING(Code.U), EXCLUSIVE(Code.U), EXECUTE(Code.U),
    EXISTS(Code.C), EXPLAIN(Code.U), EXPRESSION(Code.U), EXTENSION(Code.U), EXTERNAL(Code.U), EXTRACT(Code.C),
    FALSE(Code.R), FAMILY(Code.U), FETCH(Code.RA), FILTER(Code.UA), FINALIZE(Code.U), FIRST(Code.U), FLOAT(Code.C),
    FOLLOWING(Code.U), FOR(Code.RA), FORCE(Code.U), FOREIGN(Code.R), FORMAT(Code.U), FORWARD(Code.U), FREEZE(Code.T),
    FROM(Code.RA), FULL(Code.T), FUNCTION(Code.U), FUNCTIONS(Code.U), GENERATED(Code.U), GLOBAL(Code.U),
    GRANT(Code.RA), GRANTED(Code.U), GREATEST(Code.C), GROUP(Code.RA), GROUPING(Code.C), GROUPS(Code.U),
    HANDLER(Code.U), HAVING(Code.RA), HEADER(Code.U), HOLD(Code.U), HOUR(Code.UA), IDENTITY(Code.U), IF(Code.U),
    ILIKE(Code.T), IMMEDIATE(Code.U), IMMUTABLE(Code.U), IMPLICIT(Code.U), IMPORT(Code.U), IN(Code.R),
    INCLUDE(Code.U), INCLUDING(Code.U), INCREMENT(Code.U), INDENT(Code.U), INDEX(Code.U), INDEXES(Code.U),
    INHERIT(Code.U), INHERITS(Code.U), INITIALLY(Code.R), INLINE(Code.U), INNER(Code.T), INOUT(Code.C), INPUT(Code.U),
    INSENSITIVE(Code.U), INSERT(Code.U), INSTEAD(Code.U), INT(Code.C), INTEGER(Code.C), INTERSECT(Code.RA),
    INTERVAL(Code.C), INTO(Code.RA), INVOKER(Code.U), IS(Code.T), ISNULL(Code.TA), ISOLATION(Code.U), JOIN(Code.T),
    JSON(Code.C), JSON_ARRAY(Code.C), JSON_ARRAYAGG(Code.C), JSON_EXISTS(Code.C), JSON_OBJECT(Code.C),
    JSON_OBJECTAGG(Code.C), JSON_QUERY(Code.C), JSON_SCALAR(Code.C), JSON_SERIALIZE(Code.C), JSON_TABLE(Code.C),
    JSON_VALUE(Code.C), KEEP(Code.U), KEY(Code.U), KEYS(Code.U), LABEL(Code.U), LANGUAGE(Code.U), LARGE(Code.U),
    LAST(Code.U), LATERAL(Code.R), LEADING(Code.R), LEAKPROOF(Code.U), LEAST(Code.C), LEFT(Code.T), LEVEL(Code.U),
    LIKE(Code.T), LIMIT(Code.RA), LISTEN(Code.U), LOAD(Code.U), LOCAL(Code.U), LOCALTIME(Code.R),
    LOCALTIMESTAMP(Code.R), LOCATION(Code.U), LOCK(Code.U), LOCKED(Code.U), LOGGED(Code.U), MAPPING(Code.U),
    MATCH(Code.U), MATCHED(Code.U), MATERIALIZED(Code.U), MAXVALUE(Code.U), MERGE(Code.U), MERGE_ACTION(Code.C),
    METHOD(Code.U), MINUTE(Code.UA), MINVALUE(Code.U), MODE(Code.U), MONTH(Code.UA), MOVE(Code.U), NAME(Code.U),
    NAMES(Code.U), NATIONAL(Code.C), NATURAL(Code.T), NCHAR(Code.C), NESTED(Code.U), NEW(Code.U), NEXT(Code.U),
    NFC(Code.U), NFD(Code.U), NFKC(Code.U), NFKD(Code.U), NO(Code.U), NONE(Code.C), NORMALIZE(Code.C),
    NORMALIZED(Code.U), NOT(Code.R), NOTHING(Code.U), NOTIFY(Code.U), NOTNULL(Code.TA), NOWAIT(Code.U), NULL(Code.R),
    NULLIF(Code.C), NULLS(Code.U), NUMERIC(Code.C), OBJECT(Code.U), OBJECTS(Code.U), OF(Code.U), OFF(Code.U),
    OFFSET(Code.RA), OIDS(Code.U), OLD(Code.U), OMIT(Code.U), ON(Code.RA), ONLY(Code.R), OPERATOR(Code.U),
    OPTION(Code.U), OPTIONS(Code.U), OR(Code.R), ORDER(Code.RA), ORDINALITY(Code.U), OTHERS(Code.U), OUT(Code.C),
    OUTER(Code.T), OVER(Code.UA), OVERLAPS(Code.TA), OVERLAY(Code.C), OVERRIDING(Code.U), OWNED(Code.U),
    OWNER(Code.U), PARALLEL(Code.U), PARAMETER(Code.U), PARSER(Code.U), PARTIAL(Code.U), PARTITION(Code.U),
    PASSING(Code.U), PASSWORD(Code.U), PATH(Code.U), PERIOD(Code.U), PLACING(Code.R), PLAN(Code.U), PLANS(Code.U),
    POLICY(Code.U), POSITION(Code.C), PRECEDING(Code.U), PRECISION(Code.CA), PREPARE(Code.U), PREPARED(Code.U),
    PRESERVE(Code.U), PRIMARY(Code.R), PRIOR(Code.U), PRIVILEGES(Code.U), PROCEDURAL(Code.U), PROCEDURE(Code.U),
    PROCEDURES(Code.U), PROGRAM(Code.U), PUBLICATION(Code.U), QUOTE(Code.U), QUOTES(Code.U), RANGE(Code.U),
    READ(Code.U), REAL(Code.C), REASSIGN(Code.U), RECURSIVE(Code.U), REF(Code.U), REFERENCES(Code.R),
    REFERENCING(Code.U), REFRESH(Code.U), REINDEX(Code.U), RELATIVE(Code.U), RELEASE(Code.U), RENAME(Code.U),
    REPEATABLE(Code.U), REPLACE(Code.U), REPLICA(Code.U), RESET(Code.U), RESTART(Code.U), RESTRICT(Code.U),
    RETURN(Code.U), RETURNING(Code.RA), RETURNS(Code.U), REVOKE(Code.U), RIGHT(Code.T), ROLE(Code.U),
    ROLLBACK(Code.U), ROLLUP(Code.U), ROUTINE(Code.U), ROUTINES(Code.U), ROW(Code.C), ROWS(Code.U), RULE(Code.U),
    SAVEPOINT(Code.U), SCALAR(Code.U), SCHEMA(Code.U), SCHEMAS(Code.U), SCROLL(Code.U), SEARCH(Code.U),
    SECOND(Code.UA), SECURITY(Code.U), SELECT(Code.R), SEQUENCE(Code.U), SEQUENCES(Code.U), SERIALIZABLE(Code.U),
    SERVER(Code.U), SESSION(Code.U), SESSION_USER(Code.R), SET(Code.U), SETOF(Code.C), SETS(Code.U), SHARE(Code.U),
    SHOW(Code.U), SIMILAR(Code.T), SIMPLE(Code.U), SKIP(Code.U), SMALLINT(Code.C), SNAPSHOT(Code.U), SOME(Code.R),
    SOURCE(Code.U), SQL(Code.U), STABLE(Code.U), STANDALONE(Code.U), START(Code.U), STATEMENT(Code.U),
    STATISTICS(Code.U), STDIN(Code.U), STDOUT(Code.U), STORAGE(Code.U), STORED(Code.U), STRICT(Code.U),
    STRING(Code.U), STRIP(Code.U), SUBSCRIPTION(Code.U), SUBSTRING(Code.C), SUPPORT(Code.U), SYMMETRIC(Code.R),
    SYSID(Code.U), SYSTEM(Code.U), SYSTEM_USER(Code.R), TABLE(Code.R), TABLES(Code.U), TABLESAMPLE(Code.T),
    TABLESPACE(Code.U), TARGET(Code.U), TEMP(Code.U), TEMPLATE(Code.U), TEMPORARY(Code.U), TEXT(Code.U), THEN(Code.R),
    TIES(Code.U), TIME(Code.C), TIMESTAMP(Code.C), TO(Code.RA), TRAILING(Code.R), TRANSACTION(Code.U),
    TRANSFORM(Code.U), TREAT(Code.C), TRIGGER(Code.U), TRIM(Code.C), TRUE(Code.R), TRUNCATE(Code.U), TRUSTED(Code.U),
    TYPE(Code.U), TYPES(Code.U), UESCAPE(Code.U), UNBOUNDED(Code.U), UNCOMMITTED(Code.U), UNCONDITIONAL(Code.U),
    UNENCRYPTED(Code.U), UNION(Code.RA), UNIQUE(Code.R), UNKNOWN(Code.U), UNLISTEN(Code.U), UNLOGGED(Code.U),
    UNTIL(Code.U), UPDATE(Code.U), USER(Code.R), USING(Code.R), VACUUM(Code.U), VALID(Code.U), VALIDATE(Code.U),
    VALIDATOR(Code.U), VALUE(Code.U), VALUES(Code.C), VARCHAR(Code.C), VARIADIC(Code.R), VARYING(Code.UA),
    VERBOSE(Code.T), VERSION(Code.U), VIEW(Code.U), VIEWS(Code.U), VIRTUAL(Code.U), VOLATILE(Code.U), WHEN(Code.R),
    WHERE(Code.RA), WHITESPACE(Code.U), WINDOW(Code.RA), WITH(Code.RA), WITHIN(Code.UA), WITHOUT(Code.UA),
    WORK(Code.U), WRAPPER(Code.U), WRITE(Code.U), XML(Code.U), XMLATTRIBUTES(Code.C), XMLCONCAT(Code.C),
    XMLELEMENT(Code.C), XMLEXISTS(Code.C), XMLFOREST(Code.C), XMLNAMESPACES(Code.C), XMLPARSE(Code.C), XMLPI(Code.C),
    XMLROOT(Code.C), XMLSERIALIZE(Code.C), XMLTABLE(Code.C), YEAR(Code.UA), YES(Code.U), ZONE(Code.U);

    /** Where a keyword may stand for a name. */
    enum Category {
        /** Anywhere. */
        UNRESERVED,
        /** A column or table, not a function or type. */
        COL_NAME,
        /** A function or type, not a column or table. */
        TYPE_FUNC_NAME,
        /** As a label only. */
        RESERVED
    }

    private enum Code {
        U(Category.UNRESERVED, true), UA(Category.UNRESERVED, false), C(Category.COL_NAME, true),
        CA(Category.COL_NAME, false), T(Category.TYPE_FUNC_NAME, true), TA(Category.TYPE_FUNC_NAME, false),
        R(Category.RESERVED, true), RA(Category.RESERVED, false);

        final Category category;
        final boolean bareLabel;

        Code(Category category, boolean bareLabel) {
            this.category = category;
            this.bareLabel = bareLabel;
        }
    }

    private final Category category;
    private final boolean bareLabel;
    private final String word;

    Keyword(Code code) {
        category = code.category;
        bareLabel = code.bareLabel;
        word = name().toLowerCase(java.util.Locale.ROOT);
    }

    Category category() {
        return category;
    }

    /** Whether it may be a column label without AS. */
    boolean isBareLabel() {
        return bareLabel;
    }

    /** The word in lower case. */
    String word() {
        return word;
    }
}
