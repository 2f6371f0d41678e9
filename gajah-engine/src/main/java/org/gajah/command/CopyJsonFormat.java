package org.gajah.command;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.exec.CallContexts;
import org.gajah.func.CallContext;
import org.gajah.func.JsonBuild;
import org.gajah.plan.ResultColumn;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;

/** One JSON object a line, as row_to_json makes it. */
final class CopyJsonFormat implements CopyRowFormat {
    private static final int DEFAULT_COLLATION = 100;

    private final CallContext calls;
    private final List<Integer> types;
    private final List<String> names;

    CopyJsonFormat(List<ResultColumn> columns, CallContext calls) {
        this.calls = calls;
        this.types = columns.stream().map(ResultColumn::type).toList();
        this.names = columns.stream().map(ResultColumn::name).toList();
    }

    /** What functions that make and read JSON ask for. */
    static CallContext calls(CommandContext context) {
        return context.execution().calls().at(new CallContexts.CallSite(List.of(Oids.RECORD), Oids.RECORD, DEFAULT_COLLATION, List.of()));
    }

    @Override
    public void header(List<String> columns, ByteSink out) {
        // Each line names its columns.
    }

    @Override
    public boolean headerStandsAlone() {
        return false;
    }

    @Override
    public void row(Batch batch, int row, ByteSink out) {
        Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = batch.column(i).get(row);
        }
        Slice object = JsonBuild.row_to_json(calls, new RecordValue(Oids.RECORD, types, names, values));
        for (int i = 0; i < object.length(); i++) {
            // inside of strings they are escaped: these are between the values of a json column
            byte b = object.at(i);
            out.putByte(b == '\n' || b == '\r' ? ' ' : b);
        }
        out.putByte('\n');
    }

    @Override
    public void trailer(ByteSink out) {
        // The rows' line ends are all there is.
    }
}
