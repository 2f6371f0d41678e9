package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Composes the errors for names that mean nothing here, with the hints about what may have been meant. */
final class MissingNames {
    private static final int MAX_LEVENSHTEIN_LENGTH = 255;
    private static final int MAX_FUZZY_DISTANCE = 3;

    private final Analysis a;

    MissingNames(Analysis analysis) {
        a = analysis;
    }

    SqlError relation(Scope scope, String name, int location) {
        Optional<NamespaceItem> hidden = anywhere(scope, name);
        if (hidden.isEmpty()) {
            Optional<String> alias = aliasOf(scope, name);
            if (alias.isPresent()) {
                return new SqlError(SqlState.UNDEFINED_TABLE, "invalid reference to FROM-clause entry for table \"" + name + "\"")
                        .hint("Perhaps you meant to reference the table alias \"" + alias.get() + "\".").at(location);
            }
            return new SqlError(SqlState.UNDEFINED_TABLE, "missing FROM-clause entry for table \"" + name + "\"").at(location);
        }
        SqlError error = new SqlError(SqlState.UNDEFINED_TABLE, "invalid reference to FROM-clause entry for table \"" + name + "\"")
                .detail("There is an entry for table \"" + name + "\", but it cannot be referenced from this part of the query.").at(location);
        boolean wouldWork = hidden.get().lateralOnly;
        return wouldWork ? error.hint("To reference that table, you must mark this subquery with LATERAL.") : error;
    }

    /** An item of this name that is there, only not visible. */
    private static Optional<NamespaceItem> anywhere(Scope scope, String name) {
        Optional<Scope> at = Optional.of(scope);
        while (at.isPresent()) {
            for (NamespaceItem item : at.get().namespace) {
                if (item.alias.equals(name)) {
                    return Optional.of(item);
                }
            }
            for (int i = 0; i < at.get().rangeTable.size(); i++) {
                RangeEntry entry = at.get().rangeTable.get(i);
                if (entry.alias().equals(name) && !(entry instanceof RangeEntry.Join)) {
                    return Optional.of(new NamespaceItem(name, i, List.of(), Optional.empty(), false));
                }
            }
            at = at.get().parent;
        }
        return Optional.empty();
    }

    /** The alias under which the table of this name stands in FROM. */
    private Optional<String> aliasOf(Scope scope, String name) {
        Optional<Integer> oid = a.typeNames.relation(List.of(name)).map(r -> r.oid());
        if (oid.isEmpty()) {
            return Optional.empty();
        }
        Optional<Scope> at = Optional.of(scope);
        while (at.isPresent()) {
            for (RangeEntry entry : at.get().rangeTable) {
                if (entry instanceof RangeEntry.Relation r && r.oid() == oid.get() && !r.alias().equals(name)) {
                    return Optional.of(r.alias());
                }
            }
            at = at.get().parent;
        }
        return Optional.empty();
    }

    /** {@code qualifier} is empty for a bare name. */
    SqlError column(Scope scope, String qualifier, String name, int location) {
        String shown = qualifier.isEmpty() ? "\"" + name + "\"" : qualifier + "." + name;
        SqlError error = new SqlError(SqlState.UNDEFINED_COLUMN, "column " + shown + " does not exist").at(location);
        List<Guess> exact = new ArrayList<>();
        List<Guess> best = new ArrayList<>();
        int least = guesses(scope, qualifier, name, exact, best);
        if (!exact.isEmpty()) {
            Guess g = exact.getFirst();
            return g.visible() ? error.hint("Perhaps you meant to reference the column \"" + g.table() + "." + g.column() + "\".")
                    : hiddenColumn(error, g, name, exact.size());
        }
        if (least > name.length() / 2 || best.isEmpty() || best.size() > 2) {
            return error;
        }
        Guess first = best.getFirst();
        String hint = "Perhaps you meant to reference the column \"" + first.table() + "." + first.column() + "\"";
        if (best.size() == 2) {
            hint += " or the column \"" + best.get(1).table() + "." + best.get(1).column() + "\"";
        }
        return error.hint(hint + ".");
    }

    private static SqlError hiddenColumn(SqlError error, Guess g, String name, int count) {
        if (count > 1) {
            return error.detail("There are columns named \"" + name + "\", but they are in tables that cannot be referenced from this part "
                    + "of the query.").hint("Try using a table-qualified name.");
        }
        SqlError detailed = error.detail("There is a column named \"" + name + "\" in table \"" + g.table()
                + "\", but it cannot be referenced from this part of the query.");
        return g.lateral() ? detailed.hint("To reference that column, you must mark this subquery with LATERAL.")
                : g.qualifiable() ? detailed.hint("To reference that column, you must use a table-qualified name.") : detailed;
    }

    private record Guess(String table, String column, boolean visible, boolean lateral, boolean qualifiable) {
    }

    /** Gathers columns of that name elsewhere, and those with the least distance to it; returns that distance. */
    private static int guesses(Scope scope, String qualifier, String name, List<Guess> exact, List<Guess> best) {
        int least = MAX_FUZZY_DISTANCE + 1;
        Optional<Scope> at = Optional.of(scope);
        while (at.isPresent()) {
            for (int i = 0; i < at.get().rangeTable.size(); i++) {
                RangeEntry entry = at.get().rangeTable.get(i);
                if (entry instanceof RangeEntry.Join) {
                    continue;
                }
                if (SystemColumn.of(name) != null && entry instanceof RangeEntry.Relation r && "vc".indexOf(r.kind()) < 0
                        && (qualifier.isEmpty() || qualifier.equals(entry.alias()))) {
                    exact.add(new Guess(entry.alias(), name, false, false, true));
                }
                int penalty = qualifier.isEmpty() ? 0 : distance(qualifier, entry.alias());
                Optional<NamespaceItem> item = itemOf(at.get(), i);
                for (String column : entry.columnNames()) {
                    if (column.isEmpty()) {
                        continue;
                    }
                    if (column.equals(name) && (qualifier.isEmpty() || penalty == 0)) {
                        exact.add(new Guess(entry.alias(), column, false, item.map(n -> n.lateralOnly).orElse(false),
                                item.map(n -> n.relationVisible && !n.columnsVisible).orElse(false)));
                        continue;
                    }
                    int distance = penalty + distance(name, column);
                    if (distance < least) {
                        least = distance;
                        best.clear();
                    }
                    if (distance == least && distance <= MAX_FUZZY_DISTANCE) {
                        best.add(new Guess(entry.alias(), column, true, false, false));
                    }
                }
            }
            at = at.get().parent;
        }
        return least;
    }

    private static Optional<NamespaceItem> itemOf(Scope scope, int rangeIndex) {
        return scope.namespace.stream().filter(i -> i.rangeIndex == rangeIndex).findFirst();
    }

    /** Levenshtein's distance, which counts as too far for very long names. */
    private static int distance(String from, String to) {
        if (from.length() > MAX_LEVENSHTEIN_LENGTH || to.length() > MAX_LEVENSHTEIN_LENGTH) {
            return MAX_LEVENSHTEIN_LENGTH;
        }
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
