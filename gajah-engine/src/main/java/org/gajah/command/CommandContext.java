package org.gajah.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.ParameterTypes;
import org.gajah.analyze.Query;
import org.gajah.analyze.RequiredPermission;
import org.gajah.api.SqlError;
import org.gajah.ast.OnCommit;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.PreparedStatement;
import org.gajah.base.HostFiles;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.CatalogWriter;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.UncommittedEnums;
import org.gajah.exec.CompileContext;
import org.gajah.exec.ExecContext;
import org.gajah.exec.ExplainOptions;
import org.gajah.exec.Relations;
import org.gajah.notify.Channels;
import org.gajah.plan.TableSizes;
import org.gajah.settings.ServerSettings;
import org.gajah.settings.Settings;
import org.gajah.sysfunc.EventState;
import org.gajah.sysfunc.Progress;
import org.gajah.table.RelationId;
import org.gajah.table.Storage;
import org.gajah.txn.Transaction;
import org.gajah.txn.lock.LockMode;
import org.gajah.txn.lock.LockTag;
import org.gajah.type.Privilege;

/** What a command may use: the session's transaction and the cluster around it. Valid during one statement. */
public interface CommandContext {
    /** The statement's text, for error positions of what it analyzes later and for pg_stat_activity. */
    Slice statementText();

    /** The catalogs as of the last {@link #changed}. Ask again after calling that. */
    CatalogView catalog();

    CatalogWriter writer();

    Storage storage();

    /** Where the relation's rows or entries lie, by storage id. */
    RelationId storageId(int relfilenode, boolean shared);

    /** Oid of the current database. */
    int database();

    Transaction transaction();

    /** What was written so far becomes visible, and the catalogs are read anew. */
    void changed();

    /** Where the enum types and values are noted that this transaction makes. */
    UncommittedEnums uncommittedEnums();

    /** A fresh oid, also used as a storage id. */
    int newOid();

    /** Takes an object's lock until the transaction ends, waiting as lock_timeout allows. */
    void lock(LockTag tag, LockMode mode);

    /** Takes a relation's lock in the current database until the transaction ends. */
    void lockRelation(int relation, LockMode mode);

    /** As {@link #lockRelation}, but without waiting; whether it was to be had. */
    boolean tryLockRelation(int relation, LockMode mode);

    /** For analysis: catalogs, search path, types. */
    AnalyzeContext analysis();

    /** As {@link #analysis()}, for a statement with parameters. */
    AnalyzeContext analysis(ParameterTypes parameters);

    Settings settings();

    /** LISTEN, UNLISTEN and NOTIFY. */
    Channels channels();

    ServerSettings serverSettings();

    /** The role whose rights count. */
    RoleRow currentRole();

    /** Whether a SECURITY DEFINER function runs. */
    boolean isUnderDefiner();

    /** The role that the client logged in as, or has changed to with SET SESSION AUTHORIZATION. */
    RoleRow sessionRole();

    /** The role that the client logged in as. */
    RoleRow authenticatedRole();

    /** What roles may do, as the catalogs say now. */
    Rights rights();

    /** Whether the current role is a superuser or a member of the role named. */
    boolean isMember(String role);

    /** 42501 unless the current role is a superuser, the owner, or a member of it: {@code must be owner of table t}. */
    void requireOwner(int owner, String kind, String name);

    /** What is noted for event triggers; empty if there are none for this command. */
    default Optional<EventState> event() {
        return Optional.empty();
    }

    /** Has table_rewrite triggers fire; {@code reason} as {@link EventState.Rewrite} has it. */
    default void beforeRewrite(int table, int reason) {
    }

    /** 42501 unless the current role may insert into the table. */
    void requireInsert(Relation table);

    /** 42501 unless the current role may do this to the relation as a whole. */
    void requireHeld(Relation relation, Privilege privilege);

    /** 42501 unless the current role may do all this. */
    void requirePermissions(List<RequiredPermission> permissions);

    /** Has a function's language check what was written. */
    void validate(ProcRow function);

    /** Has a temporary table emptied or dropped when the transaction commits. */
    void onCommit(int table, OnCommit action);

    /** A prepared statement that a command runs in its place, and the context that has its parameters. */
    PreparedCall prepared(PreparedStatement.Execute call);

    /** What {@link #prepared} finds. */
    record PreparedCall(PreparableStatement statement, CommandContext context) {
    }

    /** Runs the constraint checks that wait for the end of the statement. */
    void endStatement();

    /** The lines of EXPLAIN, or the one JSON document; with ANALYZE the query is run. */
    List<String> explain(Query query, ExplainOptions options);

    /** What the session shows of the command's progress from now on. */
    void showProgress(Optional<Progress> progress);

    /** Whether the present subtransaction has made the table, or emptied it. */
    boolean isNew(Relation table);

    /** Until {@link #leaveContext}, the CONTEXT of what routines say has this line, too, as it is whenever something is said. */
    void enterContext(Supplier<String> line);

    void leaveContext();

    /** The machine's files and programs. */
    HostFiles hostFiles();

    /** Fills {@code target} with unpredictable bytes. */
    void randomBytes(byte[] target);

    /** Runs something over the committed catalogs of another database. */
    <T> T inDatabase(int database, Function<CatalogView, T> work);

    /** 55006 with this message if other sessions use the database. */
    void requireUnused(int database, String message);

    /** Ends all other sessions of a database and waits for them, as DROP DATABASE WITH (FORCE) does. */
    void endSessions(int database);

    /** For planning what the command runs itself. */
    TableSizes sizes();

    Relations relations();

    CompileContext compile();

    /** For running what the command plans itself, under a fresh snapshot that lives until the statement ends. */
    ExecContext execution();

    /** The boxed values of expressions that depend on no row. */
    Object[] evaluate(List<Expr> exprs);

    /** Plans and runs a query, handing each batch of rows on; gives the rows that it processed. */
    long run(Query query, CommandOutput output);

    /** Sends a message to the client: severity NOTICE, WARNING, INFO, LOG or DEBUG. */
    void message(String severity, SqlError message);

    /** 25006 if the transaction is read only; {@code statement} is its tag. */
    void requireWritable(String statement);

    /** 25001 if the statement runs inside a transaction block or beside others: it cannot be rolled back together with them. */
    void requireOutsideBlock(String statement);

    /** Whether the statement runs inside a transaction block or beside others. */
    boolean isInsideBlock();

    /** Names of the schemas in the search path with their oids, those that exist, pg_catalog only if listed. */
    List<Integer> searchPath();

    /** Where CREATE without a schema puts objects; 3F000 if there is no schema to create in. */
    int creationNamespace();

    /** 42501 unless the current role may create something in the schema. */
    void requireCreate(int schema);

    /** The session's temporary schema, made if there is none yet. */
    int temporaryNamespace();
}
