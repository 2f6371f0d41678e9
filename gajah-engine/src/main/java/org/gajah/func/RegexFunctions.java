package org.gajah.func;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Errors;

/** Regular expression operators and functions. */
public final class RegexFunctions {
    private RegexFunctions() {
    }

    static boolean test(CallContext context, Slice s, Slice pattern, RegexFlags flags) {
        return Regex.of(pattern, flags).matches(context, new RegexText(s).points);
    }

    public static boolean textregexeq(CallContext context, Slice s, Slice pattern) {
        return test(context, s, pattern, RegexFlags.NONE);
    }

    public static boolean textregexne(CallContext context, Slice s, Slice pattern) {
        return !test(context, s, pattern, RegexFlags.NONE);
    }

    public static boolean nameregexeq(CallContext context, Slice s, Slice pattern) {
        return test(context, s, pattern, RegexFlags.NONE);
    }

    public static boolean nameregexne(CallContext context, Slice s, Slice pattern) {
        return !test(context, s, pattern, RegexFlags.NONE);
    }

    public static boolean texticregexeq(CallContext context, Slice s, Slice pattern) {
        return test(context, s, pattern, RegexFlags.IGNORE_CASE);
    }

    public static boolean texticregexne(CallContext context, Slice s, Slice pattern) {
        return !test(context, s, pattern, RegexFlags.IGNORE_CASE);
    }

    public static boolean nameicregexeq(CallContext context, Slice s, Slice pattern) {
        return test(context, s, pattern, RegexFlags.IGNORE_CASE);
    }

    public static boolean nameicregexne(CallContext context, Slice s, Slice pattern) {
        return !test(context, s, pattern, RegexFlags.IGNORE_CASE);
    }

    public static boolean regexp_like_no_flags(CallContext context, Slice s, Slice pattern) {
        return test(context, s, pattern, RegexFlags.NONE);
    }

    public static boolean regexp_like(CallContext context, Slice s, Slice pattern, Slice flags) {
        return test(context, s, pattern, notGlobal(flags, "regexp_like"));
    }

    /** Options without g; 22023 naming the function. */
    private static RegexFlags notGlobal(Slice letters, String function) {
        RegexFlags flags = RegexFlags.of(letters);
        if (flags.global()) {
            SqlError error = Errors.invalidParameter(function + "() does not support the \"global\" option");
            throw function.equals("regexp_match") ? error.hint("Use the regexp_matches function instead.") : error;
        }
        return flags;
    }

    public static Slice textregexsubstr(CallContext context, Slice s, Slice pattern) {
        Regex regex = Regex.of(pattern, RegexFlags.NONE);
        RegexText text = new RegexText(s);
        int[] match = regex.find(context, text.points, 0, true);
        return match == null ? null : text.group(match, regex.groups() > 0 ? 1 : 0);
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw bad(name, value);
        }
    }

    private static SqlError bad(String name, int value) {
        return Errors.invalidParameter("invalid value for parameter \"" + name + "\": " + value);
    }

    private static Slice replace(CallContext context, Slice s, Slice pattern, Slice with, int start, int n, RegexFlags flags) {
        Regex regex = Regex.of(pattern, flags);
        RegexText text = new RegexText(s);
        boolean plain = TextFunctions.indexOf(with, Slice.of("\\"), 0) < 0;
        ByteSink out = new ByteSink(s.length() + with.length());
        int done = 0;
        int from = start - 1;
        int count = 0;
        while (from <= text.points.length) {
            int[] match = regex.find(context, text.points, from, !plain);
            if (match == null) {
                break;
            }
            count++;
            if (n == 0 || count == n) {
                out.put(text.slice(done, match[0]));
                if (plain) {
                    out.put(with);
                } else {
                    substitute(text, match, regex.groups(), with, out);
                }
                done = match[1];
                TextFunctions.checkedSize(out.size());
                if (n != 0) {
                    break;
                }
            }
            from = match[1] == match[0] ? match[1] + 1 : match[1];
        }
        return out.put(text.slice(done, text.points.length)).view();
    }

    private static void substitute(RegexText text, int[] match, int groups, Slice with, ByteSink out) {
        for (int i = 0; i < with.length(); i++) {
            int c = with.at(i);
            int next = c == '\\' && i + 1 < with.length() ? with.at(i + 1) : 0;
            if (next >= '1' && next <= '9') {
                Slice group = next - '0' <= groups ? text.group(match, next - '0') : null;
                out.put(group == null ? Slice.EMPTY : group);
                i++;
            } else if (next == '&') {
                out.put(text.group(match, 0));
                i++;
            } else {
                out.putByte(c);
                i += next == '\\' ? 1 : 0;
            }
        }
    }

    public static Slice textregexreplace_noopt(CallContext context, Slice s, Slice pattern, Slice with) {
        return replace(context, s, pattern, with, 1, 1, RegexFlags.NONE);
    }

    public static Slice textregexreplace(CallContext context, Slice s, Slice pattern, Slice with, Slice flags) {
        if (!flags.isEmpty() && flags.at(0) >= '0' && flags.at(0) <= '9') {
            throw Errors.invalidParameter("invalid regular expression option: \"" + flags.slice(0, 1) + "\"")
                    .hint("If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer "
                            + "explicitly.");
        }
        RegexFlags options = RegexFlags.of(flags);
        return replace(context, s, pattern, with, 1, options.global() ? 0 : 1, options);
    }

    public static Slice textregexreplace_extended(CallContext context, Slice s, Slice pattern, Slice with, int start, int n,
            Slice flags) {
        positive("start", start);
        if (n < 0) {
            throw bad("n", n);
        }
        return replace(context, s, pattern, with, start, n, RegexFlags.of(flags));
    }

    public static Slice textregexreplace_extended_no_flags(CallContext context, Slice s, Slice pattern, Slice with, int start,
            int n) {
        return textregexreplace_extended(context, s, pattern, with, start, n, Slice.EMPTY);
    }

    public static Slice textregexreplace_extended_no_n(CallContext context, Slice s, Slice pattern, Slice with, int start) {
        return textregexreplace_extended(context, s, pattern, with, start, 1, Slice.EMPTY);
    }

    /** All matches; for splitting, without empty ones at the ends or right behind another. */
    private static List<int[]> all(CallContext context, Regex regex, RegexText text, int start, boolean global, boolean split) {
        List<int[]> matches = new ArrayList<>();
        int from = start;
        int last = 0;
        while (from <= text.points.length) {
            int[] match = regex.find(context, text.points, from, !split);
            if (match == null) {
                break;
            }
            if (!split || match[0] < text.points.length && match[1] > last) {
                matches.add(match);
            }
            last = match[1];
            if (!global) {
                break;
            }
            from = match[0] == match[1] ? match[1] + 1 : match[1];
        }
        return matches;
    }

    private static ArrayValue captured(Regex regex, RegexText text, int[] match) {
        List<Slice> groups = new ArrayList<>();
        if (regex.groups() == 0) {
            groups.add(text.group(match, 0));
        }
        for (int i = 1; i <= regex.groups(); i++) {
            groups.add(text.group(match, i));
        }
        return ArrayFunctions.texts(groups);
    }

    public static ArrayValue regexp_match(CallContext context, Slice s, Slice pattern, Slice flags) {
        Regex regex = Regex.of(pattern, notGlobal(flags, "regexp_match"));
        RegexText text = new RegexText(s);
        int[] match = regex.find(context, text.points, 0, true);
        return match == null ? null : captured(regex, text, match);
    }

    public static ArrayValue regexp_match_no_flags(CallContext context, Slice s, Slice pattern) {
        return regexp_match(context, s, pattern, Slice.EMPTY);
    }

    public static Iterator<Object> regexp_matches(CallContext context, Slice s, Slice pattern, Slice flags) {
        RegexFlags options = RegexFlags.of(flags);
        Regex regex = Regex.of(pattern, options);
        RegexText text = new RegexText(s);
        List<Object> rows = new ArrayList<>();
        for (int[] match : all(context, regex, text, 0, options.global(), false)) {
            rows.add(captured(regex, text, match));
        }
        return rows.iterator();
    }

    public static Iterator<Object> regexp_matches_no_flags(CallContext context, Slice s, Slice pattern) {
        return regexp_matches(context, s, pattern, Slice.EMPTY);
    }

    private static List<Slice> split(CallContext context, Slice s, Slice pattern, RegexFlags flags) {
        RegexText text = new RegexText(s);
        List<Slice> parts = new ArrayList<>();
        int done = 0;
        for (int[] match : all(context, Regex.of(pattern, flags), text, 0, true, true)) {
            parts.add(text.slice(done, match[0]));
            done = match[1];
        }
        parts.add(text.slice(done, text.points.length));
        return parts;
    }

    public static ArrayValue regexp_split_to_array(CallContext context, Slice s, Slice pattern, Slice flags) {
        return ArrayFunctions.texts(split(context, s, pattern, notGlobal(flags, "regexp_split_to_array")));
    }

    public static ArrayValue regexp_split_to_array_no_flags(CallContext context, Slice s, Slice pattern) {
        return ArrayFunctions.texts(split(context, s, pattern, RegexFlags.NONE));
    }

    public static Iterator<Object> regexp_split_to_table(CallContext context, Slice s, Slice pattern, Slice flags) {
        return new ArrayList<Object>(split(context, s, pattern, notGlobal(flags, "regexp_split_to_table"))).iterator();
    }

    public static Iterator<Object> regexp_split_to_table_no_flags(CallContext context, Slice s, Slice pattern) {
        return new ArrayList<Object>(split(context, s, pattern, RegexFlags.NONE)).iterator();
    }

    public static int regexp_count(CallContext context, Slice s, Slice pattern, int start, Slice flags) {
        positive("start", start);
        Regex regex = Regex.of(pattern, notGlobal(flags, "regexp_count"));
        return all(context, regex, new RegexText(s), start - 1, true, false).size();
    }

    public static int regexp_count_no_flags(CallContext context, Slice s, Slice pattern, int start) {
        return regexp_count(context, s, pattern, start, Slice.EMPTY);
    }

    public static int regexp_count_no_start(CallContext context, Slice s, Slice pattern) {
        return regexp_count(context, s, pattern, 1, Slice.EMPTY);
    }

    /** The group meant by a number, where the whole match counts as the first group of a pattern without groups; -1 if none is. */
    private static int part(Regex regex, int group) {
        return group <= regex.groups() ? group : group == 1 ? 0 : -1;
    }

    /** The n-th match at or after {@code start}, or null. */
    private static int[] nth(CallContext context, Regex regex, RegexText text, int start, int n) {
        int from = start - 1;
        for (int i = 1; from <= text.points.length; i++) {
            int[] match = regex.find(context, text.points, from, i == n);
            if (match == null || i == n) {
                return match;
            }
            from = match[0] == match[1] ? match[1] + 1 : match[1];
        }
        return null;
    }

    public static int regexp_instr(CallContext context, Slice s, Slice pattern, int start, int n, int end, Slice flags,
            int group) {
        positive("start", start);
        positive("n", n);
        if (end != 0 && end != 1) {
            throw bad("endoption", end);
        }
        if (group < 0) {
            throw bad("subexpr", group);
        }
        Regex regex = Regex.of(pattern, notGlobal(flags, "regexp_instr"));
        int wanted = part(regex, group);
        int[] match = wanted < 0 ? null : nth(context, regex, new RegexText(s), start, n);
        return match == null ? 0 : match[2 * wanted + end] + 1;
    }

    public static int regexp_instr_no_subexpr(CallContext context, Slice s, Slice pattern, int start, int n, int end,
            Slice flags) {
        return regexp_instr(context, s, pattern, start, n, end, flags, 0);
    }

    public static int regexp_instr_no_flags(CallContext context, Slice s, Slice pattern, int start, int n, int end) {
        return regexp_instr(context, s, pattern, start, n, end, Slice.EMPTY, 0);
    }

    public static int regexp_instr_no_endoption(CallContext context, Slice s, Slice pattern, int start, int n) {
        return regexp_instr(context, s, pattern, start, n, 0, Slice.EMPTY, 0);
    }

    public static int regexp_instr_no_n(CallContext context, Slice s, Slice pattern, int start) {
        return regexp_instr(context, s, pattern, start, 1, 0, Slice.EMPTY, 0);
    }

    public static int regexp_instr_no_start(CallContext context, Slice s, Slice pattern) {
        return regexp_instr(context, s, pattern, 1, 1, 0, Slice.EMPTY, 0);
    }

    public static Slice regexp_substr(CallContext context, Slice s, Slice pattern, int start, int n, Slice flags, int group) {
        positive("start", start);
        positive("n", n);
        if (group < 0) {
            throw bad("subexpr", group);
        }
        Regex regex = Regex.of(pattern, notGlobal(flags, "regexp_substr"));
        RegexText text = new RegexText(s);
        int wanted = part(regex, group);
        int[] match = wanted < 0 ? null : nth(context, regex, text, start, n);
        return match == null ? null : text.group(match, wanted);
    }

    public static Slice regexp_substr_no_subexpr(CallContext context, Slice s, Slice pattern, int start, int n, Slice flags) {
        return regexp_substr(context, s, pattern, start, n, flags, 0);
    }

    public static Slice regexp_substr_no_flags(CallContext context, Slice s, Slice pattern, int start, int n) {
        return regexp_substr(context, s, pattern, start, n, Slice.EMPTY, 0);
    }

    public static Slice regexp_substr_no_n(CallContext context, Slice s, Slice pattern, int start) {
        return regexp_substr(context, s, pattern, start, 1, Slice.EMPTY, 0);
    }

    public static Slice regexp_substr_no_start(CallContext context, Slice s, Slice pattern) {
        return regexp_substr(context, s, pattern, 1, 1, Slice.EMPTY, 0);
    }
}
