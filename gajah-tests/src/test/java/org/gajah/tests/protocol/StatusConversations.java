package org.gajah.tests.protocol;

import java.io.IOException;
import java.util.Map;

/** Conversations about what a server tells of its settings. */
final class StatusConversations {
    private StatusConversations() {
    }

    static void addTo(Map<String, Conversations.Conversation> all) {
        all.put("settings at the start", StatusConversations::atTheStart);
        all.put("settings that change are reported", StatusConversations::changes);
        all.put("a rollback reports what it takes back", StatusConversations::rollback);
        all.put("SET LOCAL is reported twice", StatusConversations::local);
        all.put("settings of roles and databases", StatusConversations::ofRoles);
        all.put("other users", StatusConversations::users);
        all.put("settings within the extended protocol", StatusConversations::extended);
    }

    private static void hear(Talk talk, Talk other) throws IOException {
        talk.said.addAll(other.said.stream().filter(line -> line.startsWith("S ") && !line.startsWith("S server_")).sorted().toList());
        other.close();
    }

    private static void atTheStart(Talk talk) throws IOException {
        try (Talk other = talk.another("postgres", "conversations")) {
            talk.said.addAll(other.said.stream().filter(line -> !line.startsWith("S TimeZone")).sorted().toList());
        }
    }

    private static void changes(Talk talk) throws IOException {
        String[] statements = {"SET TimeZone = 'Europe/Berlin'", "SET TIME ZONE 'Europe/Berlin'", "SET TIME ZONE 5", "SET TIME ZONE LOCAL", "SET DateStyle = 'German'", "SET IntervalStyle = iso_8601",
            "SET application_name = 'me'", "SET application_name = 'h\u00e9'", "SET client_encoding = 'latin1'", "SET NAMES 'utf8'", "SET standard_conforming_strings = off", "RESET standard_conforming_strings",
            "SET search_path = a, \"B\", public", "SET default_transaction_read_only = on", "SET default_transaction_read_only = off", "SET scram_iterations = 5000", "SET work_mem = '1MB'",
            "SELECT set_config('TimeZone', 'UTC', false)", "RESET ALL", "SET TimeZone = 'UTC'; SET TimeZone = 'CET'", "SET TimeZone = 'nope'",
            "DO $$ BEGIN SET application_name = 'inner'; END $$", "DISCARD ALL", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "SET in_hot_standby = on", "SET server_version = '1'"};
        for (String statement : statements) {
            talk.query(statement);
        }
    }

    private static void rollback(Talk talk) throws IOException {
        talk.query("BEGIN").query("SET TimeZone = 'Europe/Berlin'").query("SET application_name = 'a'").query("SELECT 1").query("ROLLBACK").query("SHOW TimeZone");
        talk.query("BEGIN; SET TimeZone = 'Europe/Berlin'; SAVEPOINT s; SET TimeZone = 'CET'").query("ROLLBACK TO s").query("COMMIT");
        talk.query("SET TimeZone = 'Asia/Tokyo'; SELECT 1/(id - 1) FROM t ORDER BY id").query("SHOW TimeZone").query("BEGIN; SET TimeZone = 'UTC'; SET TimeZone = 'Europe/Berlin'; ROLLBACK");
        talk.query("BEGIN; SET TimeZone = 'Africa/Cairo'").query("SELECT nope").query("COMMIT");
    }

    private static void local(Talk talk) throws IOException {
        talk.query("BEGIN").query("SET LOCAL DateStyle = 'SQL'").query("SHOW DateStyle").query("COMMIT").query("SHOW DateStyle");
        talk.query("BEGIN; SET DateStyle = 'German'; SET LOCAL DateStyle = 'SQL'").query("COMMIT").query("SET LOCAL TimeZone = 'CET'").query("SELECT set_config('TimeZone', 'CET', true)");
        talk.query("CREATE FUNCTION f() RETURNS text LANGUAGE sql SET TimeZone = 'CET' AS $$ SELECT current_setting('TimeZone') $$").query("SELECT f()");
    }

    private static void ofRoles(Talk talk) throws IOException {
        talk.query("ALTER ROLE talker SET TimeZone = 'Asia/Tokyo'").query("ALTER DATABASE conversations SET DateStyle = 'German'");
        hear(talk, talk.another("talker", "conversations"));
        talk.query("ALTER ROLE talker SET DateStyle = 'SQL, DMY'").query("ALTER ROLE talker IN DATABASE conversations SET TimeZone = 'Africa/Cairo'");
        hear(talk, talk.another("talker", "conversations"));
        hear(talk, talk.another("talker", "postgres"));
        talk.query("ALTER ROLE talker RESET ALL").query("ALTER DATABASE conversations RESET DateStyle");
        hear(talk, talk.another("talker", "postgres"));
        talk.query("ALTER ROLE talker SET default_transaction_read_only = on").query("ALTER ROLE talker SET search_path = nowhere");
        hear(talk, talk.another("talker", "conversations"));
    }

    private static void users(Talk talk) throws IOException {
        talk.query("SET ROLE talker").query("RESET ROLE").query("SET SESSION AUTHORIZATION talker").query("RESET SESSION AUTHORIZATION");
        talk.query("BEGIN; SET LOCAL SESSION AUTHORIZATION talker").query("ROLLBACK").query("BEGIN; SET LOCAL ROLE talker; COMMIT");
    }

    private static void extended(Talk talk) throws IOException {
        talk.run("SET TimeZone = 'CET'").run("SET TimeZone = 'EET'").sync().run("SET application_name = $1", "x").sync();
        talk.run("BEGIN").run("SET LOCAL TimeZone = 'UTC'").flush(8).run("COMMIT").sync();
        talk.run("SET TimeZone = 'UTC'").run("SELECT 1/(id - 1) FROM t ORDER BY id").sync().run("SHOW TimeZone").sync();
    }
}
