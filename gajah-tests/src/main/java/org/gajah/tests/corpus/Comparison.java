package org.gajah.tests.corpus;

import java.util.List;

/** Whether an answer is the expected one: equal line by line, cells of unknown binary form aside. */
public final class Comparison {
    private Comparison() {}

    /** Compares what was expected with what came. */
    public static boolean same(List<String> expected, List<String> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!same(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        if (!expected.startsWith("row ") || !actual.startsWith("row ")) {
            return false;
        }
        String[] wanted = expected.substring(4).split(" \\| ", -1);
        String[] got = actual.substring(4).split(" \\| ", -1);
        if (wanted.length != got.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals(got[i]) && !got[i].equals(BinaryText.UNKNOWN)) {
                return false;
            }
        }
        return true;
    }
}
