package org.gajah.api.spi.jdbc;

import java.sql.SQLException;

/** Has columns that may be named instead of counted. */
interface Labelled {
    /** The number of the column of this label, from 1. */
    int findColumn(String label) throws SQLException;
}
