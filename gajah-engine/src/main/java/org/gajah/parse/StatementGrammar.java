package org.gajah.parse;

import org.gajah.ast.Statement;

/** Tells statements apart by their first words. */
final class StatementGrammar {
    private final Grammar g;
    private final TokenStream t;

    StatementGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** One statement. */
    Statement statement() {
        t.guard.enter();
        Statement statement = dispatch();
        t.guard.leave();
        return statement;
    }

    private Statement dispatch() {
        return switch (t.keyword()) {
            case SELECT, WITH, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE -> g.with.preparable();
            case BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE -> g.transactions.statement();
            case PREPARE -> t.at(Keyword.PREPARE, Keyword.TRANSACTION) && t.kind(2) == Token.STRING
                    ? g.transactions.prepareTransaction() : g.cursors.prepare();
            case EXECUTE -> g.cursors.execute();
            case DEALLOCATE -> g.cursors.deallocate();
            case DECLARE -> g.cursors.declare();
            case FETCH, MOVE -> g.cursors.fetch();
            case CLOSE -> g.cursors.close();
            case SET -> g.settings.set();
            case SHOW -> g.settings.show();
            case RESET -> g.settings.reset();
            case DISCARD -> g.settings.discard();
            case CREATE -> g.creates.create();
            case ALTER -> g.alters.alter();
            case DROP -> g.drops.drop();
            case GRANT -> g.grants.grant();
            case REVOKE -> g.grants.revoke();
            case REASSIGN -> g.roles.reassignOwned();
            case COMMENT -> g.objects.comment();
            case SECURITY -> g.objects.securityLabel();
            case IMPORT -> g.foreign.importSchema();
            case DO -> g.functions.doBlock();
            case CALL -> g.functions.call();
            case COPY -> g.copies.copy();
            case LOCK -> g.transactions.lock();
            default -> maintenance();
        };
    }

    private Statement maintenance() {
        return switch (t.keyword()) {
            case TRUNCATE -> g.maintenance.truncate();
            case VACUUM -> g.maintenance.vacuum();
            case ANALYZE, ANALYSE -> g.maintenance.analyze();
            case EXPLAIN -> g.maintenance.explain();
            case REINDEX -> g.maintenance.reindex();
            case CLUSTER -> g.maintenance.cluster();
            case REFRESH -> g.maintenance.refresh();
            case CHECKPOINT -> g.maintenance.checkpoint();
            case LOAD -> g.maintenance.load();
            case LISTEN -> g.maintenance.listen();
            case NOTIFY -> g.maintenance.sendNotification();
            case UNLISTEN -> g.maintenance.unlisten();
            default -> {
                if (t.at('(')) {
                    yield g.with.preparable();
                }
                throw t.syntaxError();
            }
        };
    }
}
