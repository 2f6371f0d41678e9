package org.gajah.command;

import java.util.List;
import java.util.Map;

import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.RemoteStatement;

/**
 * A file to be read.
 *
 * @param columns the numbers of the columns wanted
 */
record FileQuery(ForeignTable table, List<Integer> columns) implements RemoteStatement {
    /** For each column of the file the place among the wanted ones, -1 if nobody wants it. */
    int[] places() {
        return table.columns().stream().mapToInt(c -> columns.indexOf(c.number())).toArray();
    }

    @Override
    public String text() {
        return "";
    }

    @Override
    public Map<String, String> shown() {
        String program = table.options().get(FileWrapper.PROGRAM);
        return program == null ? Map.of("Foreign File", table.options().getOrDefault(FileWrapper.FILE, "")) : Map.of("Foreign Program", program);
    }

    /** How large the file is. */
    @Override
    public boolean hasNotes(boolean verbose, boolean costs) {
        return costs && table.options().containsKey(FileWrapper.FILE);
    }

    @Override
    public boolean placesErrors() {
        return true;
    }
}
