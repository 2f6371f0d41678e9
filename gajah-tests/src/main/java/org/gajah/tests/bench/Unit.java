package org.gajah.tests.bench;

/** What is measured, and which direction is good. */
enum Unit {
    PER_SECOND("/s", true),
    SECONDS("s", false),
    MICROSECONDS("us", false),
    PERCENT("%", false),
    MEGABYTES("MB", false);

    private final String word;
    private final boolean more;

    Unit(String word, boolean more) {
        this.word = word;
        this.more = more;
    }

    String word() {
        return word;
    }

    /** How many times as good Gajah's figure is as another's. */
    double ratio(double gajah, double other) {
        return more ? gajah / other : other / gajah;
    }
}
