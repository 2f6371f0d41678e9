/**
 * The command line: {@code gajah serve} and its options, signals, and the line that says it is ready; {@code gajah listen}.
 *
 * <p>Invariant: when serving, standard output carries {@code gajah: ready on HOST:PORT} and nothing else; what goes wrong before that is one
 * line on standard error and exit status 1.
 */
package org.gajah.server.command;
