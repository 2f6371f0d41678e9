package org.gajah.table;

/**
 * The storage of one relation (table, index or sequence): a relfilenode within a database. A rewrite or TRUNCATE makes a new one.
 *
 * @param database oid of the database, 0 for what the cluster shares
 * @param relation relfilenode, as unsigned bits
 */
public record RelationId(int database, int relation) {
}
