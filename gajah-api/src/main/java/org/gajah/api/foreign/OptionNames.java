package org.gajah.api.foreign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The options that a wrapper knows, by what they are given to. */
public record OptionNames(Map<OptionTarget, List<String>> known) {
    private static final int FURTHEST = 4;

    /** HV00D for the first option that is not known there, with the one that may have been meant. */
    public void require(OptionTarget target, Set<String> given) {
        List<String> valid = known.getOrDefault(target, List.of());
        for (String option : given) {
            if (!valid.contains(option)) {
                throw unknown(SqlState.FDW_INVALID_OPTION_NAME, option, valid);
            }
        }
    }

    /** HV00D for the first option that is not known there, with all that are. */
    public void requireListing(OptionTarget target, Set<String> given) {
        List<String> valid = known.getOrDefault(target, List.of());
        for (String option : given) {
            if (!valid.contains(option)) {
                throw new SqlError(SqlState.FDW_INVALID_OPTION_NAME, "invalid option \"" + option + "\"")
                        .hint("Valid options in this context are: " + String.join(", ", valid));
            }
        }
    }

    /** The error for an option that nobody knows. */
    public static SqlError unknown(SqlState state, String option, List<String> valid) {
        SqlError error = new SqlError(state, "invalid option \"" + option + "\"");
        if (valid.isEmpty()) {
            return error.hint("There are no valid options in this context.");
        }
        return closest(option, valid).map(c -> error.hint("Perhaps you meant the option \"" + c + "\".")).orElse(error);
    }

    /** The nearest name by edit distance, unless all are further than four edits or half of what was written. */
    private static Optional<String> closest(String written, List<String> valid) {
        Optional<String> best = Optional.empty();
        int least = Math.min(FURTHEST, written.length() / 2) + 1;
        for (String name : valid) {
            int distance = distance(written, name);
            if (distance < least) {
                least = distance;
                best = Optional.of(name);
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
