package org.gajah.table;

import org.gajah.page.PageSpace;

/** A kind of index structure; the storage is given one when it opens and calls it inside the change gate. */
public interface IndexMethod {
    /** Makes an empty structure in a space without pages. */
    EntryTree create(PageSpace space);

    /** Opens what {@link #create} once made in this space; page 0 is the first that it allocated. */
    EntryTree open(PageSpace space);
}
