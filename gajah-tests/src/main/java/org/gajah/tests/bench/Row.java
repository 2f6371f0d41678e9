package org.gajah.tests.bench;

/** One comparison: Gajah's median and another's. */
record Row(String name, Unit unit, double gajah, String other, double otherFigure, Goal goal) {
    double ratio() {
        return unit.ratio(gajah, otherFigure);
    }

    String asked() {
        return switch (goal) {
            case Goal.Times times -> ">= %.2f x".formatted(times.factor());
            case Goal.AtMost most -> "<= %s %s".formatted(most.limit(), unit.word());
            case Goal.Nothing _ -> "-";
        };
    }

    String verdict() {
        return switch (goal) {
            case Goal.Times times -> ratio() >= times.factor() ? "met" : "missed by %.0f%%".formatted(100 * (1 - ratio() / times.factor()));
            case Goal.AtMost most -> gajah <= most.limit() ? "met" : "missed by %.0f%%".formatted(100 * (gajah / most.limit() - 1));
            case Goal.Nothing _ -> "";
        };
    }
}
