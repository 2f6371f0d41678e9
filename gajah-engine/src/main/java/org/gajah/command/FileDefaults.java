package org.gajah.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.gajah.analyze.Expr;
import org.gajah.base.ByteSink;
import org.gajah.catalog.PlainContext;
import org.gajah.catalog.Relation;
import org.gajah.exec.TableLoader;
import org.gajah.vector.Vector;

/** The defaults of a foreign table's columns, for fields of a file that stand for them. */
public final class FileDefaults {
    private final CommandContext context;
    private final Relation table;
    private final Function<Expr, Object> evaluate;
    private final Map<Integer, Expr> values = new HashMap<>();

    /** {@code evaluate} computes an expression without columns, each time anew. */
    public FileDefaults(CommandContext context, int relation, Function<Expr, Object> evaluate) {
        this.context = context;
        this.table = context.catalog().relation(relation).orElseThrow();
        this.evaluate = evaluate;
        List<TableLoader.Default> defaults = CopyFrom.defaults(context, table, c -> true);
        defaults.forEach(d -> values.put(d.column(), d.value()));
    }

    boolean has(int column) {
        return values.containsKey(column);
    }

    /** A column's default as text; nothing for null. */
    Optional<String> text(int column) {
        Object value = evaluate.apply(values.get(column));
        if (value == null) {
            return Optional.empty();
        }
        var codec = context.catalog().codec(table.column(column).type());
        Vector one = Vector.of(codec.carrier(), 1);
        one.set(0, value);
        ByteSink out = new ByteSink();
        codec.format(one, 0, PlainContext.INSTANCE, out);
        return Optional.of(out.view().toString());
    }
}
