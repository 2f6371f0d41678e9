package org.gajah.func;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.gajah.base.Slice;
import org.gajah.type.Utf8;

/**
 * A compiled regular expression with PostgreSQL's meaning: the match that begins first, of those the longest or the shortest as
 * the expression prefers, its parts by their own preferences (manual, section 9.7.3.5). Safe to share.
 */
final class Regex {
    private static final int CACHED = 256;
    private static final Map<Key, Regex> CACHE = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Regex> eldest) {
            return size() > CACHED;
        }
    };

    private record Key(Slice pattern, RegexFlags flags) {
    }

    private final RegexNode root;
    private final int groups;
    private final boolean ignoreCase;
    private final Map<RegexNode, RegexProgram> programs = new ConcurrentHashMap<>();

    private Regex(Slice pattern, RegexFlags flags) {
        RegexParser parser = new RegexParser(Utf8.codePoints(pattern), flags);
        root = parser.parse();
        groups = parser.groups();
        ignoreCase = flags.ignoreCase();
        program(root);
    }

    /** The compiled form of a pattern, kept for the next use. */
    static Regex of(Slice pattern, RegexFlags flags) {
        Key key = new Key(pattern, flags);
        synchronized (CACHE) {
            Regex known = CACHE.get(key);
            if (known != null) {
                return known;
            }
        }
        Regex regex = new Regex(pattern, flags);
        synchronized (CACHE) {
            CACHE.put(new Key(pattern.copy(), flags), regex);
        }
        return regex;
    }

    int groups() {
        return groups;
    }

    boolean ignoreCase() {
        return ignoreCase;
    }

    RegexProgram program(RegexNode node) {
        RegexProgram program = programs.get(node);
        if (program == null) {
            program = new RegexProgram(node);
            programs.put(node, program);
        }
        return program;
    }

    /** Whether the text matches anywhere. */
    boolean matches(CallContext context, int[] text) {
        RegexRun run = new RegexRun(this, text, context);
        if (!root.hasReferences()) {
            return run.anywhere(program(root), 0);
        }
        return find(context, text, 0, false) != null;
    }

    /**
     * The first match that begins at {@code from} or later: begin and end of the whole and of each group, -1 for a group
     * that took no part; null if there is none.
     */
    int[] find(CallContext context, int[] text, int from, boolean wantGroups) {
        RegexRun run = new RegexRun(this, text, context);
        RegexProgram program = program(root);
        if (from > text.length || !run.anywhere(program, from)) {
            return null;
        }
        boolean shortest = root.preference() == RegexNode.Preference.SHORT;
        for (int begin = from; begin <= text.length; begin++) {
            int[] match = at(run, program, begin, shortest, wantGroups);
            if (match != null) {
                return match;
            }
        }
        return null;
    }

    private int[] at(RegexRun run, RegexProgram program, int begin, boolean shortest, boolean wantGroups) {
        int length = run.text().length;
        if (!root.hasReferences()) {
            int end = shortest ? run.shortest(program, begin, length) : run.longest(program, begin, length);
            if (end < 0) {
                return null;
            }
            return wantGroups && groups > 0 ? dissected(run, begin, end) : whole(begin, end);
        }
        int[] ends = run.allEnds(program, begin, length);
        for (int i = 0; i < ends.length; i++) {
            int[] match = dissected(run, begin, ends[shortest ? i : ends.length - 1 - i]);
            if (match != null) {
                return match;
            }
        }
        return null;
    }

    private int[] whole(int begin, int end) {
        int[] match = new int[2 * (groups + 1)];
        Arrays.fill(match, -1);
        match[0] = begin;
        match[1] = end;
        return match;
    }

    private int[] dissected(RegexRun run, int begin, int end) {
        RegexDissector dissector = new RegexDissector(this, run);
        if (!dissector.dissect(root, begin, end)) {
            return null;
        }
        int[] match = dissector.groups();
        match[0] = begin;
        match[1] = end;
        return match;
    }
}
