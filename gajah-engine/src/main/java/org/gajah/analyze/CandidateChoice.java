package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import org.gajah.type.Oids;

/** Chooses among functions or operators that all accept the arguments by coercion: the steps of manual sections 10.2 and 10.3. */
final class CandidateChoice {
    private static final char NO_CATEGORY = 0;

    private final Analysis a;

    CandidateChoice(Analysis analysis) {
        a = analysis;
    }

    <T> Optional<T> choose(List<Integer> argTypes, List<T> candidates, Function<T, List<Integer>> parameters) {
        List<Integer> base = argTypes.stream().map(t -> t == Oids.UNKNOWN ? t : a.types.base(t)).toList();
        List<T> left = most(candidates, c -> exactMatches(base, parameters.apply(c)));
        if (left.size() == 1) {
            return Optional.of(left.getFirst());
        }
        List<Character> categories = base.stream().map(t -> a.types.category(t)).toList();
        left = most(left, c -> preferredMatches(base, categories, parameters.apply(c)));
        if (left.size() == 1) {
            return Optional.of(left.getFirst());
        }
        if (!base.contains(Oids.UNKNOWN)) {
            return Optional.empty();
        }
        left = byUnknownsCategory(base, left, parameters);
        if (left.size() == 1) {
            return Optional.of(left.getFirst());
        }
        return asKnownType(base, left, parameters);
    }

    private static <T> List<T> most(List<T> candidates, ToIntFunction<T> score) {
        int best = candidates.stream().mapToInt(score).max().orElse(0);
        return candidates.stream().filter(c -> score.applyAsInt(c) == best).toList();
    }

    private static int exactMatches(List<Integer> base, List<Integer> parameters) {
        int matches = 0;
        for (int i = 0; i < base.size(); i++) {
            if (base.get(i) != Oids.UNKNOWN && base.get(i).equals(parameters.get(i))) {
                matches++;
            }
        }
        return matches;
    }

    private int preferredMatches(List<Integer> base, List<Character> categories, List<Integer> parameters) {
        int matches = 0;
        for (int i = 0; i < base.size(); i++) {
            int parameter = parameters.get(i);
            if (base.get(i) != Oids.UNKNOWN && (base.get(i) == parameter
                    || a.types.preferred(parameter) && a.types.category(parameter) == categories.get(i))) {
                matches++;
            }
        }
        return matches;
    }

    private <T> List<T> byUnknownsCategory(List<Integer> base, List<T> candidates, Function<T, List<Integer>> parameters) {
        char[] category = new char[base.size()];
        boolean[] preferred = new boolean[base.size()];
        for (int i = 0; i < base.size(); i++) {
            if (base.get(i) != Oids.UNKNOWN) {
                continue;
            }
            boolean conflict = false;
            for (T candidate : candidates) {
                int type = parameters.apply(candidate).get(i);
                char its = a.types.category(type);
                boolean isPreferred = a.types.preferred(type);
                if (category[i] == NO_CATEGORY) {
                    category[i] = its;
                    preferred[i] = isPreferred;
                } else if (category[i] == its) {
                    preferred[i] |= isPreferred;
                } else if (its == 'S') {
                    category[i] = its;
                    preferred[i] = isPreferred;
                } else {
                    conflict = true;
                }
            }
            if (conflict && category[i] != 'S') {
                return candidates;
            }
        }
        List<T> kept = candidates.stream().filter(c -> inCategories(base, category, preferred, parameters.apply(c))).toList();
        return kept.isEmpty() ? candidates : kept;
    }

    private boolean inCategories(List<Integer> base, char[] category, boolean[] preferred, List<Integer> parameters) {
        for (int i = 0; i < base.size(); i++) {
            if (base.get(i) == Oids.UNKNOWN && (a.types.category(parameters.get(i)) != category[i]
                    || preferred[i] && !a.types.preferred(parameters.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** If all known arguments have one type, the unknown ones are tried as that type too. */
    private <T> Optional<T> asKnownType(List<Integer> base, List<T> candidates, Function<T, List<Integer>> parameters) {
        List<Integer> known = base.stream().filter(t -> t != Oids.UNKNOWN).distinct().toList();
        if (known.size() != 1) {
            return Optional.empty();
        }
        List<Integer> assumed = new ArrayList<>();
        for (int i = 0; i < base.size(); i++) {
            assumed.add(known.getFirst());
        }
        List<T> fitting = candidates.stream()
                .filter(c -> a.coercer.canCoerce(assumed, parameters.apply(c), CoercionContext.IMPLICIT)).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }
}
