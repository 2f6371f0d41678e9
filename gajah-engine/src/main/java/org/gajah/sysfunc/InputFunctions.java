package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.parse.Parser;
import org.gajah.type.Datum;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** Whether text can be read as a type, and names that may be wrong: functions that answer null where a cast would fail. */
public final class InputFunctions {
    private static final List<String> MISSING = List.of("3F000", "42P01", "42704", "42883", "42725", "42602", "42601", "0A000", "3D000");

    private InputFunctions() {
    }

    private static Optional<SqlError> fault(SystemContext context, Slice text, Slice type) {
        AnalyzeContext analysis = VisibilityFunctions.analysis(context);
        Names.Typed typed = Names.type(Parser.parseTypeName(type), analysis);
        try {
            Datum.parse(context.types().codec(typed.type()), text, typed.typmod(), context.types());
            return Optional.empty();
        } catch (SqlError e) {
            return Optional.of(e);
        }
    }

    public static boolean pg_input_is_valid(SystemContext context, Slice text, Slice type) {
        return fault(context, text, type).isEmpty();
    }

    public static RecordValue pg_input_error_info(SystemContext context, Slice text, Slice type) {
        Optional<SqlError> fault = fault(context, text, type);
        Object[] values = fault.map(e -> new Object[] {Slice.of(e.getMessage()), e.detail().map(Slice::of).orElse(null),
            e.hint().map(Slice::of).orElse(null), Slice.of(e.state().code())}).orElseGet(() -> new Object[4]);
        return new RecordValue(Oids.RECORD, List.of(Oids.TEXT, Oids.TEXT, Oids.TEXT, Oids.TEXT),
                List.of("message", "detail", "hint", "sql_error_code"), values);
    }

    /** The oid of a name, or null if there is none of that name or several. */
    private static Integer find(SystemContext context, int kind, Slice name) {
        try {
            return RegNames.resolve(kind, name, VisibilityFunctions.analysis(context));
        } catch (SqlError e) {
            if (MISSING.contains(e.state().code())) {
                return null;
            }
            throw e;
        }
    }

    public static Integer to_regclass(SystemContext context, Slice name) {
        return find(context, Oids.REGCLASS, name);
    }

    public static int text_regclass(SystemContext context, Slice name) {
        return RegNames.resolve(Oids.REGCLASS, name, VisibilityFunctions.analysis(context));
    }

    public static Integer to_regtype(SystemContext context, Slice name) {
        return find(context, Oids.REGTYPE, name);
    }

    public static Integer to_regtypemod(SystemContext context, Slice name) {
        try {
            return Names.type(Parser.parseTypeName(name), VisibilityFunctions.analysis(context)).typmod();
        } catch (SqlError e) {
            if (MISSING.contains(e.state().code())) {
                return null;
            }
            throw e;
        }
    }

    public static Integer to_regnamespace(SystemContext context, Slice name) {
        return find(context, Oids.REGNAMESPACE, name);
    }

    public static Integer to_regrole(SystemContext context, Slice name) {
        return find(context, Oids.REGROLE, name);
    }

    public static Integer to_regproc(SystemContext context, Slice name) {
        return find(context, Oids.REGPROC, name);
    }

    public static Integer to_regprocedure(SystemContext context, Slice name) {
        return find(context, Oids.REGPROCEDURE, name);
    }

    public static Integer to_regoper(SystemContext context, Slice name) {
        return find(context, Oids.REGOPER, name);
    }

    public static Integer to_regoperator(SystemContext context, Slice name) {
        return find(context, Oids.REGOPERATOR, name);
    }

    public static Integer to_regcollation(SystemContext context, Slice name) {
        return find(context, Oids.REGCOLLATION, name);
    }
}
