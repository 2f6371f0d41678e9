package org.gajah.plan;

import java.util.List;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Relation;

/**
 * A table in FROM while ways to read it are compared.
 *
 * @param asOwner    who a foreign table is read as, 0 for the current role
 * @param inherit    whether the rows of tables that inherit from it are among its rows
 * @param attributes the column numbers that the query needs, ascending; {@code outputs} are the same as Vars
 * @param security   conditions of policies, which no other condition may get ahead of
 */
record BaseTable(int range, String alias, Relation relation, List<Integer> attributes, List<Expr> outputs, int asOwner, List<Expr> security,
        boolean inherit) {
}
