package org.gajah.analyze;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Gathers what rights a statement needs, one entry a relation, right and role. */
final class Permissions {
    private final Map<Key, TreeSet<Integer>> columns = new LinkedHashMap<>();

    private record Key(int relation, RequiredPermission.Mode mode, int asOwner) {
    }

    void require(int relation, RequiredPermission.Mode mode, int asOwner) {
        columns.computeIfAbsent(new Key(relation, mode, asOwner), k -> new TreeSet<>());
    }

    void requireColumn(int relation, RequiredPermission.Mode mode, int column) {
        requireColumn(relation, mode, column, 0);
    }

    void requireColumn(int relation, RequiredPermission.Mode mode, int column, int asOwner) {
        columns.computeIfAbsent(new Key(relation, mode, asOwner), k -> new TreeSet<>()).add(column);
    }

    List<RequiredPermission> list() {
        List<RequiredPermission> list = new ArrayList<>();
        columns.forEach((k, c) -> list.add(new RequiredPermission(k.relation(), k.mode(), Set.copyOf(c), k.asOwner())));
        return list;
    }
}
