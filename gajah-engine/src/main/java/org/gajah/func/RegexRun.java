package org.gajah.func;

import java.util.Arrays;

/** Runs automata over a text: which ends can a match that begins here have. Time is text times automaton, never more. */
final class RegexRun {
    /** Hears each end of a match, from the shortest on; returns false to stop. */
    interface Ends {
        boolean at(int end);
    }

    private final Regex regex;
    private final int[] text;
    private final CallContext context;
    private int work;

    RegexRun(Regex regex, int[] text, CallContext context) {
        this.regex = regex;
        this.text = text;
        this.context = context;
    }

    int[] text() {
        return text;
    }

    /** Polls for cancellation now and then. */
    void tick(int amount) {
        work += amount;
        if (work > 50_000) {
            work = 0;
            context.checkCancelled();
        }
    }

    /** The steps that wait at one position. */
    private static final class States {
        final int[] list;
        final int[] mark;
        int count;
        int generation;

        States(int size) {
            list = new int[size];
            mark = new int[size];
            Arrays.fill(mark, -1);
        }

        void clear() {
            count = 0;
            generation++;
        }
    }

    private final int[] stack = new int[64];

    /** Reports all ends of matches that begin at {@code from} and end at {@code limit} at most. */
    void ends(RegexProgram program, int from, int limit, Ends ends) {
        States now = new States(program.ops.length);
        States then = new States(program.ops.length);
        now.clear();
        boolean accepted = closure(program, program.start, from, now);
        if (accepted && !ends.at(from)) {
            return;
        }
        for (int at = from; at < limit && now.count > 0; at++) {
            int c = text[at];
            then.clear();
            boolean accept = false;
            for (int i = 0; i < now.count; i++) {
                int step = now.list[i];
                if (((RegexSet) program.operands[step]).has(c)) {
                    accept |= closure(program, program.left[step], at + 1, then);
                }
            }
            tick(now.count + 1);
            if (accept && !ends.at(at + 1)) {
                return;
            }
            States swap = now;
            now = then;
            then = swap;
        }
    }

    /** Adds the character steps reachable from {@code step}; tells whether the end is among what is reached. */
    private boolean closure(RegexProgram program, int step, int at, States states) {
        int[] open = stack;
        int depth = 0;
        boolean accepted = false;
        open[depth++] = step;
        while (depth > 0) {
            int s = open[--depth];
            if (states.mark[s] == states.generation) {
                continue;
            }
            states.mark[s] = states.generation;
            if (depth + 2 > open.length) {
                open = Arrays.copyOf(open, open.length * 2);
            }
            switch (program.ops[s]) {
                case CHARS -> states.list[states.count++] = s;
                case ACCEPT -> accepted = true;
                case SPLIT -> {
                    open[depth++] = program.right[s];
                    open[depth++] = program.left[s];
                }
                case CONDITION -> {
                    if (holds((RegexNode.Condition.Kind) program.operands[s], at)) {
                        open[depth++] = program.left[s];
                    }
                }
                case LOOK -> {
                    if (holds((RegexNode.Look) program.operands[s], at)) {
                        open[depth++] = program.left[s];
                    }
                }
            }
        }
        return accepted;
    }

    private boolean holds(RegexNode.Condition.Kind kind, int at) {
        boolean before = at > 0 && RegexSet.isWord(text[at - 1]);
        boolean after = at < text.length && RegexSet.isWord(text[at]);
        return switch (kind) {
            case TEXT_START -> at == 0;
            case TEXT_END -> at == text.length;
            case LINE_START -> at == 0 || text[at - 1] == '\n';
            case LINE_END -> at == text.length || text[at] == '\n';
            case WORD_START -> !before && after;
            case WORD_END -> before && !after;
            case WORD_EDGE -> before != after;
            case NO_WORD_EDGE -> before == after;
        };
    }

    private boolean holds(RegexNode.Look look, int at) {
        RegexRun inner = new RegexRun(regex, text, context);
        RegexProgram program = regex.program(look.body);
        boolean found = false;
        if (look.behind) {
            for (int from = at; from >= 0 && !found; from--) {
                found = inner.exact(program, from, at);
            }
        } else {
            found = inner.shortest(program, at, text.length) >= 0;
        }
        return found != look.negated;
    }

    int shortest(RegexProgram program, int from, int limit) {
        int[] found = {-1};
        ends(program, from, limit, end -> {
            found[0] = end;
            return false;
        });
        return found[0];
    }

    int longest(RegexProgram program, int from, int limit) {
        int[] found = {-1};
        ends(program, from, limit, end -> {
            found[0] = end;
            return true;
        });
        return found[0];
    }

    boolean exact(RegexProgram program, int from, int to) {
        boolean[] found = {false};
        ends(program, from, to, end -> {
            found[0] = end == to;
            return !found[0];
        });
        return found[0];
    }

    /** All ends, ascending. */
    int[] allEnds(RegexProgram program, int from, int limit) {
        int[][] found = {new int[8]};
        int[] count = {0};
        ends(program, from, limit, end -> {
            if (count[0] == found[0].length) {
                found[0] = Arrays.copyOf(found[0], count[0] * 2);
            }
            found[0][count[0]++] = end;
            return true;
        });
        return Arrays.copyOf(found[0], count[0]);
    }

    /** Whether any match begins at {@code from} or later: one pass with all starts at once. */
    boolean anywhere(RegexProgram program, int from) {
        States now = new States(program.ops.length);
        States then = new States(program.ops.length);
        now.clear();
        for (int at = from;; at++) {
            if (closure(program, program.start, at, now)) {
                return true;
            }
            if (at >= text.length) {
                return false;
            }
            then.clear();
            for (int i = 0; i < now.count; i++) {
                int step = now.list[i];
                if (((RegexSet) program.operands[step]).has(text[at])
                        && closure(program, program.left[step], at + 1, then)) {
                    return true;
                }
            }
            tick(now.count + 1);
            States swap = now;
            now = then;
            then = swap;
        }
    }
}
