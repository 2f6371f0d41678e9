package org.gajah.command;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.RowTarget;

/** The rows of a file in PostgreSQL's binary format; only the columns that are wanted are converted. */
final class FileBinaryRows implements ForeignRows {
    private final List<ForeignColumn> columns;
    /** For each column of the file the place in the target, -1 if nobody wants it. */
    private final int[] places;
    private final CopyFileEnds ends;
    private final CopyBinaryData data;
    private final CopyPlace place;
    private boolean atEnd;

    FileBinaryRows(FileQuery file, CopyFileEnds ends, CopySource source) {
        this.ends = ends;
        columns = file.table().columns();
        places = file.places();
        data = new CopyBinaryData(source);
        place = new CopyPlace(file.table().name());
    }

    @Override
    public int fetch(RowTarget target, int most) {
        int count = 0;
        try {
            if (place.line() == 0) {
                data.header();
            }
            while (count < most && !atEnd) {
                place.nextLine();
                if (data.row(columns.size())) {
                    read(target);
                    target.endRow();
                    count++;
                } else {
                    atEnd = true;
                    ends.finish();
                }
            }
        } catch (SqlError e) {
            throw atEnd || place.line() == 0 ? e : place.at(e);
        }
        return count;
    }

    private void read(RowTarget target) {
        for (int i = 0; i < columns.size(); i++) {
            place.enter(columns.get(i).name());
            int length = data.field();
            if (length >= 0) {
                if (places[i] >= 0) {
                    target.setBinary(places[i], data.bytes().array(), data.bytes().at(), length);
                }
                data.bytes().pass(length);
            }
        }
        place.leaveColumn();
    }

    @Override
    public void close() {
        ends.close();
    }
}
