package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Statement;
import org.gajah.ast.TransactionStatement;
import org.gajah.ast.TransactionStatement.Isolation;
import org.gajah.ast.TransactionStatement.LockMode;
import org.gajah.ast.TransactionStatement.TransactionModes;

/** Transaction control, LOCK and SET CONSTRAINTS. */
final class TransactionGrammar {
    private final Grammar g;
    private final TokenStream t;

    TransactionGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** A statement that begins with ABORT, BEGIN, START, COMMIT, END, ROLLBACK, SAVEPOINT or RELEASE. */
    Statement statement() {
        Keyword word = t.keyword();
        int location = t.location();
        t.skip();
        return switch (word) {
            case BEGIN -> {
                workOrTransaction();
                yield new TransactionStatement.Begin(false, optionalModes());
            }
            case START -> {
                t.expect(Keyword.TRANSACTION);
                yield new TransactionStatement.Begin(true, optionalModes());
            }
            case COMMIT, END -> commit(word, location);
            case SAVEPOINT -> new TransactionStatement.Savepoint(t.colId(), location);
            case RELEASE -> {
                if (t.at(Keyword.SAVEPOINT) && t.atColId(1)) {
                    t.skip();
                }
                yield new TransactionStatement.Release(t.colId(), location);
            }
            case ABORT -> {
                workOrTransaction();
                yield new TransactionStatement.Rollback(chain());
            }
            default -> rollback(location);
        };
    }

    private void workOrTransaction() {
        if (!t.accept(Keyword.WORK)) {
            t.accept(Keyword.TRANSACTION);
        }
    }

    private Statement commit(Keyword word, int location) {
        if (word == Keyword.COMMIT && t.accept(Keyword.PREPARED)) {
            return new TransactionStatement.CommitPrepared(t.string(), location);
        }
        workOrTransaction();
        return new TransactionStatement.Commit(chain());
    }

    private Statement rollback(int location) {
        if (t.accept(Keyword.PREPARED)) {
            return new TransactionStatement.RollbackPrepared(t.string(), location);
        }
        workOrTransaction();
        if (t.accept(Keyword.TO)) {
            if (t.at(Keyword.SAVEPOINT) && t.atColId(1)) {
                t.skip();
            }
            return new TransactionStatement.RollbackTo(t.colId(), location);
        }
        return new TransactionStatement.Rollback(chain());
    }

    private boolean chain() {
        if (!t.accept(Keyword.AND)) {
            return false;
        }
        boolean no = t.accept(Keyword.NO);
        t.expect(Keyword.CHAIN);
        return !no;
    }

    private TransactionModes optionalModes() {
        return t.atEnd() ? TransactionModes.NONE : modes();
    }

    /** One or more modes, with or without commas between. */
    TransactionModes modes() {
        Optional<Isolation> isolation = Optional.empty();
        Optional<Boolean> readOnly = Optional.empty();
        Optional<Boolean> deferrable = Optional.empty();
        do {
            switch (t.keyword()) {
                case ISOLATION -> {
                    t.skip();
                    t.expect(Keyword.LEVEL);
                    isolation = Optional.of(isolation());
                }
                case READ -> {
                    t.skip();
                    boolean only = t.accept(Keyword.ONLY);
                    if (!only) {
                        t.expect(Keyword.WRITE);
                    }
                    readOnly = Optional.of(only);
                }
                case NOT -> {
                    t.skip();
                    t.expect(Keyword.DEFERRABLE);
                    deferrable = Optional.of(false);
                }
                default -> {
                    t.expect(Keyword.DEFERRABLE);
                    deferrable = Optional.of(true);
                }
            }
        } while (t.accept(',') || !t.atEnd());
        return new TransactionModes(isolation, readOnly, deferrable);
    }

    private Isolation isolation() {
        if (t.accept(Keyword.SERIALIZABLE)) {
            return Isolation.SERIALIZABLE;
        } else if (t.accept(Keyword.REPEATABLE)) {
            t.expect(Keyword.READ);
            return Isolation.REPEATABLE_READ;
        }
        t.expect(Keyword.READ);
        if (t.accept(Keyword.COMMITTED)) {
            return Isolation.READ_COMMITTED;
        }
        t.expect(Keyword.UNCOMMITTED);
        return Isolation.READ_UNCOMMITTED;
    }

    Statement prepareTransaction() {
        int location = t.location();
        t.expect(Keyword.PREPARE, Keyword.TRANSACTION);
        return new TransactionStatement.PrepareTransaction(t.string(), location);
    }

    Statement setConstraints() {
        t.expect(Keyword.SET, Keyword.CONSTRAINTS);
        List<RangeVar> constraints =
                t.accept(Keyword.ALL) ? List.of() : t.commaList(g.names::qualifiedName);
        boolean deferred = t.accept(Keyword.DEFERRED);
        if (!deferred) {
            t.expect(Keyword.IMMEDIATE);
        }
        return new TransactionStatement.SetConstraints(constraints, deferred);
    }

    Statement lock() {
        t.expect(Keyword.LOCK);
        t.accept(Keyword.TABLE);
        List<RangeVar> relations = g.names.relations();
        LockMode mode = LockMode.ACCESS_EXCLUSIVE;
        if (t.accept(Keyword.IN)) {
            mode = lockMode();
            t.expect(Keyword.MODE);
        }
        return new TransactionStatement.LockTable(relations, mode, t.accept(Keyword.NOWAIT));
    }

    private LockMode lockMode() {
        if (t.accept(Keyword.ACCESS)) {
            if (t.accept(Keyword.SHARE)) {
                return LockMode.ACCESS_SHARE;
            }
            t.expect(Keyword.EXCLUSIVE);
            return LockMode.ACCESS_EXCLUSIVE;
        } else if (t.accept(Keyword.ROW)) {
            if (t.accept(Keyword.SHARE)) {
                return LockMode.ROW_SHARE;
            }
            t.expect(Keyword.EXCLUSIVE);
            return LockMode.ROW_EXCLUSIVE;
        } else if (t.accept(Keyword.EXCLUSIVE)) {
            return LockMode.EXCLUSIVE;
        }
        t.expect(Keyword.SHARE);
        if (t.accept(Keyword.UPDATE)) {
            t.expect(Keyword.EXCLUSIVE);
            return LockMode.SHARE_UPDATE_EXCLUSIVE;
        } else if (t.accept(Keyword.ROW)) {
            t.expect(Keyword.EXCLUSIVE);
            return LockMode.SHARE_ROW_EXCLUSIVE;
        }
        return LockMode.SHARE;
    }
}
