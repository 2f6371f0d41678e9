package org.gajah.command;

import java.util.Optional;

import org.gajah.ast.ObjectStatement.Comment;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.command.Dependencies.Ref;

/** COMMENT ON: a row in pg_description, or in pg_shdescription for what all databases share. */
final class CommentCommand {
    private final CommandContext context;

    CommentCommand(CommandContext context) {
        this.context = context;
    }

    String run(Comment c) {
        context.requireWritable("COMMENT");
        ObjectLookup.Found found = new ObjectLookup(context).require(c.kind(), c.object());
        Ref ref = found.ref();
        if (ref.catalog() != Dependencies.ROLE) {
            context.requireOwner(found.owner(), found.word(), found.name());
        }
        Optional<String> text = c.text().filter(t -> !t.isEmpty());
        boolean shared = ref.catalog() == Dependencies.DATABASE || ref.catalog() == Dependencies.ROLE;
        Optional<CatalogRow> old = shared ? context.catalog().row("pg_shdescription", 2397, ref.oid(), ref.catalog())
                : context.catalog().row("pg_description", 2675, ref.oid(), ref.catalog(), ref.column());
        if (old.isPresent() && text.isPresent()) {
            context.writer().update(old.get(), old.get().with("description", Slice.of(text.get())));
        } else if (old.isPresent()) {
            context.writer().delete(old.get());
        } else if (text.isPresent()) {
            CatalogValues row = new CatalogValues(shared ? "pg_shdescription" : "pg_description").set("objoid", ref.oid())
                    .set("classoid", ref.catalog()).set("description", text.get());
            context.writer().insert(shared ? "pg_shdescription" : "pg_description", (shared ? row : row.set("objsubid", ref.column())).row());
        }
        context.changed();
        return "COMMENT";
    }
}
