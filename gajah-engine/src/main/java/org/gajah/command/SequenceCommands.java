package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.Persistence;
import org.gajah.ast.SequenceStatement;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.table.Sequence;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Oids;

/** CREATE and ALTER SEQUENCE, and the sequences behind serial and identity columns. */
final class SequenceCommands {
    private final CommandContext context;

    SequenceCommands(CommandContext context) {
        this.context = context;
    }

    String run(SequenceStatement statement) {
        return switch (statement) {
            case SequenceStatement.CreateSequence c -> create(c);
            case SequenceStatement.AlterSequence a -> alter(a);
        };
    }

    private String create(SequenceStatement.CreateSequence c) {
        context.requireWritable("CREATE SEQUENCE");
        Namespaces namespaces = new Namespaces(context);
        int namespace = namespaces.forNew(c.sequence(), c.persistence());
        String name = c.sequence().relation();
        if (c.ifNotExists() && context.catalog().relation(name, namespace).isPresent()) {
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists, skipping"));
            return "CREATE SEQUENCE";
        }
        SequenceOptions options = SequenceOptions.fresh(c.options(), Oids.INT8, context.analysis());
        int oid = make(name, namespace, c.persistence(), options);
        ownedBy(oid, c.options());
        return "CREATE SEQUENCE";
    }

    private int make(String name, int namespace, Persistence persistence, SequenceOptions o) {
        List<NewColumn> columns = List.of(new NewColumn("last_value", Oids.INT8, -1, 0, 0, true, false, (char) 0, (char) 0),
                new NewColumn("log_cnt", Oids.INT8, -1, 0, 0, true, false, (char) 0, (char) 0),
                new NewColumn("is_called", Oids.BOOL, -1, 0, 0, true, false, (char) 0, (char) 0));
        int oid = new RelationCreation(context).create(new NewRelation(name, namespace, 'S', NewRelation.persistence(persistence), 0, columns));
        context.storage().createSequence(context.transaction(), context.storageId(oid, false), new Sequence.State(o.start(), false));
        context.writer().insert("pg_sequence", new CatalogValues("pg_sequence").set("seqrelid", oid).set("seqtypid", o.type())
                .set("seqstart", o.start()).set("seqincrement", o.increment()).set("seqmax", o.maximum()).set("seqmin", o.minimum())
                .set("seqcache", o.cache()).set("seqcycle", o.cycle()).row());
        context.changed();
        return oid;
    }

    /** The sequence of a serial or identity column; it goes when the column does. */
    Relation createOwned(Relation table, Relation.Column column, List<DefElem> written, boolean identity) {
        Optional<DefElem> named = written.stream().filter(o -> o.name().equals("sequence_name")).findFirst();
        if (named.isPresent()) {
            throw SqlError.notSupported("SEQUENCE NAME of an identity column is not supported");
        }
        String name = Names63.choose(table.name(), column.name(), "seq",
                n -> context.catalog().relation(n, table.namespace()).isPresent());
        if (identity && column.type() != Oids.INT2 && column.type() != Oids.INT4 && column.type() != Oids.INT8) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "identity column type must be smallint, integer, or bigint");
        }
        SequenceOptions options = SequenceOptions.fresh(written, column.type(), context.analysis());
        Persistence persistence = table.persistence() == 't' ? Persistence.TEMPORARY
                : table.persistence() == 'u' ? Persistence.UNLOGGED : Persistence.PERMANENT;
        int oid = make(name, table.namespace(), persistence, options);
        Dependencies dependencies = new Dependencies(context);
        Dependencies.Ref owner = Dependencies.Ref.column(table.oid(), column.number());
        if (identity) {
            dependencies.internal(Dependencies.Ref.relation(oid), owner);
        } else {
            dependencies.automatic(Dependencies.Ref.relation(oid), owner);
        }
        context.changed();
        return context.catalog().relation(oid).orElseThrow();
    }

    private void ownedBy(int sequence, List<DefElem> options) {
        for (DefElem option : options) {
            if (option.name().equals("owned_by") && option.value().orElseThrow() instanceof DefElem.Value.Names names
                    && !names.names().equals(List.of("none"))) {
                List<String> parts = names.names();
                Relation table = Names.relation(parts.subList(0, parts.size() - 1), context.analysis());
                Relation.Column column = IndexCommands.column(table, parts.getLast());
                new Dependencies(context).automatic(Dependencies.Ref.relation(sequence), Dependencies.Ref.column(table.oid(), column.number()));
                context.changed();
            }
        }
    }

    private String alter(SequenceStatement.AlterSequence a) {
        context.requireWritable("ALTER SEQUENCE");
        Relation sequence = Names.relation(a.sequence(), context.analysis());
        if (sequence.kind() != 'S') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + sequence.name() + "\" is not a sequence");
        }
        alter(sequence, a.options());
        return "ALTER SEQUENCE";
    }

    /** Changes what the options say of a sequence. */
    void alter(Relation sequence, List<DefElem> written) {
        context.lockRelation(sequence.oid(), LockMode.SHARE_ROW_EXCLUSIVE);
        CatalogRow row = context.catalog().row("pg_sequence", 5002, sequence.oid()).orElseThrow();
        SequenceOptions options = SequenceOptions.of(row).with(written, context.analysis());
        context.writer().update(row, row.with("seqtypid", options.type(), "seqstart", options.start(), "seqincrement", options.increment(),
                "seqmax", options.maximum(), "seqmin", options.minimum(), "seqcache", options.cache(), "seqcycle", options.cycle()));
        Sequence storage = context.storage().sequence(context.storageId(sequence.storageId(), false));
        Optional<Long> restart = SequenceOptions.restart(written, options.start());
        restart.ifPresent(value -> storage.set(context.transaction(), new Sequence.State(value, false)));
        ownedBy(sequence.oid(), written);
        context.changed();
    }
}
