package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SQL Server. Its collations take more strings for equal than are, and blanks at the end never count. */
final class SqlServerDialect extends Dialect {
    SqlServerDialect() {
        super("sqlserver");
    }

    @Override
    Set<String> exactTypes() {
        return NUMBERS_AND_MOMENTS;
    }

    @Override
    Map<String, String> functions() {
        return DECIMAL_FUNCTIONS;
    }

    @Override
    boolean widensSums() {
        return false;
    }

    @Override
    Limit limit() {
        return Limit.OFFSET_FETCH;
    }

    @Override
    Nulls nulls() {
        return Nulls.KEY;
    }

    @Override
    boolean fullJoins() {
        return true;
    }

    @Override
    boolean setOperations() {
        return true;
    }

    @Override
    String literal(String type, String value) {
        return switch (type) {
            case "date" -> "CAST('" + value + "' AS date)";
            case "timestamp" -> "CAST('" + value + "' AS datetime2)";
            case "text", "varchar", "bpchar" -> "N" + super.literal(type, value);
            default -> super.literal(type, value);
        };
    }

    @Override
    Optional<String> sampled(String percent, String part) {
        return Optional.of(" TABLESAMPLE (" + percent + " PERCENT)");
    }
}
