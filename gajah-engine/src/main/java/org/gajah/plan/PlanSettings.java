package org.gajah.plan;

import org.gajah.settings.Settings;

/** The settings that a plan depends on: two plans made under equal ones are as good as each other. */
public record PlanSettings(boolean seqScan, boolean indexScan, boolean bitmapScan, boolean tidScan, boolean nestLoop, boolean hashJoin,
        boolean hashAggregate, boolean sort, boolean material, boolean partitionPruning, double sequentialPage, double randomPage, double tuple, double indexTuple,
        double operator, double hashMemoryBytes) {
    /** What PostgreSQL ships with. */
    public static final PlanSettings DEFAULT = new PlanSettings(true, true, true, true, true, true, true, true, true, true, 1, 4, 0.01, 0.005,
            0.0025, 8 << 20);

    private static final double KILOBYTE = 1024;

    /** As a session has them now. */
    public static PlanSettings of(Settings s) {
        return new PlanSettings(s.isOn("enable_seqscan"), s.isOn("enable_indexscan"), s.isOn("enable_bitmapscan"), s.isOn("enable_tidscan"),
                s.isOn("enable_nestloop"), s.isOn("enable_hashjoin"), s.isOn("enable_hashagg"), s.isOn("enable_sort"),
                s.isOn("enable_material"), s.isOn("enable_partition_pruning"), real(s, "seq_page_cost"), real(s, "random_page_cost"), real(s, "cpu_tuple_cost"),
                real(s, "cpu_index_tuple_cost"), real(s, "cpu_operator_cost"), s.number("work_mem") * KILOBYTE * real(s, "hash_mem_multiplier"));
    }

    private static double real(Settings s, String name) {
        return Double.parseDouble(s.get(name));
    }
}
