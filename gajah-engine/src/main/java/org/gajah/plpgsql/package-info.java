/**
 * LANGUAGE plpgsql. PostgreSQL manual, chapter 41.
 *
 * <p>A text becomes a tree of {@link org.gajah.plpgsql.Step}s once a session; its variables are numbered, and a call keeps their values in
 * one array, which is at the same time the parameters of every expression and statement in the text. Expressions without tables are
 * compiled to kernels; everything else is a statement of the session, planned once.
 *
 * <p>A loop or function that runs often becomes bytecode ({@link org.gajah.plpgsql.StepCompiler}), which leaves what it has no code for to
 * the interpreter, step by step.
 *
 * <p>To add a statement: a record in {@code Step}, its syntax in {@code Grammar}, what it does in {@code Interpreter}, the variables it
 * reads and writes in {@code Uses}. Whether it gets code too is {@code HotScope}'s to say.
 */
package org.gajah.plpgsql;
