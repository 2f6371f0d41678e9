package org.gajah.plpgsql;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.settings.Settings;

/** What {@code plpgsql.extra_errors} and {@code plpgsql.extra_warnings} look for while a function runs. */
final class ExtraChecks {
    private final Activation a;
    private final Supplier<String> place;
    /** The settings' version that {@link #none} is of. */
    private int version = -1;
    private boolean none;

    /** {@code place} is what CONTEXT tells of a warning. */
    ExtraChecks(Activation activation, Supplier<String> place) {
        this.a = activation;
        this.place = place;
    }

    /** ERROR or WARNING if the check is on. */
    Optional<String> level(String check) {
        Settings settings = a.session().settings();
        if (version != settings.version()) {
            version = settings.version();
            none = settings.get("plpgsql.extra_errors").equals("none") && settings.get("plpgsql.extra_warnings").equals("none");
        }
        return none ? Optional.empty() : level(settings, check);
    }

    static Optional<String> level(Settings settings, String check) {
        return isOn(settings.get("plpgsql.extra_errors"), check) ? Optional.of("ERROR")
                : isOn(settings.get("plpgsql.extra_warnings"), check) ? Optional.of("WARNING") : Optional.empty();
    }

    private static boolean isOn(String setting, String check) {
        if (setting.equals("none")) {
            return false;
        }
        String all = setting.toLowerCase(Locale.ROOT);
        return all.equals("all") || ("," + all.replace(" ", "") + ",").contains("," + check + ",");
    }

    /** Throws it, or sends it as a warning. */
    void raise(String level, SqlError error) {
        if (level.equals("ERROR")) {
            throw error;
        }
        a.session().message(level, error.context(place.get()));
    }

    /** strict_multi_assignment: targets that are listed, or the fields of a row, take as many columns as there are. */
    void requireAsMany(Target target, int columns) {
        Optional<String> level = level("strict_multi_assignment");
        if (level.isEmpty()) {
            return;
        }
        int wanted = switch (target) {
            case Target.Several s -> s.targets().size();
            case Target.Whole w when a.function().isRow(w.variable()) -> (int) a.columns(w.variable().type()).stream().filter(c -> !c.dropped()).count();
            case Target.Whole _, Target.Part _ -> 1;
        };
        boolean open = target instanceof Target.Whole w && a.function().isRow(w.variable()) && wanted == 0;
        if (!open && wanted != columns) {
            raise(level.get(), new SqlError(SqlState.DATATYPE_MISMATCH, "number of source and target fields in assignment does not match")
                    .detail("strict_multi_assignment check of " + (level.get().equals("ERROR") ? "extra_errors" : "extra_warnings") + " is active.")
                    .hint("Make sure the query returns the exact list of columns."));
        }
    }
}
