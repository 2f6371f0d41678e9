/**
 * Gajah beside others on the same machine in the same run: {@code ./bench}.
 *
 * <p>Competitors take turns (A, B, A, B ...) and medians are compared, so that a noisy machine is unfair to nobody. Every
 * competitor forces its commits to disk; the one that does not says so in the table. Speeds are printed, never asserted.
 *
 * <p>To add a workload: implement {@link org.gajah.tests.bench.Workload} in one class and name it in
 * {@link org.gajah.tests.bench.Bench}.
 */
package org.gajah.tests.bench;
