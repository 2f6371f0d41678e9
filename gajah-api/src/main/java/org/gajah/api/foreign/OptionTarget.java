package org.gajah.api.foreign;

/** What an option is given to. */
public enum OptionTarget {
    WRAPPER, SERVER, USER_MAPPING, TABLE, COLUMN
}
