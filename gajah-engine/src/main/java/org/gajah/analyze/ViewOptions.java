package org.gajah.analyze;

import java.util.List;

import org.gajah.catalog.Catalog;

/**
 * What a view was declared with.
 *
 * @param barrier  conditions from outside may not see rows that the view hides
 * @param invoker  its tables are used with the rights of whoever uses the view, not of its owner
 * @param checked  new rows must be rows of the view: WITH LOCAL or CASCADED CHECK OPTION
 * @param cascaded new rows must also be rows of the views beneath
 */
record ViewOptions(boolean barrier, boolean invoker, boolean checked, boolean cascaded) {
    static ViewOptions of(Catalog catalog, int view) {
        boolean barrier = false;
        boolean invoker = false;
        String check = "";
        for (String option : catalog.relationOptions(view)) {
            int at = option.indexOf('=');
            String value = option.substring(at + 1);
            switch (option.substring(0, at)) {
                case "security_barrier" -> barrier = isTrue(value);
                case "security_invoker" -> invoker = isTrue(value);
                case "check_option" -> check = value;
                default -> { }
            }
        }
        return new ViewOptions(barrier, invoker, !check.isEmpty(), check.equalsIgnoreCase("cascaded"));
    }

    private static boolean isTrue(String value) {
        return List.of("true", "on", "yes", "1", "t", "y").contains(value.toLowerCase(java.util.Locale.ROOT));
    }
}
