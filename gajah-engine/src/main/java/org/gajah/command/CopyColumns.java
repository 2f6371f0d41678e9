package org.gajah.command;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.exec.TableLoader;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;

/** The columns of a table that COPY moves, in the order of the data. */
record CopyColumns(List<Relation.Column> columns, List<TypeCodec> codecs) {
    /** Those named, or all that can be given. */
    static CopyColumns of(Relation table, List<String> names, CommandContext context) {
        List<Relation.Column> columns = new ArrayList<>();
        if (names.isEmpty()) {
            table.columns().stream().filter(c -> !c.dropped() && c.generated() == 0 && !c.hidden()).forEach(columns::add);
        }
        for (String name : names) {
            Relation.Column column = AlterTableCommands.column(table, name);
            if (columns.contains(column)) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
            }
            if (column.generated() != 0) {
                throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "column \"" + name + "\" is a generated column")
                        .detail("Generated columns cannot be used in COPY.");
            }
            columns.add(column);
        }
        return new CopyColumns(columns, columns.stream().map(c -> context.catalog().inputCodec(c.type())).toList());
    }

    /** How their values get into the loader's vectors. */
    CopyField[] fields(TableLoader loader, TypeContext types) {
        CopyField[] fields = new CopyField[count()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = CopyField.of(columns.get(i), codecs.get(i), types, loader.column(columns.get(i).number()));
        }
        return fields;
    }

    int count() {
        return columns.size();
    }

    /** Which of them an option names; 42P10 if it names others. */
    boolean[] chosen(CopyOptions.Columns choice, String option, Relation table) {
        for (String name : choice.names()) {
            AlterTableCommands.column(table, name);
            if (columns.stream().noneMatch(c -> c.name().equals(name))) {
                throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, option + " column \"" + name + "\" not referenced by COPY");
            }
        }
        boolean[] chosen = new boolean[columns.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = choice.contains(columns.get(i).name());
        }
        return chosen;
    }
}
