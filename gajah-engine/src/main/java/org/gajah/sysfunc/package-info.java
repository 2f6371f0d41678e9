/**
 * Built-in functions that need a session: its catalogs, settings, sequences, locks, and the sessions beside it. Same rules as
 * {@code org.gajah.func}; the first parameter is a {@link org.gajah.sysfunc.SystemContext}.
 *
 * <p>To add one: as in {@code org.gajah.func}, with its class in {@link org.gajah.sysfunc.SystemFamilies}.
 */
package org.gajah.sysfunc;
