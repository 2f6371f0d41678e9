package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.api.foreign.ForeignType;

/**
 * SQL with the values of its parameters, in which lists have as many places as they have values and comparisons with what is not there are
 * decided. Lists grow by powers of two, the last
 * value again and again, so that the server sees few different texts.
 */
record ListedValues(String sql, List<Value> values) {
    /** The value of one question mark. */
    record Value(ForeignType type, Optional<String> text) {
    }

    static ListedValues of(RemoteSql remote, List<Optional<String>> parameters, JdbcValues kind) {
        List<Value> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        int from = 0;
        for (int i = 0; i < remote.parameters().size(); i++) {
            RemoteSql.Bound bound = remote.parameters().get(i);
            Optional<String> text = parameters.get(bound.number());
            Optional<RangedSql> compared = RangedSql.find(remote.sql(), i);
            if (compared.isPresent()) {
                Place place = text.map(t -> kind.place(bound.type(), t)).orElse(Place.WITHIN);
                sql.append(remote.sql(), from, compared.get().begin()).append(place == Place.WITHIN ? compared.get().comparison() : compared.get().decided(place));
                if (place == Place.WITHIN) {
                    values.add(new Value(bound.type(), text));
                }
                from = compared.get().end();
                continue;
            }
            int begin = remote.sql().indexOf(JdbcSql.LIST_BEGIN, from);
            boolean list = bound.type().name().endsWith("[]") && begin >= 0;
            if (!list) {
                values.add(new Value(bound.type(), text));
                continue;
            }
            int end = remote.sql().indexOf(JdbcSql.LIST_END, begin);
            sql.append(remote.sql(), from, begin);
            ForeignType element = new ForeignType(0, bound.type().name().substring(0, bound.type().name().length() - 2), -1);
            List<String> there = text.flatMap(ListText::elements).orElse(List.of()).stream().flatMap(Optional::stream).distinct()
                    .filter(e -> kind.place(element, e) == Place.WITHIN).toList();
            list(remote.sql().substring(begin + 1, end), kind.listed(element), there.size(), sql);
            values.addAll(IntStream.range(0, places(there.size())).mapToObj(n -> new Value(element, Optional.of(there.get(Math.min(n, there.size() - 1))))).toList());
            from = end + 1;
        }
        return new ListedValues(sql.append(remote.sql().substring(from)).toString(), values);
    }

    private static int places(int count) {
        return count == 0 ? 0 : Integer.highestOneBit(count * 2 - 1);
    }

    private static void list(String column, String value, int count, StringBuilder sql) {
        if (count == 0) {
            sql.append("(1 = 0)");
            return;
        }
        int places = places(count);
        sql.append('(');
        for (int i = 0; i < places; i += JdbcSql.MOST_LISTED) {
            int part = Math.min(places - i, JdbcSql.MOST_LISTED);
            sql.append(i == 0 ? "" : " OR ").append(column).append(" IN (").append(String.join(", ", Collections.nCopies(part, value))).append(')');
        }
        sql.append(')');
    }
}
