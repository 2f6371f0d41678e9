package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignType;

/**
 * SQL with the values of its parameters, in which lists have as many places as they have values. Lists grow by powers of two, the last
 * value again and again, so that the server sees few different texts.
 */
record ListedValues(String sql, List<Value> values) {
    /** The value of one question mark. */
    record Value(ForeignType type, Optional<String> text) {
    }

    static ListedValues of(RemoteSql remote, List<Optional<String>> parameters) {
        List<Value> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        int from = 0;
        for (RemoteSql.Bound bound : remote.parameters()) {
            Optional<String> text = parameters.get(bound.number());
            int begin = remote.sql().indexOf(JdbcSql.LIST_BEGIN, from);
            boolean list = bound.type().name().endsWith("[]") && begin >= 0;
            if (!list) {
                values.add(new Value(bound.type(), text));
                continue;
            }
            int end = remote.sql().indexOf(JdbcSql.LIST_END, begin);
            sql.append(remote.sql(), from, begin);
            list(remote.sql().substring(begin + 1, end), bound.type(), text, sql, values);
            from = end + 1;
        }
        return new ListedValues(sql.append(remote.sql().substring(from)).toString(), values);
    }

    private static void list(String column, ForeignType type, Optional<String> text, StringBuilder sql, List<Value> values) {
        ForeignType element = new ForeignType(0, type.name().substring(0, type.name().length() - 2), -1);
        List<Optional<String>> there = new ArrayList<>(text.flatMap(ListText::elements).orElse(List.of()).stream().filter(Optional::isPresent).distinct().toList());
        if (there.isEmpty()) {
            sql.append("(1 = 0)");
            return;
        }
        int places = Integer.highestOneBit(there.size() * 2 - 1);
        there.addAll(Collections.nCopies(places - there.size(), there.getLast()));
        sql.append('(');
        for (int i = 0; i < places; i += JdbcSql.MOST_LISTED) {
            int count = Math.min(places - i, JdbcSql.MOST_LISTED);
            sql.append(i == 0 ? "" : " OR ").append(column).append(" IN (").append(String.join(", ", Collections.nCopies(count, "?"))).append(')');
        }
        sql.append(')');
        there.forEach(value -> values.add(new Value(element, value)));
    }
}
