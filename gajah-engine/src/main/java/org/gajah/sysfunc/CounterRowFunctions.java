package org.gajah.sysfunc;

import java.util.Iterator;
import java.util.List;

import org.gajah.base.Slice;
import org.gajah.type.Numeric;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** Rows of counters that are not kept: zero, or no rows where PostgreSQL has one for each thing that is not there. */
public final class CounterRowFunctions {
    private CounterRowFunctions() {
    }

    public static RecordValue pg_stat_get_archiver() {
        return new RecordValue(Oids.RECORD, List.of(Oids.INT8, Oids.TEXT, Oids.TIMESTAMPTZ, Oids.INT8, Oids.TEXT, Oids.TIMESTAMPTZ, Oids.TIMESTAMPTZ),
                List.of("archived_count", "last_archived_wal", "last_archived_time", "failed_count", "last_failed_wal", "last_failed_time", "stats_reset"), new Object[] {0L, null, null, 0L, null, null, null});
    }

    public static Iterator<Object[]> pg_stat_get_backend_io(int a) {
        return List.<Object[]>of().iterator();
    }

    public static RecordValue pg_stat_get_backend_subxact(int a) {
        return new RecordValue(Oids.RECORD, List.of(Oids.INT4, Oids.BOOL),
                List.of("subxact_count", "subxact_overflowed"), new Object[] {0, false});
    }

    public static RecordValue pg_stat_get_backend_wal(int a) {
        return new RecordValue(Oids.RECORD, List.of(Oids.INT8, Oids.INT8, Oids.NUMERIC, Oids.INT8, Oids.TIMESTAMPTZ),
                List.of("wal_records", "wal_fpi", "wal_bytes", "wal_buffers_full", "stats_reset"), new Object[] {0L, 0L, Numeric.ZERO, 0L, null});
    }

    public static Iterator<Object[]> pg_stat_get_io() {
        return List.<Object[]>of().iterator();
    }

    public static Iterator<Object[]> pg_stat_get_recovery_prefetch() {
        return List.<Object[]>of().iterator();
    }

    public static RecordValue pg_stat_get_replication_slot(Slice a) {
        return new RecordValue(Oids.RECORD, List.of(Oids.TEXT, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.TIMESTAMPTZ),
                List.of("slot_name", "spill_txns", "spill_count", "spill_bytes", "stream_txns", "stream_count", "stream_bytes", "total_txns", "total_bytes", "stats_reset"), new Object[] {a, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, null});
    }

    public static Iterator<Object[]> pg_stat_get_slru() {
        return List.<Object[]>of().iterator();
    }

    public static Iterator<Object[]> pg_stat_get_subscription(Integer a) {
        return List.<Object[]>of().iterator();
    }

    public static RecordValue pg_stat_get_subscription_stats(int a) {
        return new RecordValue(Oids.RECORD, List.of(Oids.OID, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.INT8, Oids.TIMESTAMPTZ),
                List.of("subid", "apply_error_count", "sync_error_count", "confl_insert_exists", "confl_update_origin_differs", "confl_update_exists", "confl_update_missing", "confl_delete_origin_differs", "confl_delete_missing", "confl_multiple_unique_conflicts", "stats_reset"), new Object[] {a, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, null});
    }

    public static RecordValue pg_stat_get_wal() {
        return new RecordValue(Oids.RECORD, List.of(Oids.INT8, Oids.INT8, Oids.NUMERIC, Oids.INT8, Oids.TIMESTAMPTZ),
                List.of("wal_records", "wal_fpi", "wal_bytes", "wal_buffers_full", "stats_reset"), new Object[] {0L, 0L, Numeric.ZERO, 0L, null});
    }

    public static RecordValue pg_stat_get_wal_receiver() {
        return null;
    }

    public static Iterator<Object[]> pg_stat_get_wal_senders() {
        return List.<Object[]>of().iterator();
    }
}
