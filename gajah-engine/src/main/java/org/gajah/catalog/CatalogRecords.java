package org.gajah.catalog;

import java.util.List;

/** Catalog rows made into the records that the engine works with. */
final class CatalogRecords {
    private CatalogRecords() {
    }

    static TypeRow type(CatalogRow r) {
        int element = r.number("typelem");
        boolean trueArray = element != 0 && r.number("typlen") == -1 && r.number("typsubscript") == 6179;
        return new TypeRow(r.number("oid"), r.text("typname"), r.number("typnamespace"), r.number("typowner"), r.number("typlen"),
                r.flag("typbyval"), r.letter("typtype"), r.letter("typcategory"), r.flag("typispreferred"), r.flag("typisdefined"),
                r.number("typrelid"), element, r.number("typarray"), trueArray, r.number("typbasetype"), r.number("typtypmod"),
                r.flag("typnotnull"), r.number("typcollation"), r.number("typmodin"));
    }

    static ProcRow function(CatalogRow r) {
        return new ProcRow(r.number("oid"), r.text("proname"), r.number("pronamespace"), r.number("proowner"), r.number("prolang"),
                r.letter("prokind"), r.flag("prosecdef"), r.flag("proleakproof"), r.flag("proisstrict"), r.flag("proretset"),
                r.letter("provolatile"), r.number("provariadic"), r.number("prorettype"), r.numbers("proargtypes"),
                r.numbers("proallargtypes"), r.letters("proargmodes"), r.texts("proargnames"), r.number("pronargdefaults"),
                r.textIfAny("proargdefaults"), r.text("prosrc"), r.textIfAny("prosqlbody"), r.real("prorows"),
                r.get("proconfig") == null ? List.of() : r.texts("proconfig"));
    }

    static OperatorRow operator(CatalogRow r) {
        return new OperatorRow(r.number("oid"), r.text("oprname"), r.number("oprnamespace"), r.letter("oprkind"),
                r.flag("oprcanmerge"), r.flag("oprcanhash"), r.number("oprleft"), r.number("oprright"), r.number("oprresult"),
                r.number("oprcom"), r.number("oprnegate"), r.number("oprcode"));
    }

    static CastRow cast(CatalogRow r) {
        return new CastRow(r.number("castsource"), r.number("casttarget"), r.number("castfunc"), r.letter("castcontext"),
                r.letter("castmethod"));
    }

    static AggregateRow aggregate(CatalogRow r) {
        return new AggregateRow(r.number("aggfnoid"), r.letter("aggkind"), r.number("aggnumdirectargs"), r.number("aggtransfn"),
                r.number("aggfinalfn"), r.number("aggcombinefn"), r.flag("aggfinalextra"), r.number("aggsortop"),
                r.number("aggtranstype"), r.textIfAny("agginitval"), new AggregateRow.Moving(r.number("aggmtransfn"),
                r.number("aggminvtransfn"), r.number("aggmfinalfn"), r.flag("aggmfinalextra"), r.number("aggmtranstype"), r.textIfAny("aggminitval")));
    }

    static CollationRow collation(CatalogRow r) {
        return new CollationRow(r.number("oid"), r.text("collname"), r.number("collnamespace"), r.letter("collprovider"),
                r.flag("collisdeterministic"), r.textIfAny("colllocale").or(() -> r.textIfAny("collcollate")).orElse(""));
    }

    static OperatorClassRow operatorClass(CatalogRow r) {
        return new OperatorClassRow(r.number("oid"), r.number("opcmethod"), r.text("opcname"), r.number("opcnamespace"),
                r.number("opcfamily"), r.number("opcintype"), r.flag("opcdefault"), r.number("opckeytype"));
    }

    static SchemaRow schema(CatalogRow r) {
        return new SchemaRow(r.number("oid"), r.text("nspname"), r.number("nspowner"));
    }

    static RoleRow role(CatalogRow r) {
        Object until = r.get("rolvaliduntil");
        return new RoleRow(r.number("oid"), r.text("rolname"), r.flag("rolsuper"), r.flag("rolinherit"), r.flag("rolcreaterole"),
                r.flag("rolcreatedb"), r.flag("rolcanlogin"), r.flag("rolreplication"), r.flag("rolbypassrls"),
                r.number("rolconnlimit"), r.textIfAny("rolpassword"), until == null ? Long.MAX_VALUE : (Long) until);
    }
}
