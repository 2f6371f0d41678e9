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
    @Override
    public String text() {
        return "";
    }

    @Override
    public Map<String, String> shown() {
        String program = table.options().get(FileWrapper.PROGRAM);
        return program == null ? Map.of("Foreign File", table.options().getOrDefault(FileWrapper.FILE, "")) : Map.of("Foreign Program", program);
    }

    @Override
    public boolean placesErrors() {
        return true;
    }
}
