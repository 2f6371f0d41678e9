package org.gajah.exec;

import java.util.Arrays;
import java.util.List;

import org.gajah.catalog.Relation;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

/** The places that index entries name, in order and each once: what a bitmap scan reads. */
final class BitmapPlaces implements TidScanOperator.Places {
    private static final int PORTION = 256;

    private final Frame frame;
    private final Relation relation;
    private final Source source;

    /** Where the places come from. */
    sealed interface Source {
        /** Entries within the bounds. */
        record Entries(Relation.Index index, IndexBounds bounds) implements Source {
        }

        /** What is in all. */
        record And(List<Source> sources) implements Source {
        }

        /** What is in any. */
        record Or(List<Source> sources) implements Source {
        }
    }

    BitmapPlaces(Frame frame, Relation relation, Source source) {
        this.frame = frame;
        this.relation = relation;
        this.source = source;
    }

    @Override
    public long[] find(ExecContext context) {
        return find(source, context);
    }

    private long[] find(Source from, ExecContext context) {
        return switch (from) {
            case Source.Entries e -> entries(e, context);
            case Source.And and -> {
                long[] all = find(and.sources().getFirst(), context);
                for (Source next : and.sources().subList(1, and.sources().size())) {
                    all = all.length == 0 ? all : inBoth(all, find(next, context));
                }
                yield all;
            }
            case Source.Or or -> {
                long[] all = new long[0];
                for (Source next : or.sources()) {
                    long[] more = find(next, context);
                    int before = all.length;
                    all = Arrays.copyOf(all, before + more.length);
                    System.arraycopy(more, 0, all, before, more.length);
                }
                yield distinct(all, all.length);
            }
        };
    }

    private long[] entries(Source.Entries e, ExecContext context) {
        BytesVector keys = new BytesVector(PORTION);
        LongVector tids = new LongVector(PORTION);
        long[] found = new long[PORTION];
        int count = 0;
        for (KeyRange range : e.bounds().ranges(false)) {
            try (IndexScan scan = context.relations().index(relation, e.index()).scan(range)) {
                for (int n = scan.next(keys, tids, PORTION); n > 0; n = scan.next(keys, tids, PORTION)) {
                    frame.checkCancelled();
                    if (count + n > found.length) {
                        found = Arrays.copyOf(found, Math.max(count + n, found.length * 2));
                    }
                    System.arraycopy(tids.values, 0, found, count, n);
                    count += n;
                }
            }
        }
        return distinct(found, count);
    }

    private static long[] distinct(long[] tids, int count) {
        Arrays.sort(tids, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || tids[i] != tids[i - 1]) {
                tids[kept++] = tids[i];
            }
        }
        return Arrays.copyOf(tids, kept);
    }

    private static long[] inBoth(long[] a, long[] b) {
        long[] both = new long[Math.min(a.length, b.length)];
        int count = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length;) {
            if (a[i] == b[j]) {
                both[count++] = a[i++];
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Arrays.copyOf(both, count);
    }
}
