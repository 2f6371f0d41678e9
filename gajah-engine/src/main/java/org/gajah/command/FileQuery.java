package org.gajah.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    public Map<String, String> shown(boolean costs) {
        Map<String, String> shown = new LinkedHashMap<>();
        String program = table.options().get(FileWrapper.PROGRAM);
        if (program != null) {
            shown.put("Foreign Program", program);
            return shown;
        }
        String name = table.options().getOrDefault(FileWrapper.FILE, "");
        shown.put("Foreign File", name);
        if (costs && Path.of(name).isAbsolute()) {
            try {
                shown.put("Foreign File Size", Files.size(Path.of(name)) + " b");
            } catch (IOException e) {
                // a file that is not there has no size
                shown.remove("Foreign File Size");
            }
        }
        return shown;
    }

    @Override
    public boolean placesErrors() {
        return true;
    }
}
