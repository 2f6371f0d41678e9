package org.gajah.type;

import java.util.List;

/**
 * A row as a value.
 *
 * @param typeOid    the composite type's oid, or record's (2249) for an anonymous row
 * @param fieldTypes the fields' type oids; 0 for a dropped column of a composite type, which is null and counts for nothing
 * @param fieldNames the fields' names; f1, f2, ... in an anonymous row
 * @param fields     boxed values; null is SQL NULL
 */
public record RecordValue(int typeOid, List<Integer> fieldTypes, List<String> fieldNames, Object[] fields) {
    /** Whether the field is a dropped column's. */
    public boolean isDropped(int index) {
        return index < fieldTypes.size() && fieldTypes.get(index) == 0;
    }
}
