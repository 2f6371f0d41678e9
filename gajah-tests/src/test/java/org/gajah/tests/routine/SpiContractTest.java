package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.gajah.api.SqlError;
import org.gajah.api.spi.Row;
import org.gajah.api.spi.Spi;
import org.gajah.api.spi.SpiArgument;
import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.SpiCursor;
import org.gajah.api.spi.SpiDirection;
import org.gajah.api.spi.SpiPlan;
import org.gajah.api.spi.SpiResult;
import org.gajah.api.spi.TupleTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** PostgreSQL's SPI contract, as a Java routine meets it. */
class SpiContractTest {
    private static RoutineFixture f;

    @BeforeAll
    static void open() throws SQLException {
        f = new RoutineFixture();
    }

    @AfterAll
    static void close() throws SQLException {
        f.close();
    }

    @BeforeEach
    void tables() throws SQLException {
        f.run("ROLLBACK", "DROP TABLE IF EXISTS foo, bar, made, other", "CREATE TABLE foo (id int, t text)", "CREATE TABLE bar (id int, t text)",
                "INSERT INTO bar SELECT g, 'row ' || g FROM generate_series(1, 10) g");
    }

    private static String summary(SpiResult r) {
        return r.code() + " " + r.processed() + r.tuples().map(t -> " rows " + t.size()).orElse("");
    }

    @Test
    void theContractsExample() throws SQLException {
        assertEquals("SPI_OK_INSERT 5", f.inside(spi -> summary(spi.execute("INSERT INTO foo SELECT * FROM bar", false, 5))));
        assertEquals("5", f.value("SELECT count(*) FROM foo"));
    }

    @Test
    void s2CountLimitsEachCommand() throws SQLException {
        assertEquals("SPI_OK_SELECT 3 rows 3", f.inside(spi -> summary(spi.execute("SELECT * FROM bar", true, 3))));
        assertEquals("SPI_OK_SELECT 10 rows 10", f.inside(spi -> summary(spi.execute("SELECT * FROM bar", false, 0))));
        assertEquals("SPI_OK_INSERT_RETURNING 2 rows 2",
                f.inside(spi -> summary(spi.execute("INSERT INTO foo SELECT * FROM bar RETURNING id", false, 2))));
        assertEquals("SPI_OK_UPDATE 4", f.inside(spi -> summary(spi.execute("UPDATE bar SET t = 'x'", false, 4))));
        assertEquals("4", f.value("SELECT count(*) FROM bar WHERE t = 'x'"));
        assertEquals("SPI_OK_DELETE_RETURNING 1 rows 1", f.inside(spi -> summary(spi.execute("DELETE FROM bar RETURNING *", false, 1))));
        assertEquals("SPI_ERROR_ARGUMENT 0", f.inside(spi -> summary(spi.execute("SELECT 1", false, -1))));
        assertEquals("SPI_ERROR_ARGUMENT 0", f.inside(spi -> summary(spi.execute(null, false, 0))));
    }

    @Test
    void s3ProcessedOfUtilities() throws SQLException {
        assertEquals("SPI_OK_UTILITY 10", f.inside(spi -> summary(spi.execute("CREATE TABLE made AS SELECT * FROM bar", false, 0))));
        assertEquals("SPI_OK_SELINTO 10", f.inside(spi -> summary(spi.execute("SELECT * INTO other FROM bar", false, 0))));
        assertEquals("SPI_OK_UTILITY 0", f.inside(spi -> summary(spi.execute("CREATE TABLE t_s3 (a int)", false, 0))));
        assertTrue(f.inside(spi -> summary(spi.execute("EXPLAIN SELECT 1", false, 0))).startsWith("SPI_OK_UTILITY 1 rows 1"));
        assertEquals("SPI_OK_MERGE 10", f.inside(spi -> summary(spi.execute("MERGE INTO foo USING bar ON foo.id = bar.id "
                + "WHEN NOT MATCHED THEN INSERT VALUES (bar.id, bar.t)", false, 0))));
    }

    @Test
    void s4SeveralCommandsGiveTheLastResult() throws SQLException {
        assertEquals("SPI_OK_SELECT 1 rows 1", f.inside(spi -> summary(spi.execute("CREATE TABLE made (a int); INSERT INTO made VALUES (1), (2); "
                + "SELECT count(*) FROM made", false, 0))));
        assertEquals("SPI_OK_REWRITTEN 0", f.inside(spi -> summary(spi.execute("", false, 0))));
        assertEquals("42P01 relation \"later\" does not exist", f.failing(spi -> spi.prepare("CREATE TABLE later (a int); SELECT * FROM later")));
    }

    @Test
    void s5TransactionCommandsAndCopyAreCodes() throws SQLException {
        for (String command : List.of("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s", "RELEASE s", "ROLLBACK TO s", "PREPARE TRANSACTION 'x'",
                "COMMIT PREPARED 'x'")) {
            assertEquals("SPI_ERROR_TRANSACTION 0", f.inside(spi -> summary(spi.execute(command, false, 0))), command);
        }
        f.calling(spi -> {
            assertEquals(SpiCode.ERROR_TRANSACTION, spi.execute("COMMIT", false, 0).code());
            return null;
        });
        assertEquals("SPI_ERROR_COPY 0", f.inside(spi -> summary(spi.execute("COPY foo FROM STDIN", false, 0))));
        assertEquals("SPI_ERROR_COPY 0", f.inside(spi -> summary(spi.execute("COPY foo TO STDOUT", false, 0))));
        assertEquals("SPI_OK_UTILITY 0", f.inside(spi -> summary(spi.execute("LOCK TABLE foo", false, 0))));
    }

    @Test
    void s6ReadOnlySeesTheOuterSnapshotAndChangesNothing() throws SQLException {
        assertEquals("0A000 INSERT is not allowed in a non-volatile function", f.failing(spi -> spi.execute("INSERT INTO foo VALUES (1)", true, 0)));
        assertEquals("0A000 EXPLAIN is not allowed in a non-volatile function", f.failing(spi -> spi.execute("EXPLAIN SELECT 1", true, 0)));
        assertEquals("0A000 SHOW is not allowed in a non-volatile function", f.failing(spi -> spi.execute("SHOW work_mem", true, 0)));
        assertEquals("0 1", f.inside(spi -> {
            spi.execute("INSERT INTO foo VALUES (1)", false, 0);
            long before = spi.execute("SELECT count(*) FROM foo", true, 0).rows().row(0).getLong(1);
            return before + " " + spi.execute("SELECT count(*) FROM foo", false, 0).rows().row(0).getLong(1);
        }));
    }

    @Test
    void s7ErrorsAreRaisedAndMissingValuesAreCodes() throws SQLException {
        assertEquals("42601 syntax error at or near \"SELEC\"", f.failing(spi -> spi.execute("SELEC 1", false, 0)));
        assertEquals("42P01 relation \"nowhere\" does not exist", f.failing(spi -> spi.execute("SELECT * FROM nowhere", false, 0)));
        assertEquals("SPI_ERROR_PARAM 0", f.inside(spi -> summary(spi.prepare("SELECT $1", "int").execute(false, 0))));
        Scripted.does(spi -> spi.execute("SELECT 1 + nothing", false, 0));
        PSQLException placed = assertThrows(PSQLException.class, () -> f.run("SELECT run_volatile()"));
        assertEquals("SELECT 1 + nothing", placed.getServerErrorMessage().getInternalQuery());
        assertEquals(12, placed.getServerErrorMessage().getInternalPosition());
        assertEquals(0, placed.getServerErrorMessage().getPosition());
    }

    @Test
    void s8UnconnectedAndNestedLevels() throws SQLException {
        assertTrue(assertThrows(SqlError.class, Spi::current).getMessage().endsWith("SPI_ERROR_UNCONNECTED"));
        assertEquals("SPI_OK_FINISH SPI_ERROR_UNCONNECTED SPI_ERROR_UNCONNECTED", f.inside(spi -> {
            Spi level = Spi.connect();
            return level.finish() + " " + level.finish() + " " + level.execute("SELECT 1", false, 0).code();
        }));
        assertEquals("1 gone 2", f.inside(spi -> {
            TupleTable outer = spi.execute("SELECT 1").rows();
            TupleTable inner;
            try (Spi level = Spi.connect()) {
                inner = level.execute("SELECT 2").rows();
                assertEquals(level, Spi.current());
            }
            String gone = "there";
            try {
                inner.row(0);
            } catch (SqlError e) {
                gone = "gone";
            }
            return outer.row(0).getInt(1) + " " + gone + " " + spi.execute("SELECT 2").rows().row(0).getInt(1);
        }));
        AtomicReference<Spi> kept = new AtomicReference<>();
        f.inside(spi -> {
            kept.set(spi);
            return null;
        });
        assertTrue(assertThrows(SqlError.class, () -> kept.get().execute("SELECT 1", false, 0)).getMessage().endsWith("SPI_ERROR_UNCONNECTED"));
        assertTrue(f.failing(spi -> kept.get().execute("SELECT 1", false, 0)).endsWith("SPI_ERROR_UNCONNECTED"));
    }

    @Test
    void s8NothingOpensOnAFinishedLevel() throws SQLException {
        String finished = "55000 the SPI connection is finished: SPI_ERROR_UNCONNECTED";
        assertEquals(finished, f.failing(spi -> {
            SpiPlan plan = spi.prepare("SELECT id FROM bar");
            plan.keep();
            spi.finish();
            return plan.open("late", false).name();
        }));
        assertEquals(finished, f.failing(spi -> {
            SpiCursor cursor = spi.open("", "SELECT id FROM bar", false);
            spi.finish();
            return cursor.fetch(true, 1).processed();
        }));
        assertEquals(finished, f.failing(spi -> {
            spi.finish();
            return spi.open("late", "SELECT id FROM bar", false).name();
        }));
    }

    @Test
    void s9ColumnsByNameAndNumber() throws SQLException {
        assertEquals("2 -9 -1 t text 25 row 1 true null", f.inside(spi -> {
            TupleTable rows = spi.execute("SELECT id, t, null::text AS n FROM bar ORDER BY id").rows();
            Row row = rows.row(0);
            return rows.descriptor().number("t") + " " + rows.descriptor().number("nothing") + " " + rows.descriptor().number("ctid") + " "
                    + rows.descriptor().name(2) + " " + rows.descriptor().type(2) + " " + rows.descriptor().typeOid(2) + " " + row.getText("t") + " "
                    + row.isNull("n") + " " + row.getText(3);
        }));
        assertEquals("42 changed 1", f.inside(spi -> {
            Row row = spi.execute("SELECT id, t FROM bar WHERE id = 1").rows().row(0);
            Row other = row.with("id", 42).with("t", "changed");
            return other.getInt("id") + " " + other.getText("t") + " " + row.getInt("id");
        }));
        assertEquals("22004 column \"int4\" is null", f.failing(spi -> spi.execute("SELECT null::int").rows().row(0).getInt(1)));
    }

    @Test
    void s10KeptPlansOutliveTheCallAndAreMadeAgain() throws Exception {
        AtomicReference<SpiPlan> kept = new AtomicReference<>();
        assertEquals("0 -6 1 23", f.inside(spi -> {
            SpiPlan plan = spi.prepare("SELECT t FROM bar WHERE id = $1", "int");
            kept.set(plan);
            return plan.keep() + " " + plan.keep() + " " + plan.argumentCount() + " " + plan.argumentType(0);
        }));
        assertEquals("row 7 true", f.inside(spi -> kept.get().execute(true, 0, 7).rows().row(0).getText(1) + " " + kept.get().isValid()));
        f.run("ALTER TABLE bar ADD COLUMN more int", "ALTER TABLE bar ALTER COLUMN t TYPE varchar(20)");
        assertEquals("false row 7 true", f.inside(spi -> kept.get().isValid() + " " + kept.get().execute(true, 0, 7).rows().row(0).getText(1) + " "
                + kept.get().isValid()));
        try (Connection c = f.gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            Scripted.does(spi -> kept.get().execute(true, 0, 3).rows().row(0).getText(1));
            assertEquals(List.of("row 3"), RoutineFixture.rows(s, "SELECT run_volatile()"), "in another session");
        }
        assertEquals("0 -6 SPI_ERROR_ARGUMENT", f.inside(spi -> kept.get().free() + " " + kept.get().free() + " " + kept.get().execute(true, 0, 7).code()));
        AtomicReference<SpiPlan> lost = new AtomicReference<>();
        assertEquals("SPI_ERROR_ARGUMENT", f.inside(spi -> {
            try (Spi level = Spi.connect()) {
                lost.set(level.prepare("SELECT 1"));
            }
            return lost.get().execute(true, 0).code();
        }));
    }

    @Test
    void s11CursorPlans() throws SQLException {
        assertEquals("true true false false", f.inside(spi -> spi.prepare("SELECT 1").isCursorPlan() + " "
                + spi.prepare("INSERT INTO foo VALUES (1) RETURNING id").isCursorPlan() + " " + spi.prepare("SELECT 1; SELECT 2").isCursorPlan() + " "
                + spi.prepare("INSERT INTO foo VALUES (1)").isCursorPlan()));
        assertEquals("42P11 cannot open multi-query plan as cursor", f.failing(spi -> spi.prepare("SELECT 1; SELECT 2").open("", true)));
        assertEquals("42P11 cannot open INSERT query as cursor", f.failing(spi -> spi.prepare("INSERT INTO foo VALUES (1)").open("", false)));
    }

    @Test
    void s12CursorsMoveInAllDirections() throws SQLException {
        assertEquals("1,2,3 2,1 10 7 0 none 6", f.inside(spi -> {
            SpiPlan plan = spi.prepareCursor("SELECT id FROM bar ORDER BY id", Optional.of(true));
            SpiCursor c = plan.open("", true);
            String first = ids(c.fetch(true, 3));
            String back = ids(c.fetch(false, 2));
            String last = ids(c.fetch(SpiDirection.ABSOLUTE, -1));
            String before = ids(c.fetch(SpiDirection.RELATIVE, -3));
            c.move(SpiDirection.ABSOLUTE, 0);
            long processed = spi.processed();
            String table = spi.tuples().map(t -> "some").orElse("none");
            c.move(true, 5);
            return first + " " + back + " " + last + " " + before + " " + processed + " " + table + " " + ids(c.fetch(true, 1));
        }));
        assertEquals("0A000 DECLARE SCROLL CURSOR ... FOR UPDATE/SHARE is not supported",
                f.failing(spi -> spi.prepareCursor("SELECT id FROM bar FOR UPDATE", Optional.of(true)).open("", false)));
        assertEquals("1,2 2", f.inside(spi -> {
            SpiCursor c = spi.prepare("INSERT INTO foo SELECT * FROM bar WHERE id < 3 RETURNING id").open("ins", false);
            return ids(c.fetch(true, 10)) + " " + spi.execute("SELECT count(*) FROM foo").rows().row(0).getLong(1);
        }));
    }

    private static String ids(SpiResult r) {
        return String.join(",", r.rows().stream().map(row -> row.getText(1)).toList());
    }

    @Test
    void s13CursorsArePortalsOfTheSession() throws SQLException {
        f.run("BEGIN");
        assertEquals("cur", f.inside(spi -> {
            try (Spi level = Spi.connect()) {
                return level.open("cur", "SELECT id FROM bar WHERE id > $1 ORDER BY id", true, 4).name();
            }
        }));
        assertEquals("cur", f.value("SELECT name FROM pg_cursors WHERE name = 'cur'"));
        assertEquals(List.of("5", "6"), f.rows("FETCH 2 FROM cur"));
        assertEquals("7", f.inside(spi -> ids(spi.cursor("cur").orElseThrow().fetch(true, 1))));
        assertEquals("false", f.inside(spi -> {
            spi.cursor("cur").orElseThrow().close();
            return spi.cursor("cur").isPresent();
        }));
        f.run("COMMIT");
        assertEquals("42P03 cursor \"twice\" already in use", f.failing(spi -> {
            spi.open("twice", "SELECT 1", true);
            return spi.open("twice", "SELECT 1", true);
        }));
    }

    @Test
    void s14CommitNeedsANonAtomicCall() throws SQLException {
        assertEquals("2D000 invalid transaction termination", f.failing(spi -> {
            spi.commit();
            return null;
        }));
        Scripted.does(spi -> spi.subtransaction(() -> {
            spi.commit();
            return null;
        }));
        assertEquals("2D000 cannot commit while a subtransaction is active", f.error("CALL run_procedure()"));
        Scripted.does(spi -> spi.subtransaction(() -> {
            spi.rollback();
            return null;
        }));
        assertEquals("2D000 cannot roll back while a subtransaction is active", f.error("CALL run_procedure()"));
    }

    @Test
    void s14BlocksWithHandlersAreSubtransactionsToo() throws SQLException {
        Scripted.does(spi -> {
            spi.commit();
            return null;
        });
        assertEquals("2D000 invalid transaction termination",
                f.error("DO $$ BEGIN BEGIN CALL run_procedure(); EXCEPTION WHEN division_by_zero THEN NULL; END; END $$"));
        assertEquals("2D000 cannot commit while a subtransaction is active",
                f.error("DO $$ BEGIN BEGIN COMMIT; EXCEPTION WHEN division_by_zero THEN NULL; END; END $$"));
    }

    @Test
    void registeredRowsAreTables() throws SQLException {
        f.run("CREATE TABLE hidden (n int)", "CREATE FUNCTION inner_sees() RETURNS text LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT FROM hidden) "
                + "THEN RETURN 'sees'; END IF; RETURN 'done'; END $$");
        assertEquals("done", f.inside(spi -> {
            TupleTable rows = spi.execute("SELECT g AS n, 'x' || g AS t, NULL::date AS d FROM generate_series(1, 3000) g").rows();
            assertEquals(SpiCode.OK_REL_REGISTER, spi.register("hidden", rows));
            rows.free();
            assertEquals(SpiCode.ERROR_REL_DUPLICATE, spi.register("hidden", spi.execute("SELECT 1").rows()));
            assertEquals(SpiCode.ERROR_ARGUMENT, spi.register("", spi.execute("SELECT 1").rows()));
            assertEquals("4501500 x999 3000", spi.execute("SELECT sum(n) || ' ' || max(t) || ' ' || count(*) FILTER (WHERE d IS NULL) FROM hidden").rows().row(0).getText(1));
            assertEquals("done", spi.execute("SELECT inner_sees()").rows().row(0).getText(1), "what it calls does not see them");
            assertEquals(SpiCode.OK_REL_UNREGISTER, spi.unregister("hidden"));
            assertEquals(SpiCode.ERROR_REL_NOT_FOUND, spi.unregister("hidden"));
            assertEquals(0, spi.execute("SELECT * FROM hidden").processed());
            spi.register("hidden", spi.execute("SELECT 1").rows());
            return "done";
        }));
        assertEquals(List.of(), f.rows("SELECT * FROM hidden"));
        f.run("DROP TABLE hidden");
    }

    @Test
    void s15ProceduresWithSurroundingsOfTheirOwnAreAtomic() throws SQLException {
        for (String surroundings : List.of("SET work_mem = '5MB'", "SECURITY DEFINER")) {
            f.run("CREATE OR REPLACE PROCEDURE run_surrounded() LANGUAGE java " + surroundings + " AS 'org.gajah.tests.routine.Scripted.procedure'");
            Scripted.does(spi -> {
                spi.commit();
                return null;
            });
            assertEquals("2D000 invalid transaction termination", f.error("CALL run_surrounded()"));
        }
    }

    @Test
    void s15OnlyCallsOutsideOfBlocksAreNonAtomic() throws SQLException {
        Scripted.Body commits = spi -> {
            spi.execute("INSERT INTO foo VALUES (1)");
            spi.commit();
            spi.execute("INSERT INTO foo VALUES (2)");
            spi.rollback();
            return null;
        };
        f.calling(commits);
        assertEquals(List.of("1"), f.rows("SELECT id FROM foo"));
        f.run("BEGIN");
        assertEquals("2D000 invalid transaction termination", f.error("CALL run_procedure()"));
        f.run("ROLLBACK", "CREATE OR REPLACE PROCEDURE around() LANGUAGE java AS 'org.gajah.tests.routine.Nested.around'");
        f.run("TRUNCATE foo", "CALL around()");
        assertEquals(List.of("1"), f.rows("SELECT id FROM foo"), "a procedure that a procedure calls");
        f.run("CREATE OR REPLACE FUNCTION calls() RETURNS text LANGUAGE java AS 'org.gajah.tests.routine.Nested.calls'");
        assertEquals("2D000 invalid transaction termination", f.error("SELECT calls()"));
    }

    @Test
    void s16CommitBeginsTheNextTransaction() throws SQLException {
        f.calling(spi -> {
            spi.commit();
            spi.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            spi.commitAndChain();
            assertEquals("repeatable read on", show(spi));
            spi.rollbackAndChain();
            assertEquals("repeatable read on", show(spi));
            spi.commit();
            assertEquals("read committed off", show(spi));
            return null;
        });
        f.run("CREATE TABLE made (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        Scripted.does(spi -> {
            spi.execute("INSERT INTO made VALUES (1), (1)");
            spi.commit();
            return null;
        });
        assertEquals("23505 duplicate key value violates unique constraint \"made_id_key\"", f.error("CALL run_procedure()"));
        f.calling(spi -> {
            spi.execute("INSERT INTO made VALUES (1), (1)");
            assertEquals("23505", assertThrows(SqlError.class, spi::commit).code());
            spi.execute("INSERT INTO made VALUES (3)");
            return null;
        });
        assertEquals(List.of("3"), f.rows("SELECT id FROM made"));
        Scripted.does(spi -> {
            spi.commit();
            spi.execute("SELECT 1");
            return spi.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        });
        assertEquals("25001 SET TRANSACTION ISOLATION LEVEL must be called before any query", f.error("CALL run_procedure()"));
    }

    private static String show(Spi spi) {
        return spi.execute("SELECT current_setting('transaction_isolation') || ' ' || current_setting('transaction_read_only')").rows().row(0).getText(1);
    }

    @Test
    void s17CursorsEndWithTheirTransaction() throws SQLException {
        f.calling(spi -> {
            spi.open("over", "SELECT id FROM bar", true);
            spi.commit();
            assertTrue(spi.cursor("over").isEmpty());
            return null;
        });
    }

    @Test
    void s18ErrorsHaveAllFieldsAndMustNotBeSwallowed() throws SQLException {
        f.run("CREATE TABLE made (id int CONSTRAINT small CHECK (id < 10))");
        assertEquals("23514 small made public Failing row contains (10).", f.inside(spi -> {
            SqlError e = assertThrows(SqlError.class, () -> spi.subtransaction(() -> {
                spi.execute("INSERT INTO made VALUES (10)");
            }));
            return e.code() + " " + e.constraintName().orElseThrow() + " " + e.tableName().orElseThrow() + " " + e.schemaName().orElseThrow() + " "
                    + e.detail().orElseThrow();
        }));
        assertEquals("1", f.inside(spi -> {
            spi.execute("INSERT INTO made VALUES (1)");
            assertThrows(SqlError.class, () -> spi.subtransaction(() -> {
                spi.execute("INSERT INTO made VALUES (2)");
                spi.execute("INSERT INTO made VALUES (10)");
            }));
            return spi.execute("SELECT count(*) FROM made").rows().row(0).getText(1);
        }), "what the block did is undone, what was before is not");
        assertTrue(f.failing(spi -> {
            assertThrows(SqlError.class, () -> spi.execute("INSERT INTO made VALUES (10)"));
            assertThrows(SqlError.class, () -> spi.execute("SELECT 1"), "nothing runs behind an error");
            return "as if nothing had been";
        }).startsWith("23514 "), "an error that was swallowed comes out");
        assertTrue(f.failing(spi -> spi.subtransaction(() -> {
            assertThrows(SqlError.class, () -> spi.execute("INSERT INTO made VALUES (10)"));
            return "kept";
        })).startsWith("23514 "));
    }

    @Test
    void s19WhatCannotRunInATransaction() throws SQLException {
        assertEquals("25001 VACUUM cannot be executed from a function", f.failing(spi -> spi.execute("VACUUM bar")));
        assertTrue(f.failing(spi -> spi.execute("CREATE DATABASE other")).startsWith("25001 CREATE DATABASE cannot be executed from a function"));
        assertEquals("SPI_OK_UTILITY 0", f.inside(spi -> summary(spi.execute("LISTEN here", false, 0))));
        assertEquals("SPI_OK_UTILITY 0", f.inside(spi -> summary(spi.execute("NOTIFY here, 'x'", false, 0))));
    }

    @Test
    void s21SnapshotsFollowVolatility() throws Exception {
        try (Connection c = f.gajah.dataSource().getConnection(); Statement other = c.createStatement()) {
            Scripted.Body looks = spi -> {
                long before = spi.execute("SELECT count(*) FROM foo").rows().row(0).getLong(1);
                other.execute("INSERT INTO foo VALUES (1)");
                return before + " " + spi.execute("SELECT count(*) FROM foo").rows().row(0).getLong(1);
            };
            assertEquals("0 1", f.inside(looks), "READ COMMITTED sees what others commit meanwhile");
            Scripted.does(looks);
            assertEquals("1 1", f.value("SELECT run_stable()"), "a stable function sees what its statement sees");
            f.run("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1");
            assertEquals("2 2", f.inside(looks));
            f.run("COMMIT");
        }
        Scripted.does(spi -> spi.execute("INSERT INTO foo VALUES (1)"));
        assertEquals("0A000 INSERT is not allowed in a non-volatile function", f.error("SELECT run_stable()"));
    }

    @Test
    void s22SettingsOfAFunctionAreItsOwn() throws SQLException {
        f.run("ALTER FUNCTION run_volatile() SET work_mem = '3MB'");
        String before = f.value("SHOW work_mem");
        assertEquals("3MB", f.inside(spi -> spi.execute("SHOW work_mem").rows().row(0).getText(1)));
        assertEquals(before, f.value("SHOW work_mem"));
        f.failing(spi -> spi.execute("SELECT 1/0"));
        assertEquals(before, f.value("SHOW work_mem"));
        f.run("ALTER FUNCTION run_volatile() RESET ALL");
    }

    @Test
    void s24ACancelEndsARoutineThatCatchesEverything() throws Exception {
        f.run("SET statement_timeout = '300ms'");
        try {
            assertEquals("57014 canceling statement due to statement timeout", f.failing(spi -> {
                while (true) {
                    try {
                        spi.subtransaction(() -> {
                            spi.execute("SELECT 1");
                        });
                    } catch (SqlError e) {
                        if (!e.code().equals("57014")) {
                            throw e;
                        }
                        return "swallowed";
                    }
                }
            }));
        } finally {
            f.run("RESET statement_timeout");
        }
        assertEquals("1", f.value("SELECT 1"));
    }

    @Test
    void s25AnotherThreadGetsNothing() throws SQLException {
        assertTrue(f.inside(spi -> CompletableFuture.supplyAsync(() -> assertThrows(SqlError.class, () -> spi.execute("SELECT 1")).getMessage()).get())
                .endsWith("SPI_ERROR_UNCONNECTED"));
        assertTrue(f.inside(spi -> CompletableFuture.supplyAsync(() -> assertThrows(SqlError.class, Spi::current).getMessage()).get())
                .endsWith("SPI_ERROR_UNCONNECTED"));
    }

    @Test
    void s26JavasStackTraceIsInTheContext() {
        Scripted.does(spi -> {
            throw new IllegalStateException("as you wish");
        });
        PSQLException e = assertThrows(PSQLException.class, () -> f.run("SELECT run_volatile()"));
        assertEquals("38000", e.getSQLState());
        assertEquals("java.lang.IllegalStateException: as you wish", e.getServerErrorMessage().getMessage());
        String where = e.getServerErrorMessage().getWhere();
        assertTrue(where.contains("SpiContractTest") && where.contains("SpiContractTest.java:") && where.endsWith("Java method "
                + "org.gajah.tests.routine.Scripted.function()"), where);
    }

    @Test
    void argumentsHaveTypes() throws SQLException {
        assertEquals("row 3 2024-02-29 {1,2}", f.inside(spi -> {
            String t = spi.execute("SELECT t FROM bar WHERE id = $1", 3).rows().row(0).getText(1);
            String d = spi.execute("SELECT $1", new SpiArgument("date", "2024-02-29")).rows().row(0).getText(1);
            return t + " " + d + " " + spi.execute("SELECT $1", (Object) new int[] {1, 2}).rows().row(0).getText(1);
        }));
        assertEquals("42P02 there is no parameter $1", f.failing(spi -> spi.prepare("SELECT $1")));
    }

    @Test
    void manyRowsAreKeptElsewhere() throws SQLException {
        assertEquals("100000 4999950000", f.inside(spi -> {
            TupleTable rows = spi.execute("SELECT g FROM generate_series(0, 99999) g").rows();
            return rows.size() + " " + rows.stream().mapToLong(r -> r.getLong(1)).sum();
        }));
    }

    @Test
    void actionsRunAtTheTransactionsEnd() throws SQLException {
        StringBuilder seen = new StringBuilder();
        f.run("BEGIN");
        f.inside(spi -> {
            spi.onCommit(() -> seen.append("committed "));
            spi.onRollback(() -> seen.append("rolled back "));
            return null;
        });
        assertEquals("", seen.toString());
        f.run("COMMIT");
        assertEquals("committed ", seen.toString());
        f.run("BEGIN", "SAVEPOINT s");
        f.inside(spi -> {
            spi.onRollback(() -> seen.append("undone "));
            return null;
        });
        f.run("ROLLBACK TO s");
        assertEquals("committed undone ", seen.toString());
        f.run("COMMIT");
    }

    @Test
    void actionsThatFailAreWarningsAndHaveNoSpi() throws SQLException {
        StringBuilder seen = new StringBuilder();
        f.run("CREATE TABLE acted (a int)", "BEGIN");
        f.inside(spi -> {
            spi.execute("INSERT INTO acted VALUES (1)");
            spi.onCommit(() -> {
                throw new IllegalStateException("no");
            });
            spi.onCommit(() -> spi.execute("INSERT INTO acted VALUES (2)"));
            spi.onCommit(() -> Spi.current().execute("INSERT INTO acted VALUES (3)"));
            spi.onCommit(() -> seen.append("last"));
            return null;
        });
        f.run("COMMIT");
        List<String> warnings = new ArrayList<>();
        for (java.sql.SQLWarning w = f.statement.getWarnings(); w != null; w = w.getNextWarning()) {
            warnings.add(w.getSQLState() + " " + w.getMessage());
        }
        String failed = "38000 an action at the end of a transaction failed: ";
        assertEquals(3, warnings.size(), warnings.toString());
        assertEquals(failed + "java.lang.IllegalStateException: no", warnings.getFirst());
        // COMMIT may run on another thread than the routine, or not: the error is the one that says so, or that the routine does not run
        assertTrue(warnings.get(1).startsWith(failed) && warnings.get(1).endsWith(": SPI_ERROR_UNCONNECTED"), warnings.get(1));
        assertEquals(failed + "an action at a transaction's end has no SPI: SPI_ERROR_UNCONNECTED", warnings.getLast());
        assertEquals("last", seen.toString());
        assertEquals("1", f.value("SELECT count(*) FROM acted"));
    }

    @Test
    void actionsSeeTheTransactionEnded() throws Exception {
        f.run("CREATE TABLE ended (a int)");
        List<String> seen = new ArrayList<>();
        try (Connection other = f.gajah.dataSource().getConnection(); Statement o = other.createStatement()) {
            f.calling(spi -> {
                for (String what : List.of("commit", "rollback")) {
                    spi.execute("INSERT INTO ended VALUES (1)");
                    Runnable look = () -> {
                        try {
                            o.execute("LOCK TABLE ended IN ACCESS EXCLUSIVE MODE NOWAIT");
                            seen.add(what + " " + RoutineFixture.rows(o, "SELECT count(*) FROM ended"));
                        } catch (SQLException e) {
                            seen.add(e.getMessage());
                        }
                    };
                    other.setAutoCommit(false);
                    spi.onCommit(look);
                    spi.onRollback(look);
                    if (what.equals("commit")) {
                        spi.commit();
                    } else {
                        spi.rollback();
                    }
                    other.rollback();
                }
                return null;
            });
        }
        assertEquals(List.of("commit [1]", "rollback [1]"), seen);
    }

    @Test
    void nonatomicIsKnown() throws SQLException {
        StringBuilder seen = new StringBuilder();
        Scripted.Body says = spi -> seen.append(spi.isNonatomic() ? "t" : "f");
        f.inside(says);
        f.calling(says);
        f.calling(spi -> spi.subtransaction(() -> says.run(spi)));
        f.run("BEGIN");
        f.calling(says);
        f.run("COMMIT");
        assertEquals("ftff", seen.toString());
    }

    @Test
    void codesHavePostgresNumbers() {
        int[] errors = {-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13};
        for (int number : errors) {
            assertTrue(SpiCode.of(number).orElseThrow().isError());
        }
        for (int number = 1; number <= 19; number++) {
            assertEquals(number, SpiCode.of(number).orElseThrow().number());
        }
        assertEquals("SPI_OK_INSERT_RETURNING", SpiCode.of(11).orElseThrow().toString());
        assertEquals("SPI_ERROR_REL_NOT_FOUND", SpiCode.of(-13).orElseThrow().toString());
    }
}
