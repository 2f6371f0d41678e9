package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.RangeVar;
import org.gajah.ast.TypeName;
import org.gajah.catalog.Relation;

/** Finds relations and types by name, for commands. */
public final class Names {
    /** A type with its modifier. */
    public record Typed(int type, int typmod) {
    }

    private Names() {
    }

    /** The relation of this name, whatever its kind; 42P01 if there is none. */
    public static Relation relation(RangeVar name, AnalyzeContext context) {
        List<String> parts = new ArrayList<>();
        name.catalog().ifPresent(parts::add);
        name.schema().ifPresent(parts::add);
        parts.add(name.relation());
        return new Analysis(context).typeNames.relation(parts).orElseThrow(() -> missing(parts).at(name.location()));
    }

    /** The relation of this name, maybe qualified. */
    public static Relation relation(List<String> name, AnalyzeContext context) {
        return new Analysis(context).typeNames.relation(name).orElseThrow(() -> missing(name));
    }

    private static SqlError missing(List<String> name) {
        return new SqlError(SqlState.UNDEFINED_TABLE, "relation \"" + String.join(".", name) + "\" does not exist");
    }

    /** The type of this name; 42704 if there is none. */
    public static Typed type(TypeName name, AnalyzeContext context) {
        Types.Typed typed = new Analysis(context).typeNames.resolve(name);
        return new Typed(typed.type(), typed.typmod());
    }

    /** The collation of this name; 42704 if there is none. */
    public static int collation(List<String> name, int location, AnalyzeContext context) {
        return new Analysis(context).typeNames.collation(name, location);
    }
}
