package org.gajah.ast;

/** LISTEN, NOTIFY, UNLISTEN. */
public sealed interface NotifyStatement extends Statement {
    /** LISTEN channel. */
    record Listen(String channel) implements NotifyStatement {
    }

    /** NOTIFY channel, 'payload'; the empty payload is the same as none. */
    record Notify(String channel, String payload) implements NotifyStatement {
    }

    /** UNLISTEN channel. */
    record Unlisten(String channel) implements NotifyStatement {
    }

    /** UNLISTEN *. */
    record UnlistenAll() implements NotifyStatement {
    }
}
