/**
 * Utility statements: everything that is not planned. One file a statement or a family of them; {@link
 * org.gajah.command.Commands} finds the one that carries out a statement.
 *
 * <p>A command reads catalogs through its context's view, writes them through its writer, locks what it changes first, and calls
 * {@link org.gajah.command.CommandContext#changed} when what it wrote must be visible to what it does next. It never commits.
 *
 * <p>To add a statement: its record in {@code org.gajah.ast}, its grammar in {@code org.gajah.parse}, a class here, a line in
 * {@code Commands}, a corpus file.
 */
package org.gajah.command;
