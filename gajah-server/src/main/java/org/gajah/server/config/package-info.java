/**
 * Files of a data directory that people edit: {@code postgresql.conf} ({@link org.gajah.server.config.ConfigFile}) and
 * {@code pg_hba.conf}; and the directory itself ({@link org.gajah.server.config.DataDirectory}), which one process at a time owns.
 *
 * <p>Invariant: a file with an error in it stops the start; nothing is guessed, and nothing a person wrote is overwritten.
 */
package org.gajah.server.config;
