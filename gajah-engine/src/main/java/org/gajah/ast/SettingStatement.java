package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * Settings. SQL's own spellings are mapped to a setting's name: SET TIME ZONE is {@code timezone}, SET NAMES is
 * {@code client_encoding}.
 */
public sealed interface SettingStatement extends Statement {
    /** SET [LOCAL|SESSION] name = values. */
    record Set(String name, List<SettingValue> values, boolean local, int location) implements SettingStatement {
    }

    /** SET name TO DEFAULT. */
    record SetDefault(String name, boolean local, int location) implements SettingStatement {
    }

    /** SET name FROM CURRENT, in CREATE FUNCTION and ALTER ... SET only. */
    record SetCurrent(String name, int location) implements SettingStatement {
    }

    /** RESET name. */
    record Reset(String name, int location) implements SettingStatement {
    }

    /** RESET ALL. */
    record ResetAll(int location) implements SettingStatement {
    }

    /** SET TRANSACTION modes, or with {@code session} SET SESSION CHARACTERISTICS AS TRANSACTION modes. */
    record SetTransaction(boolean session, TransactionStatement.TransactionModes modes) implements SettingStatement {
    }

    /** SET TRANSACTION SNAPSHOT 'id'. */
    record SetTransactionSnapshot(String id) implements SettingStatement {
    }

    /** SHOW name; {@code all} is SHOW ALL. */
    record Show(String name) implements SettingStatement {
    }

    /** ALTER SYSTEM with a SET, a SET DEFAULT, a RESET or a RESET ALL inside. */
    record AlterSystem(SettingStatement setting) implements SettingStatement {
    }

    /** DISCARD. */
    record Discard(DiscardTarget target) implements SettingStatement {
    }

    /** What DISCARD discards. */
    enum DiscardTarget { ALL, PLANS, SEQUENCES, TEMP }

    /** One value of SET. */
    sealed interface SettingValue {
        /** A string or a word. */
        record Text(String value) implements SettingValue {
        }

        /** A number as written, maybe with a sign. */
        record Number(String value, boolean isInteger) implements SettingValue {
        }

        /**
         * INTERVAL 'text' qualifiers, for SET TIME ZONE.
         *
         * @param type the interval type with its modifiers
         */
        record Interval(String text, TypeName type) implements SettingValue {
        }
    }

    /** The setting's name where one is meant. */
    default Optional<String> settingName() {
        return switch (this) {
            case Set s -> Optional.of(s.name());
            case SetDefault s -> Optional.of(s.name());
            case SetCurrent s -> Optional.of(s.name());
            case Reset s -> Optional.of(s.name());
            case Show s -> Optional.of(s.name());
            case AlterSystem s -> s.setting().settingName();
            case ResetAll _, SetTransaction _, SetTransactionSnapshot _, Discard _ -> Optional.empty();
        };
    }
}
