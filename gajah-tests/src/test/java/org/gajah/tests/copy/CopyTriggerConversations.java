package org.gajah.tests.copy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conversations of {@link CopyBehavioursTest} about triggers, and about tables that are new. */
final class CopyTriggerConversations {
    private static final String SPEAK = "CREATE OR REPLACE FUNCTION speak() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            + "IF TG_LEVEL = 'STATEMENT' THEN RAISE NOTICE '% statement', TG_WHEN; RETURN NULL; END IF; "
            + "IF TG_WHEN = 'BEFORE' AND NEW.a = 2 THEN RETURN NULL; END IF; IF TG_WHEN = 'BEFORE' AND NEW.a = 3 THEN NEW.b := NEW.b || '!'; END IF; "
            + "IF NEW.a = 9 THEN RAISE 'no nine' USING DETAIL = 'really'; END IF; RAISE NOTICE '% % %', TG_WHEN, NEW.a, NEW.b; RETURN NEW; END $$; ";
    private static final String BOTH = SPEAK + "CREATE TRIGGER before_statement BEFORE INSERT ON t EXECUTE FUNCTION speak(); "
            + "CREATE TRIGGER after_statement AFTER INSERT ON t EXECUTE FUNCTION speak(); "
            + "CREATE TRIGGER before_row BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION speak(); "
            + "CREATE TRIGGER after_row AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION speak()";

    private CopyTriggerConversations() {}

    static Map<String, CopyBehavioursTest.Conversation> all() {
        Map<String, CopyBehavioursTest.Conversation> all = new LinkedHashMap<>();
        all.put("O15: row triggers fire per row, statement triggers once, and NULL leaves a row out of the tag", c -> List.of(c.query(BOTH).ask(),
                c.query("COPY t FROM STDIN").data("1\tx\n2\ty\n3\tz\n").done().ask(), c.query("TABLE t").ask()));
        all.put("O15: CONTEXT of what triggers say and raise", c -> List.of(c.query(BOTH).ask(),
                c.query("COPY t FROM STDIN").data("1\tx\n9\ty\n3\tz\n").done().ask(),
                c.query("COPY t FROM STDIN (FORMAT csv)").data("1,\"x\ny\"\n9,y\n").done().ask(),
                c.query("COPY t FROM STDIN (ON_ERROR ignore)").data("x\tx\n9\ty\n").done().ask(), c.query("TABLE t").ask()));
        all.put("O15: CONTEXT of what AFTER triggers raise", c -> List.of(
                c.query(SPEAK + "CREATE TRIGGER after_row AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION speak()").ask(),
                c.query("COPY t FROM STDIN").data("1\tx\n9\ty\n").done().ask(), c.query("TABLE t").ask()));
        all.put("O15: CONTEXT of checks, NOT NULL and keys", c -> List.of(
                c.query("ALTER TABLE t ADD CHECK (a < 10), ADD UNIQUE (a), ALTER b SET NOT NULL").ask(),
                c.query("COPY t FROM STDIN").data("1\tx\n11\ty\n").done().ask(), c.query("COPY t FROM STDIN").data("1\tx\n2\t\\N\n").done().ask(),
                c.query("COPY t FROM STDIN").data("1\tx\n2\ty\n1\tz\n").done().ask(), c.query("TABLE t").ask()));
        all.put("O10: INSTEAD OF INSERT makes a view a target", c -> List.of(c.query("CREATE TEMP VIEW v AS SELECT a, b FROM t WHERE a > 0").ask(),
                c.query("COPY v FROM STDIN").data("1\tx\n").done().ask(),
                c.query("CREATE OR REPLACE FUNCTION into_t() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.a = 2 THEN RETURN NULL; END IF; "
                        + "INSERT INTO t VALUES (NEW.a, 'by ' || TG_OP || ' ' || NEW.b); RETURN NEW; END $$; "
                        + "CREATE TRIGGER instead INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION into_t()").ask(),
                c.query("COPY v FROM STDIN").data("1\tx\n2\ty\n3\tz\n").done().ask(), c.query("TABLE t").ask()));
        all.put("O13: FREEZE and subtransactions", c -> List.of(c.query("BEGIN; CREATE TEMP TABLE f (a int); SAVEPOINT s").ask(),
                c.query("COPY f FROM STDIN (FREEZE)").data("1\n").done().ask(), c.query("ROLLBACK TO s; TRUNCATE f").ask(),
                c.query("COPY f FROM STDIN (FREEZE)").data("2\n").done().ask(), c.query("RELEASE s").ask(),
                c.query("COPY f FROM STDIN (FREEZE)").data("3\n").done().ask(), c.query("SAVEPOINT s2; TRUNCATE f; ROLLBACK TO s2").ask(),
                c.query("COPY f FROM STDIN (FREEZE)").data("4\n").done().ask(), c.query("ROLLBACK").ask()));
        return all;
    }
}
