/**
 * LANGUAGE java, and the {@link org.gajah.api.spi.Spi} that its routines use.
 *
 * <p>{@link org.gajah.javaroutine.JavaLanguage} finds a routine's method ({@code JavaMethod}), in an installed jar, in source compiled here,
 * or on the embedding program's class path; {@code JavaBody} calls it; {@code JavaSession} is what a thread that runs such a routine is bound
 * to, with a {@code JavaCall} for each that runs; {@code JavaTypes} turns values into Java's and back.
 *
 * <p>Invariants: user code runs only between {@code JavaSession.enter} and {@code leave}, and whatever it throws leaves as an
 * {@link org.gajah.api.SqlError}; once a command has failed in a call, nothing more runs in it until the subtransaction around it is undone.
 *
 * <p>To add a type: its Java class in {@code JavaTypes}, both ways, and in the table of docs/spi.md.
 */
package org.gajah.javaroutine;
