package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Constraint;
import org.gajah.ast.TableElement;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.parse.Parser;
import org.gajah.sysfunc.RegNames;

/** LIKE in CREATE TABLE: the columns of another table, as if they had been written. */
final class TableLike {
    private final CommandContext context;

    TableLike(CommandContext context) {
        this.context = context;
    }

    List<TableElement> expand(List<TableElement> elements) {
        List<TableElement> expanded = new ArrayList<>();
        for (TableElement element : elements) {
            if (element instanceof TableElement.TableLikeClause like) {
                if (!like.options().isEmpty()) {
                    throw SqlError.notSupported("LIKE ... INCLUDING is not supported");
                }
                Relation source = Names.relation(like.relation(), context.analysis());
                source.columns().stream().filter(c -> !c.dropped()).forEach(c -> expanded.add(column(c)));
            } else {
                expanded.add(element);
            }
        }
        return expanded;
    }

    /** A column of the same name and type. */
    ColumnDef plain(Relation.Column c) {
        TypeName type = Parser.parseTypeName(Slice.of(RegNames.typeName(c.type(), c.typmod(), context.analysis())));
        return ColumnDef.of(c.name(), type, List.of(), 0);
    }

    private ColumnDef column(Relation.Column c) {
        TypeName type = Parser.parseTypeName(Slice.of(RegNames.typeName(c.type(), c.typmod(), context.analysis())));
        List<Constraint> constraints = c.notNull()
                ? List.of(new Constraint.NotNull(Optional.empty(), Optional.empty(), Constraint.Attributes.NONE, 0)) : List.of();
        return new ColumnDef(c.name(), Optional.of(type), constraints, List.of(), Optional.empty(), Optional.empty(), List.of(), 0);
    }
}
