package org.gajah.engine;


import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Names;
import org.gajah.analyze.ParameterTypes;
import org.gajah.ast.RangeVar;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.sysfunc.RegNames;
import org.gajah.type.TypeContext;

/** Names to oids and back under the session's search path: what the reg types read and write. */
final class NameResolver implements TypeContext.Names {
    private final SessionImpl session;

    NameResolver(SessionImpl session) {
        this.session = session;
    }

    private AnalyzeContext analysis() {
        return session.context().analysis(session.transactions().catalog(), ParameterTypes.none());
    }

    /** The relation of this name; 42P01 if there is none. */
    Relation relation(RangeVar name) {
        return Names.relation(name, analysis());
    }

    /** The type of this name; 42704 if there is none. */
    int type(TypeName name) {
        return Names.type(name, analysis()).type();
    }

    @Override
    public int resolve(int kind, Slice name) {
        return RegNames.resolve(kind, name, analysis());
    }

    @Override
    public String name(int kind, int oid) {
        return RegNames.name(kind, oid, analysis());
    }

    @Override
    public String typeName(int typeOid, int typmod) {
        return RegNames.typeName(typeOid, typmod, analysis());
    }
}
