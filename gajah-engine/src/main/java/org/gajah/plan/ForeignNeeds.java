package org.gajah.plan;

import java.util.Map;
import java.util.Set;

import org.gajah.analyze.Expr;

/**
 * What a level needs of the foreign tables in its FROM.
 *
 * @param columns those that are read above FROM and WHERE
 * @param changes whether it is an UPDATE's or DELETE's
 * @param sorts   whether what is above sorts the rows, so that their order does not matter
 * @param locks   for each range table entry whose rows are to be locked, the words for it: {@code FOR UPDATE}
 */
record ForeignNeeds(Set<Expr> columns, Map<Integer, String> locks, boolean changes, boolean sorts) {
    static final ForeignNeeds NONE = new ForeignNeeds(Set.of(), Map.of(), false, false);
}
