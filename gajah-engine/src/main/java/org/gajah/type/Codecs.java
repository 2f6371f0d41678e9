package org.gajah.type;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The codecs of the built-in types, by oid. Types that users make get theirs from what they are made of: {@link ArrayCodec},
 * {@link RecordCodec}, {@link EnumCodec}; a domain uses its base type's.
 */
public final class Codecs {
    private static final Map<Integer, TypeCodec> BY_OID = new HashMap<>();

    static {
        BY_OID.put(Oids.BOOL, BoolCodec.INSTANCE);
        numbers();
        texts();
        times();
        BY_OID.put(Oids.BYTEA, new ByteaCodec());
        BY_OID.put(Oids.UUID, new UuidCodec());
        BY_OID.put(Oids.JSON, new JsonCodecs.Json());
        BY_OID.put(Oids.JSONB, new JsonCodecs.JsonbCodec());
        BY_OID.put(Oids.JSONPATH, new JsonCodecs.Path());
        BY_OID.put(Oids.BIT, new BitCodec(false));
        BY_OID.put(Oids.VARBIT, new BitCodec(true));
        BY_OID.put(Oids.INET, new InetCodec(false));
        BY_OID.put(Oids.CIDR, new InetCodec(true));
        BY_OID.put(Oids.MACADDR, new MacaddrCodec(6));
        BY_OID.put(Oids.MACADDR8, new MacaddrCodec(8));
        for (int oid : new int[] {Oids.REGPROC, Oids.REGPROCEDURE, Oids.REGOPER, Oids.REGOPERATOR, Oids.REGCLASS, Oids.REGTYPE,
            Oids.REGROLE, Oids.REGNAMESPACE, Oids.REGCOLLATION, Oids.REGCONFIG, Oids.REGDICTIONARY}) {
            BY_OID.put(oid, new IntegerCodecs.Reg(oid));
        }
        ranges();
        pseudo();
        for (Map.Entry<Integer, TypeCodec> entry : Map.copyOf(BY_OID).entrySet()) {
            int array = Oids.arrayOf(entry.getKey());
            if (array != 0) {
                BY_OID.put(array, new ArrayCodec(entry.getKey(), entry.getValue(), ','));
            }
        }
    }

    private Codecs() {
    }

    private static void numbers() {
        TypeCodec int2 = new IntegerCodecs.Int2();
        TypeCodec oid = new IntegerCodecs.Unsigned4("oid");
        BY_OID.put(Oids.INT2, int2);
        BY_OID.put(Oids.INT4, new IntegerCodecs.Int4());
        BY_OID.put(Oids.INT8, new IntegerCodecs.Int8());
        BY_OID.put(Oids.FLOAT4, new FloatCodec(true));
        BY_OID.put(Oids.FLOAT8, new FloatCodec(false));
        BY_OID.put(Oids.NUMERIC, new NumericCodec());
        BY_OID.put(Oids.MONEY, new IntegerCodecs.Money());
        BY_OID.put(Oids.OID, oid);
        BY_OID.put(Oids.XID, new IntegerCodecs.Unsigned4("xid"));
        BY_OID.put(Oids.CID, new IntegerCodecs.Unsigned4("cid"));
        BY_OID.put(Oids.XID8, new IntegerCodecs.Xid8());
        BY_OID.put(Oids.TID, new IntegerCodecs.Tid());
        BY_OID.put(Oids.PG_LSN, new IntegerCodecs.Lsn());
        BY_OID.put(Oids.INT2VECTOR, new VectorTypeCodec(Oids.INT2, int2));
        BY_OID.put(Oids.OIDVECTOR, new VectorTypeCodec(Oids.OID, oid));
    }

    private static void texts() {
        TypeCodec plain = new TextCodec(TextCodec.Kind.PLAIN);
        for (int oid : new int[] {Oids.TEXT, Oids.UNKNOWN, Oids.CSTRING, Oids.REFCURSOR, Oids.XML, Oids.PG_NODE_TREE,
            Oids.PG_NDISTINCT, Oids.PG_DEPENDENCIES}) {
            BY_OID.put(oid, plain);
        }
        BY_OID.put(Oids.VARCHAR, new TextCodec(TextCodec.Kind.VARCHAR));
        BY_OID.put(Oids.TXID_SNAPSHOT, new SnapshotCodec());
        BY_OID.put(Oids.PG_SNAPSHOT, new SnapshotCodec());
        BY_OID.put(Oids.ACLITEM, new AclItemCodec());
        BY_OID.put(Oids.NAME, new TextCodec(TextCodec.Kind.NAME));
        BY_OID.put(Oids.BPCHAR, new BpcharCodec());
        BY_OID.put(Oids.CHAR, new IntegerCodecs.Char());
    }

    private static void times() {
        BY_OID.put(Oids.DATE, new TimeCodecs.Date());
        BY_OID.put(Oids.TIME, new TimeCodecs.Time());
        BY_OID.put(Oids.TIMETZ, new TimeCodecs.Timetz());
        BY_OID.put(Oids.TIMESTAMP, new TimeCodecs.Timestamp(false));
        BY_OID.put(Oids.TIMESTAMPTZ, new TimeCodecs.Timestamp(true));
        BY_OID.put(Oids.INTERVAL, new TimeCodecs.IntervalCodec());
    }

    private static void ranges() {
        range(Oids.INT4RANGE, Oids.INT4MULTIRANGE, Oids.INT4);
        range(Oids.INT8RANGE, Oids.INT8MULTIRANGE, Oids.INT8);
        range(Oids.NUMRANGE, Oids.NUMMULTIRANGE, Oids.NUMERIC);
        range(Oids.TSRANGE, Oids.TSMULTIRANGE, Oids.TIMESTAMP);
        range(Oids.TSTZRANGE, Oids.TSTZMULTIRANGE, Oids.TIMESTAMPTZ);
        range(Oids.DATERANGE, Oids.DATEMULTIRANGE, Oids.DATE);
    }

    private static void range(int range, int multirange, int element) {
        RangeCodec codec = new RangeCodec(range, element, BY_OID.get(element));
        BY_OID.put(range, codec);
        BY_OID.put(multirange, new MultirangeCodec(multirange, codec));
    }

    private static void pseudo() {
        BY_OID.put(Oids.VOID, new VoidCodec());
        BY_OID.put(Oids.INTERNAL, new InternalCodec("internal"));
        BY_OID.put(Oids.TRIGGER, new InternalCodec("trigger"));
        BY_OID.put(Oids.EVENT_TRIGGER, new InternalCodec("event_trigger"));
        BY_OID.put(Oids.LANGUAGE_HANDLER, new InternalCodec("language_handler"));
        BY_OID.put(Oids.FDW_HANDLER, new InternalCodec("fdw_handler"));
        RecordCodec record = new RecordCodec(oid -> of(oid).orElseThrow(() -> new IllegalStateException("type " + oid)));
        BY_OID.put(Oids.RECORD, record);
    }

    /** The codec of a built-in type; empty for a type that is not built in, or that is not implemented. */
    public static Optional<TypeCodec> of(int typeOid) {
        return Optional.ofNullable(BY_OID.get(typeOid));
    }
}
