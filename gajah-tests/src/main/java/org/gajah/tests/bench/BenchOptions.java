package org.gajah.tests.bench;

import java.util.List;

/**
 * The command line.
 *
 * @param seconds how long a run is
 * @param rounds how many runs a median is of
 * @param starts how many starts a median is of
 * @param scale pgbench's
 * @param only beginnings of the names of the measurements to make; none: all
 */
record BenchOptions(int seconds, int rounds, int starts, int scale, List<String> only) {
    static final String USAGE = "usage: ./bench [--seconds N] [--rounds N] [--scale N] [--only NAME,...]";

    static BenchOptions parse(String[] words) {
        int seconds = 5;
        int rounds = 3;
        int starts = 5;
        int scale = 10;
        List<String> only = List.of();
        for (int i = 0; i < words.length; i += 2) {
            if (i + 1 == words.length) {
                throw new IllegalArgumentException(USAGE);
            }
            String value = words[i + 1];
            switch (words[i]) {
                case "--seconds" -> seconds = positive(value);
                case "--rounds" -> starts = rounds = positive(value);
                case "--scale" -> scale = positive(value);
                case "--only" -> only = List.of(value.split(","));
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        return new BenchOptions(seconds, rounds, starts, scale, only);
    }

    private static int positive(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException(USAGE);
        }
        return number;
    }
}
