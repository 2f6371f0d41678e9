package org.gajah.command;

import java.util.List;

import org.gajah.ast.Persistence;

/**
 * A relation to be made.
 *
 * @param kind   pg_class.relkind
 * @param method pg_class.relam, 0 for relations without one
 */
record NewRelation(String name, int namespace, char kind, char persistence, int method, List<NewColumn> columns) {
    /**
     * A column to be made.
     *
     * @param length    pg_type.typlen and the like of its type come with it, for pg_attribute
     * @param identity  a, d or 0; {@code generated} s, v or 0
     */
    record NewColumn(String name, int type, int typmod, int collation, int dimensions, boolean notNull, boolean hasDefault, char identity,
            char generated) {
        static NewColumn plain(String name, int type, int typmod, int collation) {
            return new NewColumn(name, type, typmod, collation, 0, false, false, (char) 0, (char) 0);
        }
    }

    static char persistence(Persistence persistence) {
        return switch (persistence) {
            case PERMANENT -> 'p';
            case UNLOGGED -> 'u';
            case TEMPORARY -> 't';
        };
    }
}
