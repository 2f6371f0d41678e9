/**
 * Pure built-in functions. A function is one public static method over carriers, named after {@code pg_proc.prosrc}; a class
 * holds a family. The loops over batches are made from the methods.
 *
 * <p>Strict functions never see null. A function that is not strict takes boxed parameters and null is SQL NULL; one that can
 * give NULL returns a boxed type. A first parameter of type {@link org.gajah.func.CallContext} receives the call's context.
 *
 * <p>To add a function: its row is in pg_proc already; write the method in its family's class, enter a new class in
 * {@code Families}, and add a corpus file.
 */
package org.gajah.func;
