package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.OptionNames;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.ast.DefElem;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.foreign.ForeignWrappers;
import org.gajah.type.ArrayValue;

/** Options of SQL/MED objects: what OPTIONS (...) makes of those that are there, checked by the wrapper's validator. */
final class ForeignOptions {
    private static final String LIBPQ_VALIDATOR = "postgresql_fdw_validator";
    private static final Map<OptionTarget, List<String>> LIBPQ = Map.of(
            OptionTarget.SERVER, List.of("authtype", "service", "connect_timeout", "dbname", "host", "hostaddr", "port", "tty", "options",
                    "requiressl", "sslmode", "gsslib", "gssdelegation"),
            OptionTarget.USER_MAPPING, List.of("user", "password"));

    private final CommandContext context;

    ForeignOptions(CommandContext context) {
        this.context = context;
    }

    /** The options after a change, in PostgreSQL's order, as the catalogs keep them; null if there are none. */
    ArrayValue changed(List<String> stored, List<DefElem> written, OptionTarget target, int validator) {
        Map<String, String> options = ForeignCatalog.options(stored);
        for (DefElem e : written) {
            apply(options, e);
        }
        validate(options, target, validator);
        return value(options);
    }

    /** Options as the catalogs keep them; null if there are none. */
    static ArrayValue value(Map<String, String> options) {
        List<String> texts = new ArrayList<>();
        options.forEach((name, value) -> texts.add(name + "=" + value));
        return texts.isEmpty() ? null : CatalogValues.texts(texts);
    }

    /** Makes one change. */
    static void apply(Map<String, String> options, DefElem e) {
        boolean there = options.containsKey(e.name());
        switch (e.action()) {
            case ADD, UNSPECIFIED -> {
                if (there) {
                    throw new SqlError(SqlState.DUPLICATE_OBJECT, "option \"" + e.name() + "\" provided more than once");
                }
                if (e.name().contains("=")) {
                    throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid option name \"" + e.name() + "\": must not contain \"=\"");
                }
                options.put(e.name(), OptionValues.text(e).orElse(""));
            }
            case SET -> {
                requireThere(there, e.name());
                options.put(e.name(), OptionValues.text(e).orElse(""));
            }
            case DROP -> {
                requireThere(there, e.name());
                options.remove(e.name());
            }
        }
    }

    private static void requireThere(boolean there, String name) {
        if (!there) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "option \"" + name + "\" not found");
        }
    }

    private void validate(Map<String, String> options, OptionTarget target, int validator) {
        if (validator == 0) {
            return;
        }
        ProcRow function = context.catalog().function(validator).orElseThrow();
        if (function.source().equals(LIBPQ_VALIDATOR)) {
            List<String> valid = LIBPQ.getOrDefault(target, List.of());
            options.keySet().stream().filter(o -> !valid.contains(o)).findFirst().ifPresent(o -> {
                throw OptionNames.unknown(SqlState.SYNTAX_ERROR, o, valid);
            });
            return;
        }
        ForeignWrappers.ofFunction(function.source(), "_validator").orElseThrow(() -> SqlError.notSupported(
                "validator function \"" + function.name() + "\" is not supported")).validate(target, options,
                        role -> role.equals(ForeignWrapper.SUPERUSER) ? context.currentRole().superuser() : context.isMember(role));
    }

    /** The validator of a wrapper, 0 if it has none. */
    int validatorOf(int wrapper) {
        return context.catalog().row("pg_foreign_data_wrapper", 112, wrapper).map(r -> r.number("fdwvalidator")).orElse(0);
    }

    /** The validator of a server's wrapper. */
    int validatorOf(CatalogRow server) {
        return validatorOf(server.number("srvfdw"));
    }
}
