package org.gajah.analyze;

/** Where an expression stands, which decides what may be in it. Texts are those of PostgreSQL's messages. */
enum ExprKind {
    NONE("invalid context", true, true, true),
    OTHER("extension", true, true, true),
    JOIN_ON("JOIN conditions", false, false, false),
    FROM_SUBSELECT("sub-SELECT in FROM", true, true, true),
    FROM_FUNCTION("functions in FROM", false, false, true),
    WHERE("WHERE", false, false, false),
    HAVING("HAVING", true, false, false),
    FILTER("FILTER", false, false, false),
    WINDOW_PARTITION("window PARTITION BY", true, false, true),
    WINDOW_ORDER("window ORDER BY", true, false, true),
    WINDOW_RANGE("window RANGE", false, false, false),
    WINDOW_ROWS("window ROWS", false, false, false),
    WINDOW_GROUPS("window GROUPS", false, false, false),
    SELECT_TARGET("SELECT", true, true, true),
    INSERT_TARGET("INSERT", false, false, false),
    UPDATE_SOURCE("UPDATE", false, false, false),
    UPDATE_TARGET("UPDATE", false, false, false),
    MERGE_WHEN("MERGE WHEN conditions", false, false, false),
    GROUP_BY("GROUP BY", false, false, true),
    ORDER_BY("ORDER BY", true, true, true),
    DISTINCT_ON("DISTINCT ON", true, true, true),
    LIMIT("LIMIT", false, false, false),
    OFFSET("OFFSET", false, false, false),
    RETURNING("RETURNING", false, false, false),
    VALUES("VALUES", false, false, false),
    VALUES_SINGLE("VALUES", false, false, true),
    CHECK("check constraints", false, false, false),
    DOMAIN_CHECK("check constraints", false, false, false),
    COLUMN_DEFAULT("DEFAULT expressions", false, false, false),
    FUNCTION_DEFAULT("DEFAULT expressions", false, false, false),
    INDEX_EXPRESSION("index expressions", false, false, false),
    INDEX_PREDICATE("index predicates", false, false, false),
    ALTER_TRANSFORM("transform expressions", false, false, false),
    EXECUTE_PARAMETER("EXECUTE parameters", false, false, false),
    TRIGGER_WHEN("trigger WHEN conditions", false, false, false),
    POLICY("policy expressions", false, false, false),
    PARTITION_EXPRESSION("partition key expressions", false, false, false),
    PARTITION_BOUND("partition bound", false, false, false),
    CALL_ARGUMENT("CALL arguments", false, false, false),
    COPY_WHERE("COPY FROM WHERE conditions", false, false, false),
    GENERATED("column generation expressions", false, false, false);

    final String text;
    final boolean aggregates;
    final boolean windows;
    final boolean sets;

    ExprKind(String text, boolean aggregates, boolean windows, boolean sets) {
        this.text = text;
        this.aggregates = aggregates;
        this.windows = windows;
        this.sets = sets;
    }

    boolean isWindowDefinition() {
        return switch (this) {
            case WINDOW_PARTITION, WINDOW_ORDER, WINDOW_RANGE, WINDOW_ROWS, WINDOW_GROUPS -> true;
            default -> false;
        };
    }

    /** What messages call the place in the singular if no subquery may stand there, else an empty text. */
    String withoutSubquery() {
        return switch (this) {
            case CHECK, DOMAIN_CHECK -> "check constraint";
            case COLUMN_DEFAULT, FUNCTION_DEFAULT -> "DEFAULT expression";
            case INDEX_EXPRESSION -> "index expression";
            case INDEX_PREDICATE -> "index predicate";
            case ALTER_TRANSFORM -> "transform expression";
            case EXECUTE_PARAMETER -> "EXECUTE parameter";
            case TRIGGER_WHEN -> "trigger WHEN condition";
            case PARTITION_BOUND -> "partition bound";
            case PARTITION_EXPRESSION -> "partition key expression";
            case CALL_ARGUMENT -> "CALL argument";
            case COPY_WHERE -> "COPY FROM WHERE condition";
            case GENERATED -> "column generation expression";
            default -> "";
        };
    }
}
