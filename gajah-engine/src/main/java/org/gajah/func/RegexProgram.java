package org.gajah.func;

import java.util.ArrayList;
import java.util.List;

/** A part of a regular expression as a nondeterministic automaton: each step reads a character, checks a condition, or branches. */
final class RegexProgram {
    /** More steps than this is too complex. */
    private static final int MAX_STEPS = 100_000;

    enum Op { CHARS, SPLIT, CONDITION, LOOK, ACCEPT }

    final Op[] ops;
    final Object[] operands;
    final int[] left;
    final int[] right;
    final int start;
    /** Whether every path begins by reading a character. */
    final boolean plain;

    private static final class Builder {
        final List<Op> ops = new ArrayList<>();
        final List<Object> operands = new ArrayList<>();
        final List<int[]> next = new ArrayList<>();

        int add(Op op, Object operand, int left, int right) {
            if (ops.size() >= MAX_STEPS) {
                throw RegexParser.error("regular expression is too complex");
            }
            ops.add(op);
            operands.add(operand);
            next.add(new int[] {left, right});
            return ops.size() - 1;
        }

        /** Adds the steps of {@code node} before step {@code then}; returns the first. */
        int build(RegexNode node, int then) {
            return switch (node) {
                case RegexNode.Empty e -> then;
                case RegexNode.Chars c -> add(Op.CHARS, c.set, then, -1);
                case RegexNode.Sequence s -> sequence(s, then);
                case RegexNode.Group g -> build(g.body, then);
                case RegexNode.Reference r -> build(r.body, then);
                case RegexNode.Condition c -> add(Op.CONDITION, c.kind, then, -1);
                case RegexNode.Look l -> add(Op.LOOK, l, then, -1);
                case RegexNode.Choice c -> {
                    int first = build(c.branches.getLast(), then);
                    for (int i = c.branches.size() - 2; i >= 0; i--) {
                        first = add(Op.SPLIT, null, build(c.branches.get(i), then), first);
                    }
                    yield first;
                }
                case RegexNode.Repeat r -> repeat(r, then);
            };
        }

        private int sequence(RegexNode.Sequence s, int then) {
            List<RegexNode> parts = new ArrayList<>();
            RegexNode rest = s;
            while (rest instanceof RegexNode.Sequence more) {
                parts.add(more.first);
                rest = more.second;
            }
            int first = build(rest, then);
            for (int i = parts.size() - 1; i >= 0; i--) {
                first = build(parts.get(i), first);
            }
            return first;
        }

        private int repeat(RegexNode.Repeat r, int then) {
            int first = then;
            if (r.max < 0) {
                int loop = add(Op.SPLIT, null, -1, then);
                int body = build(r.body, loop);
                next.get(loop)[0] = body;
                first = loop;
            } else {
                for (int i = r.min; i < r.max; i++) {
                    first = add(Op.SPLIT, null, build(r.body, first), then);
                }
            }
            for (int i = 0; i < r.min; i++) {
                first = build(r.body, first);
            }
            return first;
        }
    }

    RegexProgram(RegexNode node) {
        Builder builder = new Builder();
        int accept = builder.add(Op.ACCEPT, null, -1, -1);
        start = builder.build(node, accept);
        ops = builder.ops.toArray(new Op[0]);
        operands = builder.operands.toArray();
        left = builder.next.stream().mapToInt(n -> n[0]).toArray();
        right = builder.next.stream().mapToInt(n -> n[1]).toArray();
        boolean conditions = false;
        for (Op op : ops) {
            conditions |= op == Op.CONDITION || op == Op.LOOK;
        }
        plain = !conditions;
    }
}
