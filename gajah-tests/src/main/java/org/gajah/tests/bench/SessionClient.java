package org.gajah.tests.bench;

import java.sql.SQLException;

import org.gajah.api.session.Rows;
import org.gajah.api.session.Session;
import org.gajah.api.session.SessionStatement;

/** An {@link EmbeddedClient} by Gajah's own session. */
final class SessionClient implements EmbeddedClient {
    private final Session session;
    private final SessionStatement account;
    private final SessionStatement balance;
    private final SessionStatement teller;
    private final SessionStatement branch;
    private final SessionStatement history;

    SessionClient(Session session) {
        this.session = session;
        this.account = session.prepare("UPDATE accounts SET abalance = abalance + $1 WHERE aid = $2");
        this.balance = session.prepare("SELECT abalance FROM accounts WHERE aid = $1");
        this.teller = session.prepare("UPDATE tellers SET tbalance = tbalance + $1 WHERE tid = $2");
        this.branch = session.prepare("UPDATE branches SET bbalance = bbalance + $1 WHERE bid = $2");
        this.history = session.prepare("INSERT INTO history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)");
    }

    @Override
    public void selectOnly() {
        // Outside of transactions it is so.
    }

    @Override
    public boolean transaction(int delta, int aid, int tid, int bid) throws SQLException {
        session.begin();
        account.set(1, delta).set(2, aid).update();
        balance(aid);
        teller.set(1, delta).set(2, tid).update();
        branch.set(1, delta).set(2, bid).update();
        history.set(1, tid).set(2, bid).set(3, aid).set(4, delta).update();
        return session.commit();
    }

    @Override
    public int balance(int aid) throws SQLException {
        try (Rows row = balance.set(1, aid).query()) {
            if (!row.next()) {
                throw new SQLException("no account " + aid);
            }
            return row.getInt(1);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
