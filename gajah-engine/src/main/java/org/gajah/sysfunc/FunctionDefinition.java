package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.SchemaRow;

/** Shows a function's parameters, its result, and the command that makes it. */
final class FunctionDefinition {
    private static final int INTERNAL = 12;
    private static final int C = 13;

    private final CatalogView catalog;
    private final DeparseNames names;
    private final StoredText stored;
    private final ProcRow row;
    private final AnalyzeContext context;

    FunctionDefinition(CatalogView catalog, AnalyzeContext context, ProcRow row) {
        this.context = context;
        this.catalog = catalog;
        this.row = row;
        names = new DeparseNames(context);
        stored = new StoredText(context);
    }

    private record Argument(char mode, String name, int type) {
        boolean isInput() {
            return mode == 'i' || mode == 'b' || mode == 'v';
        }
    }

    private List<Argument> arguments() {
        List<Integer> types = row.allTypes().isEmpty() ? row.argTypes() : row.allTypes();
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            char mode = i < row.modes().size() ? row.modes().get(i) : 'i';
            arguments.add(new Argument(mode, i < row.names().size() ? row.names().get(i) : "", types.get(i)));
        }
        return arguments;
    }

    /** The parameters, with their defaults or without. */
    String parameters(boolean defaults) {
        return print(false, defaults);
    }

    private String print(boolean tableColumns, boolean withDefaults) {
        List<String> defaults = withDefaults && row.defaultCount() > 0 ? stored.list(row.defaults().orElseThrow()) : List.of();
        int withoutDefault = row.argTypes().size() - defaults.size();
        int orderBy = catalog.aggregate(row.oid()).filter(a -> a.kind() != 'n').map(a -> a.directArgs()).orElse(-1);
        StringBuilder out = new StringBuilder();
        int inputs = 0;
        int printed = 0;
        List<Argument> arguments = arguments();
        for (int i = 0; i < arguments.size(); i++) {
            Argument a = arguments.get(i);
            inputs += a.isInput() ? 1 : 0;
            if (tableColumns != (a.mode() == 't')) {
                continue;
            }
            out.append(printed == orderBy ? (printed > 0 ? " ORDER BY " : "ORDER BY ") : printed > 0 ? ", " : "");
            out.append(modeWord(a.mode())).append(a.name().isEmpty() ? "" : Identifiers.quote(a.name()) + " ")
                    .append(names.type(a.type(), -1));
            if (a.isInput() && inputs > withoutDefault && !defaults.isEmpty()) {
                out.append(" DEFAULT ").append(defaults.get(inputs - withoutDefault - 1));
            }
            printed++;
            if (printed == orderBy && i == arguments.size() - 1) {
                // a variadic ordered-set aggregate takes its last parameter on both sides
                out.append(" ORDER BY ").append(modeWord(a.mode())).append(names.type(a.type(), -1));
            }
        }
        return out.toString();
    }

    private String modeWord(char mode) {
        return switch (mode) {
            case 'i' -> row.kind() == 'p' ? "IN " : "";
            case 'b' -> "INOUT ";
            case 'o' -> "OUT ";
            case 'v' -> "VARIADIC ";
            default -> "";
        };
    }

    /** What RETURNS says; nothing for a procedure. */
    Optional<String> result() {
        if (row.kind() == 'p') {
            return Optional.empty();
        }
        String columns = row.returnsSet() ? print(true, false) : "";
        return Optional.of(!columns.isEmpty() ? "TABLE(" + columns + ")"
                : (row.returnsSet() ? "SETOF " : "") + names.type(row.returnType(), -1));
    }

    /** The default of an input parameter, counted from 1 over all parameters. */
    Optional<String> argumentDefault(int number) {
        List<Argument> arguments = arguments();
        if (number < 1 || number > arguments.size() || !arguments.get(number - 1).isInput() || row.defaultCount() == 0) {
            return Optional.empty();
        }
        int input = (int) arguments.subList(0, number).stream().filter(Argument::isInput).count();
        List<String> defaults = stored.list(row.defaults().orElseThrow());
        int at = input - 1 - (row.argTypes().size() - defaults.size());
        return at < 0 ? Optional.empty() : Optional.of(defaults.get(at));
    }

    /** CREATE OR REPLACE FUNCTION ... */
    String create() {
        if (row.kind() == 'a') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + row.name() + "\" is an aggregate function");
        }
        CatalogRow full = catalog.row("pg_proc", 2690, row.oid()).orElseThrow();
        boolean procedure = row.kind() == 'p';
        StringBuilder out = new StringBuilder("CREATE OR REPLACE ").append(procedure ? "PROCEDURE " : "FUNCTION ");
        out.append(Identifiers.quote(catalog.schema(row.namespace()).map(SchemaRow::name).orElse(""))).append('.')
                .append(Identifiers.quote(row.name())).append('(').append(parameters(true)).append(")\n");
        result().ifPresent(r -> out.append(" RETURNS ").append(r).append('\n'));
        out.append(" LANGUAGE ").append(language()).append('\n').append(options(full)).append(settings(full));
        if (sqlBody().isPresent()) {
            return out.append(sqlBody().get()).append('\n').toString();
        }
        full.textIfAny("probin").ifPresent(file -> out.append("AS ").append(DeparseConst.quote(file)).append(", "));
        if (full.get("probin") == null) {
            out.append("AS ");
        }
        String quote = procedure ? "$procedure" : "$function";
        while (row.source().contains(quote)) {
            quote += "x";
        }
        return out.append(quote).append('$').append(row.source()).append(quote).append("$\n").toString();
    }

    /** The body, if it is written in SQL itself. */
    Optional<String> sqlBody() {
        return row.sqlBody().map(body -> StoredBody.read(body).map(stored -> stored.show(context, row.name(), inputNames())).orElse(body));
    }

    private List<String> inputNames() {
        return arguments().stream().filter(Argument::isInput).map(Argument::name).toList();
    }

    private String language() {
        return catalog.row("pg_language", 2682, row.language()).map(r -> Identifiers.quote(r.text("lanname"))).orElse("");
    }

    private String options(CatalogRow full) {
        StringBuilder out = new StringBuilder(row.kind() == 'w' ? " WINDOW" : "");
        out.append(row.volatility() == 'i' ? " IMMUTABLE" : row.volatility() == 's' ? " STABLE" : "");
        out.append(switch (full.letter("proparallel")) {
            case 's' -> " PARALLEL SAFE";
            case 'r' -> " PARALLEL RESTRICTED";
            default -> "";
        });
        out.append(row.strict() ? " STRICT" : "").append(row.securityDefiner() ? " SECURITY DEFINER" : "")
                .append(row.leakproof() ? " LEAKPROOF" : "");
        double usual = row.language() == INTERNAL || row.language() == C ? 1 : 100;
        if (full.real("procost") != usual) {
            out.append(" COST ").append(number(full.real("procost")));
        }
        if (row.rows() > 0 && row.rows() != 1000) {
            out.append(" ROWS ").append(number(row.rows()));
        }
        if (full.number("prosupport") != 0) {
            out.append(" SUPPORT ").append(names.function(full.number("prosupport")));
        }
        return out.isEmpty() ? "" : out.append('\n').toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6 ? Long.toString((long) value) : Float.toString((float) value);
    }

    /** SET clauses; a list's elements are quoted one by one. */
    private static String settings(CatalogRow full) {
        if (full.get("proconfig") == null) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        for (String setting : full.texts("proconfig")) {
            int equals = setting.indexOf('=');
            String name = setting.substring(0, equals);
            String value = setting.substring(equals + 1);
            boolean list = name.equalsIgnoreCase("search_path") || name.equalsIgnoreCase("temp_tablespaces")
                    || name.toLowerCase(Locale.ROOT).endsWith("_preload_libraries");
            String shown = list ? String.join(", ", List.of(value.split(",")).stream().map(String::strip)
                    .map(v -> DeparseConst.quote(v.startsWith("\"") ? v.substring(1, v.length() - 1) : v)).toList())
                    : DeparseConst.quote(value);
            out.append(" SET ").append(Identifiers.quote(name)).append(" TO ").append(shown).append('\n');
        }
        return out.toString();
    }
}
