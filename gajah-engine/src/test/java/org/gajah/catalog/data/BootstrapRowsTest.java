package org.gajah.catalog.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.junit.jupiter.api.Test;

class BootstrapRowsTest {
    @Test
    void everyCatalogWithRowsHasTheColumnsOfItsDescriptor() {
        int withRows = 0;
        for (SystemCatalogs.Table table : SystemCatalogs.load().tables()) {
            if (BootstrapRows.exist(table.name())) {
                assertEquals(table.columns().stream().map(SystemCatalogs.Column::name).toList(),
                        BootstrapRows.of(table.name()).columns());
                withRows++;
            }
        }
        assertTrue(withRows > 25, "only " + withRows + " catalogs have rows");
    }

    @Test
    void readsFieldsNullsAndEscapes() {
        BootstrapRows types = BootstrapRows.of("pg_type");
        Slice[] bool = types.stream().filter(r -> r[0].toString().equals("16")).findFirst().orElseThrow();
        assertEquals("bool", bool[types.index("typname")].toString());
        assertNull(bool[types.index("typacl")]);
        Slice[] view = BootstrapRows.of("system_views").stream().findFirst().orElseThrow();
        assertTrue(view[4].toString().contains(",\n    "), view[4].toString());
    }

    @Test
    void everyIndexColumnExists() {
        for (SystemCatalogs.Table table : SystemCatalogs.load().tables()) {
            for (SystemCatalogs.Index index : table.indexes()) {
                assertEquals(index.columns().size(), index.operatorClasses().size(), index.name());
                assertTrue(index.columns().stream().allMatch(n -> n >= 1 && n <= table.columns().size()), index.name());
            }
        }
    }

    @Test
    void sqlStatesAreExactlyThoseOfPostgres() {
        Set<String> postgres = BootstrapRows.of("sqlstates").stream().map(r -> r[0].toString())
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        Set<String> gajah = Arrays.stream(SqlState.values()).map(SqlState::code)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        assertEquals(postgres, gajah);
    }
}
