/**
 * The settings that SET, SHOW, postgresql.conf and pg_settings speak of, with PostgreSQL 18's names, units, limits and defaults.
 *
 * <p>What a setting is ({@link org.gajah.settings.SettingDefinition}) comes from PostgreSQL's own facts. Whether it does anything
 * here is said by {@code supported.tsv}: {@code used}, {@code accepted} (no effect, but clients commonly set it), or absent, and then
 * only its default may be set. Values are kept in canonical text; {@link org.gajah.settings.Settings} layers them for a session.
 *
 * <p>To make a setting work: enter it as {@code used} in {@code supported.tsv}, read it where it matters, add a corpus record.
 */
package org.gajah.settings;
