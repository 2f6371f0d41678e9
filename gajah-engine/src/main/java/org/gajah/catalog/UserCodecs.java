package org.gajah.catalog;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.type.ArrayCodec;
import org.gajah.type.Codecs;
import org.gajah.type.EnumCodec;
import org.gajah.type.Oids;
import org.gajah.type.RecordCodec;
import org.gajah.type.TypeCodec;

/** The codecs of types that users made, and of built-in types made of others, put together from what they consist of. */
final class UserCodecs {
    private UserCodecs() {
    }

    static TypeCodec of(TypeRow type, CatalogView catalog) {
        if (type.trueArray()) {
            return new ArrayCodec(type.element(), catalog.inputCodec(type.element()), ',');
        }
        return switch (type.kind()) {
            case 'd' -> catalog.codec(type.base());
            case 'e' -> new EnumCodec(type.name(), catalog.enumLabels(type.oid()));
            case 'c' -> composite(type, catalog);
            case 'p' -> Codecs.of(Oids.TEXT).orElseThrow();
            default -> throw SqlError.notSupported("type " + type.name() + " is not supported");
        };
    }

    private static TypeCodec composite(TypeRow type, CatalogView catalog) {
        List<RecordCodec.Field> fields = catalog.relation(type.relation()).orElseThrow().columns().stream().map(c -> new RecordCodec.Field(c.name(),
                c.dropped() ? 0 : c.type(), c.typmod(), catalog.inputCodec(c.type()))).toList();
        return new RecordCodec(type.oid(), fields);
    }
}
