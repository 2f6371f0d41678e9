package org.gajah.analyze;

import org.gajah.base.Slice;
import org.gajah.type.TextStyle;
import org.gajah.type.TimeZoneRules;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Vector;

/** Types as stored text shows them: the same whatever a session has set, with oids in place of names. */
final class StableTypes implements TypeContext, TypeContext.Names {
    private final TypeContext session;

    StableTypes(TypeContext session) {
        this.session = session;
    }

    @Override
    public TextStyle style() {
        return TextStyle.DEFAULT;
    }

    @Override
    public TimeZoneRules timeZone() {
        return TimeZoneRules.UTC;
    }

    @Override
    public long transactionMicros() {
        return session.transactionMicros();
    }

    @Override
    public TypeCodec codec(int typeOid) {
        return session.codec(typeOid);
    }

    @Override
    public void checkDomain(int domain, Vector values, int row) {
        session.checkDomain(domain, values, row);
    }

    @Override
    public Names names() {
        return this;
    }

    @Override
    public int resolve(int kind, Slice name) {
        return Integer.parseUnsignedInt(name.toString());
    }

    @Override
    public String name(int kind, int oid) {
        return Integer.toUnsignedString(oid);
    }

    @Override
    public String typeName(int typeOid, int typmod) {
        return session.names().typeName(typeOid, typmod);
    }
}
