package org.gajah.func;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.gajah.base.StackGuard;

/** Takes a match apart: given where it begins and ends, finds what each group matched by the preferences of the parts. */
final class RegexDissector {
    private final Regex regex;
    private final RegexRun run;
    private final int[] text;
    private final StackGuard guard = new StackGuard();
    /** Begin and end of each group, -1 where it took no part. */
    private final int[] groups;

    RegexDissector(Regex regex, RegexRun run) {
        this.regex = regex;
        this.run = run;
        this.text = run.text();
        this.groups = new int[2 * (regex.groups() + 1)];
        Arrays.fill(groups, -1);
    }

    int[] groups() {
        return groups;
    }

    /** Whether {@code node} can match from {@code from} to {@code to}, back references included; sets the groups if so. */
    boolean dissect(RegexNode node, int from, int to) {
        run.tick(1);
        guard.enter();
        boolean matched = matches(node, from, to);
        guard.leave();
        return matched;
    }

    private boolean matches(RegexNode node, int from, int to) {
        return switch (node) {
            case RegexNode.Empty e -> from == to;
            case RegexNode.Chars c -> to == from + 1 && c.set.has(text[from]);
            case RegexNode.Condition c -> run.exact(regex.program(c), from, to);
            case RegexNode.Look l -> run.exact(regex.program(l), from, to);
            case RegexNode.Group g -> {
                if (!dissect(g.body, from, to)) {
                    yield false;
                }
                groups[2 * g.index] = from;
                groups[2 * g.index + 1] = to;
                yield true;
            }
            case RegexNode.Reference r -> same(r.index, from, to);
            case RegexNode.Choice c -> choice(c, from, to);
            case RegexNode.Sequence s -> sequence(s, from, to);
            case RegexNode.Repeat r -> repeat(r, from, to);
        };
    }

    private boolean same(int group, int from, int to) {
        int begin = groups[2 * group];
        int end = groups[2 * group + 1];
        if (begin < 0 || end - begin != to - from) {
            return false;
        }
        boolean fold = regex.ignoreCase();
        for (int i = 0; i < to - from; i++) {
            int a = text[begin + i];
            int b = text[from + i];
            if (a != b && !(fold && lower(a) == lower(b))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    private boolean choice(RegexNode.Choice c, int from, int to) {
        for (RegexNode branch : c.branches) {
            int[] saved = groups.clone();
            if (run.exact(regex.program(branch), from, to) && dissect(branch, from, to)) {
                return true;
            }
            System.arraycopy(saved, 0, groups, 0, saved.length);
        }
        return false;
    }

    private boolean sequence(RegexNode.Sequence s, int from, int to) {
        RegexProgram second = regex.program(s.second);
        if (!s.hasGroups()) {
            return run.exact(regex.program(s), from, to);
        }
        int[] ends = run.allEnds(regex.program(s.first), from, to);
        boolean shortFirst = s.first.preference() == RegexNode.Preference.SHORT;
        for (int i = 0; i < ends.length; i++) {
            int middle = ends[shortFirst ? i : ends.length - 1 - i];
            if (run.exact(second, middle, to)) {
                int[] saved = groups.clone();
                if (dissect(s.first, from, middle) && dissect(s.second, middle, to)) {
                    return true;
                }
                System.arraycopy(saved, 0, groups, 0, saved.length);
            }
        }
        return false;
    }

    private boolean repeat(RegexNode.Repeat r, int from, int to) {
        if (!r.hasGroups()) {
            return run.exact(regex.program(r), from, to);
        }
        if (r.min == 0 && from == to) {
            return !run.exact(regex.program(r.body), from, to) || dissect(r.body, from, to);
        }
        return new Iterations(r, to).from(from, 0);
    }

    /** Forgets the groups inside a part: those of an iteration that is not the last do not count. */
    private void forget(RegexNode node) {
        switch (node) {
            case RegexNode.Group g -> {
                groups[2 * g.index] = -1;
                groups[2 * g.index + 1] = -1;
                forget(g.body);
            }
            case RegexNode.Choice c -> c.branches.forEach(this::forget);
            case RegexNode.Sequence s -> {
                forget(s.first);
                forget(s.second);
            }
            case RegexNode.Repeat r -> forget(r.body);
            case RegexNode.Empty e -> {
            }
            case RegexNode.Chars c -> {
            }
            case RegexNode.Condition c -> {
            }
            case RegexNode.Look l -> {
            }
            case RegexNode.Reference x -> {
            }
        }
    }

    /** The search for the ends of a repetition's iterations; a place that once failed is not tried again. */
    private final class Iterations {
        private final RegexNode.Repeat repeat;
        private final RegexProgram body;
        private final int to;
        private final boolean shortFirst;
        private final boolean references;
        private final Set<Long> failed = new HashSet<>();

        Iterations(RegexNode.Repeat repeat, int to) {
            this.repeat = repeat;
            this.body = regex.program(repeat.body);
            this.to = to;
            this.shortFirst = repeat.body.preference() == RegexNode.Preference.SHORT;
            this.references = repeat.hasReferences();
        }

        /** Without back references the ends can be found first, in a loop, and only the last iteration be taken apart. */
        boolean from(int start, int done) {
            if (references) {
                return search(start, done);
            }
            int[][] choices = new int[16][];
            int[] next = new int[16];
            int[] begins = new int[16];
            int depth = 0;
            begins[0] = start;
            choices[0] = ends(start);
            while (depth >= 0) {
                int[] ends = choices[depth];
                if (next[depth] >= ends.length) {
                    failed.add(key(begins[depth], depth));
                    depth--;
                    continue;
                }
                int end = ends[shortFirst ? next[depth] : ends.length - 1 - next[depth]];
                next[depth]++;
                int count = depth + 1;
                if (end == to && count >= repeat.min) {
                    forget(repeat.body);
                    return dissect(repeat.body, begins[depth], end);
                }
                boolean stuck = end == begins[depth] && count >= repeat.min;
                if (stuck || repeat.max >= 0 && count >= repeat.max || failed.contains(key(end, count))) {
                    continue;
                }
                depth++;
                if (depth == choices.length) {
                    choices = Arrays.copyOf(choices, depth * 2);
                    next = Arrays.copyOf(next, depth * 2);
                    begins = Arrays.copyOf(begins, depth * 2);
                }
                begins[depth] = end;
                next[depth] = 0;
                choices[depth] = ends(end);
            }
            return false;
        }

        private int[] ends(int from) {
            return run.allEnds(body, from, to);
        }

        private long key(int at, int count) {
            int relevant = repeat.max < 0 ? Math.min(count, repeat.min) : count;
            return (long) at << 20 | relevant;
        }

        private boolean search(int start, int done) {
            int[] ends = ends(start);
            for (int i = 0; i < ends.length; i++) {
                int end = ends[shortFirst ? i : ends.length - 1 - i];
                int count = done + 1;
                if (end == start && count >= repeat.min && end != to) {
                    continue;
                }
                int[] saved = groups.clone();
                forget(repeat.body);
                if (dissect(repeat.body, start, end)) {
                    if (end == to && count >= repeat.min) {
                        return true;
                    }
                    if ((repeat.max < 0 || count < repeat.max) && count < 2000 && search(end, count)) {
                        return true;
                    }
                }
                System.arraycopy(saved, 0, groups, 0, saved.length);
            }
            return false;
        }
    }
}
