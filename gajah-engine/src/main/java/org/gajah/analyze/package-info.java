/**
 * From syntax tree to typed {@link org.gajah.analyze.Query}: names, overloads, coercions. The only place that inserts casts.
 *
 * <p>A Query says what is asked, fully resolved: every relation, function, operator, type and collation is an oid, every
 * implicit cast is written out. It holds no catalog objects, so it can be kept (views, defaults, prepared statements) and read
 * back; {@code NodeText} is its text form.
 */
package org.gajah.analyze;
