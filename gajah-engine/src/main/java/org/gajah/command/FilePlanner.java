package org.gajah.command;

import java.util.List;
import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.Judgement;
import org.gajah.api.foreign.RemoteStatement;

/** A file is read from its beginning to its end, and all else is done here. */
final class FilePlanner implements ForeignPlanner {
    private static final double ROW_COST = 0.1;

    @Override
    public Judgement judge(ForeignExpr condition) {
        return new Judgement.Local("");
    }

    @Override
    public boolean computes(ForeignExpr value) {
        return false;
    }

    @Override
    public boolean sorts(ForeignQuery.SortKey key) {
        return false;
    }

    /** PostgreSQL converts all columns where none is asked for, and finds what is wrong with them. */
    @Override
    public boolean readsAllForNone() {
        return true;
    }

    @Override
    public RemoteStatement query(ForeignQuery query) {
        ForeignTable table = ((ForeignQuery.From.Table) query.from()).table();
        List<Integer> columns = query.output().stream().map(e -> e instanceof ForeignExpr.Column c ? c.column().number() : 0).toList();
        return new FileQuery(table, columns);
    }

    @Override
    public List<ForeignColumn> identity(ForeignTable table) {
        return List.of();
    }

    @Override
    public RemoteStatement change(ForeignChange change) {
        String verb = change.kind().name().toLowerCase(Locale.ROOT);
        throw SqlError.notSupported("cannot " + verb + (change.kind() == ForeignChange.Kind.INSERT ? " into" : change.kind() == ForeignChange.Kind.DELETE ? " from" : "")
                + " foreign table \"" + change.table().name() + "\"");
    }

    @Override
    public double startupCost() {
        return 0;
    }

    @Override
    public double rowCost() {
        return ROW_COST;
    }
}
