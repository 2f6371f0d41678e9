/**
 * What everything else stands on: byte slices, growing byte buffers, the stack guard, and {@code Env}, behind which lies all
 * that is outside the engine (files, clock, randomness, threads).
 *
 * <p>Nothing here knows SQL. Nothing outside this package touches {@code java.nio.file}, clocks, random numbers or threads.
 */
package org.gajah.base;
