package org.gajah.sysfunc;

import org.gajah.base.Slice;

/** Counters of what the server did that are not kept: zero, and no moment, as PostgreSQL has it with track_counts off. */
public final class CounterFunctions {
    private CounterFunctions() {
    }

    public static void pg_stat_clear_snapshot() {
        // Figures are taken when they are asked for.
    }

    public static void pg_stat_force_next_flush() {
        // Figures are taken when they are asked for.
    }

    public static long pg_stat_get_analyze_count(int a) {
        return 0;
    }

    public static long pg_stat_get_autoanalyze_count(int a) {
        return 0;
    }

    public static long pg_stat_get_autovacuum_count(int a) {
        return 0;
    }

    public static long pg_stat_get_bgwriter_buf_written_clean() {
        return 0;
    }

    public static long pg_stat_get_bgwriter_maxwritten_clean() {
        return 0;
    }

    public static Long pg_stat_get_bgwriter_stat_reset_time() {
        return null;
    }

    public static long pg_stat_get_blocks_fetched(int a) {
        return 0;
    }

    public static long pg_stat_get_blocks_hit(int a) {
        return 0;
    }

    public static long pg_stat_get_buf_alloc() {
        return 0;
    }

    public static long pg_stat_get_checkpointer_buffers_written() {
        return 0;
    }

    public static long pg_stat_get_checkpointer_num_performed() {
        return 0;
    }

    public static long pg_stat_get_checkpointer_num_requested() {
        return 0;
    }

    public static long pg_stat_get_checkpointer_num_timed() {
        return 0;
    }

    public static long pg_stat_get_checkpointer_restartpoints_performed() {
        return 0;
    }

    public static long pg_stat_get_checkpointer_restartpoints_requested() {
        return 0;
    }

    public static long pg_stat_get_checkpointer_restartpoints_timed() {
        return 0;
    }

    public static long pg_stat_get_checkpointer_slru_written() {
        return 0;
    }

    public static Long pg_stat_get_checkpointer_stat_reset_time() {
        return null;
    }

    public static double pg_stat_get_checkpointer_sync_time() {
        return 0;
    }

    public static double pg_stat_get_checkpointer_write_time() {
        return 0;
    }

    public static double pg_stat_get_db_active_time(int a) {
        return 0;
    }

    public static double pg_stat_get_db_blk_read_time(int a) {
        return 0;
    }

    public static double pg_stat_get_db_blk_write_time(int a) {
        return 0;
    }

    public static long pg_stat_get_db_blocks_fetched(int a) {
        return 0;
    }

    public static long pg_stat_get_db_blocks_hit(int a) {
        return 0;
    }

    public static long pg_stat_get_db_checksum_failures(int a) {
        return 0;
    }

    public static Long pg_stat_get_db_checksum_last_failure(int a) {
        return null;
    }

    public static long pg_stat_get_db_conflict_all(int a) {
        return 0;
    }

    public static long pg_stat_get_db_conflict_bufferpin(int a) {
        return 0;
    }

    public static long pg_stat_get_db_conflict_lock(int a) {
        return 0;
    }

    public static long pg_stat_get_db_conflict_logicalslot(int a) {
        return 0;
    }

    public static long pg_stat_get_db_conflict_snapshot(int a) {
        return 0;
    }

    public static long pg_stat_get_db_conflict_startup_deadlock(int a) {
        return 0;
    }

    public static long pg_stat_get_db_conflict_tablespace(int a) {
        return 0;
    }

    public static long pg_stat_get_db_deadlocks(int a) {
        return 0;
    }

    public static double pg_stat_get_db_idle_in_transaction_time(int a) {
        return 0;
    }

    public static long pg_stat_get_db_parallel_workers_launched(int a) {
        return 0;
    }

    public static long pg_stat_get_db_parallel_workers_to_launch(int a) {
        return 0;
    }

    public static double pg_stat_get_db_session_time(int a) {
        return 0;
    }

    public static long pg_stat_get_db_sessions(int a) {
        return 0;
    }

    public static long pg_stat_get_db_sessions_abandoned(int a) {
        return 0;
    }

    public static long pg_stat_get_db_sessions_fatal(int a) {
        return 0;
    }

    public static long pg_stat_get_db_sessions_killed(int a) {
        return 0;
    }

    public static Long pg_stat_get_db_stat_reset_time(int a) {
        return null;
    }

    public static long pg_stat_get_db_temp_bytes(int a) {
        return 0;
    }

    public static long pg_stat_get_db_temp_files(int a) {
        return 0;
    }

    public static long pg_stat_get_db_tuples_deleted(int a) {
        return 0;
    }

    public static long pg_stat_get_db_tuples_fetched(int a) {
        return 0;
    }

    public static long pg_stat_get_db_tuples_inserted(int a) {
        return 0;
    }

    public static long pg_stat_get_db_tuples_returned(int a) {
        return 0;
    }

    public static long pg_stat_get_db_tuples_updated(int a) {
        return 0;
    }

    public static long pg_stat_get_db_xact_commit(int a) {
        return 0;
    }

    public static long pg_stat_get_db_xact_rollback(int a) {
        return 0;
    }

    public static long pg_stat_get_dead_tuples(int a) {
        return 0;
    }

    public static long pg_stat_get_function_calls(int a) {
        return 0;
    }

    public static double pg_stat_get_function_self_time(int a) {
        return 0;
    }

    public static double pg_stat_get_function_total_time(int a) {
        return 0;
    }

    public static long pg_stat_get_ins_since_vacuum(int a) {
        return 0;
    }

    public static Long pg_stat_get_last_analyze_time(int a) {
        return null;
    }

    public static Long pg_stat_get_last_autoanalyze_time(int a) {
        return null;
    }

    public static Long pg_stat_get_last_autovacuum_time(int a) {
        return null;
    }

    public static Long pg_stat_get_last_vacuum_time(int a) {
        return null;
    }

    public static Long pg_stat_get_lastscan(int a) {
        return null;
    }

    public static long pg_stat_get_mod_since_analyze(int a) {
        return 0;
    }

    public static long pg_stat_get_numscans(int a) {
        return 0;
    }

    public static Long pg_stat_get_snapshot_timestamp() {
        return null;
    }

    public static double pg_stat_get_total_analyze_time(int a) {
        return 0;
    }

    public static double pg_stat_get_total_autoanalyze_time(int a) {
        return 0;
    }

    public static double pg_stat_get_total_autovacuum_time(int a) {
        return 0;
    }

    public static double pg_stat_get_total_vacuum_time(int a) {
        return 0;
    }

    public static long pg_stat_get_tuples_deleted(int a) {
        return 0;
    }

    public static long pg_stat_get_tuples_fetched(int a) {
        return 0;
    }

    public static long pg_stat_get_tuples_hot_updated(int a) {
        return 0;
    }

    public static long pg_stat_get_tuples_inserted(int a) {
        return 0;
    }

    public static long pg_stat_get_tuples_newpage_updated(int a) {
        return 0;
    }

    public static long pg_stat_get_tuples_returned(int a) {
        return 0;
    }

    public static long pg_stat_get_tuples_updated(int a) {
        return 0;
    }

    public static long pg_stat_get_vacuum_count(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_blocks_fetched(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_blocks_hit(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_function_calls(int a) {
        return 0;
    }

    public static double pg_stat_get_xact_function_self_time(int a) {
        return 0;
    }

    public static double pg_stat_get_xact_function_total_time(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_numscans(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_tuples_deleted(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_tuples_fetched(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_tuples_hot_updated(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_tuples_inserted(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_tuples_newpage_updated(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_tuples_returned(int a) {
        return 0;
    }

    public static long pg_stat_get_xact_tuples_updated(int a) {
        return 0;
    }

    public static void pg_stat_reset() {
        // There is nothing to reset.
    }

    public static void pg_stat_reset_backend_stats(int a) {
        // There is nothing to reset.
    }

    public static void pg_stat_reset_replication_slot(Slice a) {
        // There is nothing to reset.
    }

    public static void pg_stat_reset_shared(Slice a) {
        // There is nothing to reset.
    }

    public static void pg_stat_reset_single_function_counters(int a) {
        // There is nothing to reset.
    }

    public static void pg_stat_reset_single_table_counters(int a) {
        // There is nothing to reset.
    }

    public static void pg_stat_reset_slru(Slice a) {
        // There is nothing to reset.
    }

    public static void pg_stat_reset_subscription_stats(Integer a) {
        // There is nothing to reset.
    }
}
