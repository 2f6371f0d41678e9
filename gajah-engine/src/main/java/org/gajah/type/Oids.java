package org.gajah.type;

/** The oids of PostgreSQL's built-in types, and which array type belongs to which element type. */
public final class Oids {
    /** bool. */
    public static final int BOOL = 16;
    /** bool[]. */
    public static final int BOOL_ARRAY = 1000;
    /** bytea. */
    public static final int BYTEA = 17;
    /** bytea[]. */
    public static final int BYTEA_ARRAY = 1001;
    /** char. */
    public static final int CHAR = 18;
    /** char[]. */
    public static final int CHAR_ARRAY = 1002;
    /** name. */
    public static final int NAME = 19;
    /** name[]. */
    public static final int NAME_ARRAY = 1003;
    /** int8. */
    public static final int INT8 = 20;
    /** int8[]. */
    public static final int INT8_ARRAY = 1016;
    /** int2. */
    public static final int INT2 = 21;
    /** int2[]. */
    public static final int INT2_ARRAY = 1005;
    /** int2vector. */
    public static final int INT2VECTOR = 22;
    /** int2vector[]. */
    public static final int INT2VECTOR_ARRAY = 1006;
    /** int4. */
    public static final int INT4 = 23;
    /** int4[]. */
    public static final int INT4_ARRAY = 1007;
    /** regproc. */
    public static final int REGPROC = 24;
    /** regproc[]. */
    public static final int REGPROC_ARRAY = 1008;
    /** text. */
    public static final int TEXT = 25;
    /** text[]. */
    public static final int TEXT_ARRAY = 1009;
    /** oid. */
    public static final int OID = 26;
    /** oid[]. */
    public static final int OID_ARRAY = 1028;
    /** tid. */
    public static final int TID = 27;
    /** tid[]. */
    public static final int TID_ARRAY = 1010;
    /** xid. */
    public static final int XID = 28;
    /** xid[]. */
    public static final int XID_ARRAY = 1011;
    /** cid. */
    public static final int CID = 29;
    /** cid[]. */
    public static final int CID_ARRAY = 1012;
    /** oidvector. */
    public static final int OIDVECTOR = 30;
    /** oidvector[]. */
    public static final int OIDVECTOR_ARRAY = 1013;
    /** json. */
    public static final int JSON = 114;
    /** json[]. */
    public static final int JSON_ARRAY = 199;
    /** xml. */
    public static final int XML = 142;
    /** xml[]. */
    public static final int XML_ARRAY = 143;
    /** pg_node_tree. */
    public static final int PG_NODE_TREE = 194;
    /** point. */
    public static final int POINT = 600;
    /** point[]. */
    public static final int POINT_ARRAY = 1017;
    /** path. */
    public static final int PATH = 602;
    /** path[]. */
    public static final int PATH_ARRAY = 1019;
    /** polygon. */
    public static final int POLYGON = 604;
    /** polygon[]. */
    public static final int POLYGON_ARRAY = 1027;
    /** cidr. */
    public static final int CIDR = 650;
    /** cidr[]. */
    public static final int CIDR_ARRAY = 651;
    /** float4. */
    public static final int FLOAT4 = 700;
    /** float4[]. */
    public static final int FLOAT4_ARRAY = 1021;
    /** float8. */
    public static final int FLOAT8 = 701;
    /** float8[]. */
    public static final int FLOAT8_ARRAY = 1022;
    /** unknown. */
    public static final int UNKNOWN = 705;
    /** circle. */
    public static final int CIRCLE = 718;
    /** circle[]. */
    public static final int CIRCLE_ARRAY = 719;
    /** macaddr8. */
    public static final int MACADDR8 = 774;
    /** macaddr8[]. */
    public static final int MACADDR8_ARRAY = 775;
    /** money. */
    public static final int MONEY = 790;
    /** money[]. */
    public static final int MONEY_ARRAY = 791;
    /** macaddr. */
    public static final int MACADDR = 829;
    /** macaddr[]. */
    public static final int MACADDR_ARRAY = 1040;
    /** inet. */
    public static final int INET = 869;
    /** inet[]. */
    public static final int INET_ARRAY = 1041;
    /** aclitem. */
    public static final int ACLITEM = 1033;
    /** aclitem[]. */
    public static final int ACLITEM_ARRAY = 1034;
    /** bpchar. */
    public static final int BPCHAR = 1042;
    /** bpchar[]. */
    public static final int BPCHAR_ARRAY = 1014;
    /** varchar. */
    public static final int VARCHAR = 1043;
    /** varchar[]. */
    public static final int VARCHAR_ARRAY = 1015;
    /** date. */
    public static final int DATE = 1082;
    /** date[]. */
    public static final int DATE_ARRAY = 1182;
    /** time. */
    public static final int TIME = 1083;
    /** time[]. */
    public static final int TIME_ARRAY = 1183;
    /** timestamp. */
    public static final int TIMESTAMP = 1114;
    /** timestamp[]. */
    public static final int TIMESTAMP_ARRAY = 1115;
    /** timestamptz. */
    public static final int TIMESTAMPTZ = 1184;
    /** timestamptz[]. */
    public static final int TIMESTAMPTZ_ARRAY = 1185;
    /** interval. */
    public static final int INTERVAL = 1186;
    /** interval[]. */
    public static final int INTERVAL_ARRAY = 1187;
    /** timetz. */
    public static final int TIMETZ = 1266;
    /** timetz[]. */
    public static final int TIMETZ_ARRAY = 1270;
    /** bit. */
    public static final int BIT = 1560;
    /** bit[]. */
    public static final int BIT_ARRAY = 1561;
    /** varbit. */
    public static final int VARBIT = 1562;
    /** varbit[]. */
    public static final int VARBIT_ARRAY = 1563;
    /** numeric. */
    public static final int NUMERIC = 1700;
    /** numeric[]. */
    public static final int NUMERIC_ARRAY = 1231;
    /** refcursor. */
    public static final int REFCURSOR = 1790;
    /** refcursor[]. */
    public static final int REFCURSOR_ARRAY = 2201;
    /** regprocedure. */
    public static final int REGPROCEDURE = 2202;
    /** regprocedure[]. */
    public static final int REGPROCEDURE_ARRAY = 2207;
    /** regoper. */
    public static final int REGOPER = 2203;
    /** regoper[]. */
    public static final int REGOPER_ARRAY = 2208;
    /** regoperator. */
    public static final int REGOPERATOR = 2204;
    /** regoperator[]. */
    public static final int REGOPERATOR_ARRAY = 2209;
    /** regclass. */
    public static final int REGCLASS = 2205;
    /** regclass[]. */
    public static final int REGCLASS_ARRAY = 2210;
    /** regtype. */
    public static final int REGTYPE = 2206;
    /** regtype[]. */
    public static final int REGTYPE_ARRAY = 2211;
    /** record. */
    public static final int RECORD = 2249;
    /** record[]. */
    public static final int RECORD_ARRAY = 2287;
    /** cstring. */
    public static final int CSTRING = 2275;
    /** cstring[]. */
    public static final int CSTRING_ARRAY = 1263;
    /** any. */
    public static final int ANY = 2276;
    /** anyarray. */
    public static final int ANYARRAY = 2277;
    /** void. */
    public static final int VOID = 2278;
    /** trigger. */
    public static final int TRIGGER = 2279;
    /** language_handler. */
    public static final int LANGUAGE_HANDLER = 2280;
    /** internal. */
    public static final int INTERNAL = 2281;
    /** anyelement. */
    public static final int ANYELEMENT = 2283;
    /** anynonarray. */
    public static final int ANYNONARRAY = 2776;
    /** uuid. */
    public static final int UUID = 2950;
    /** uuid[]. */
    public static final int UUID_ARRAY = 2951;
    /** txid_snapshot. */
    public static final int TXID_SNAPSHOT = 2970;
    /** txid_snapshot[]. */
    public static final int TXID_SNAPSHOT_ARRAY = 2949;
    /** fdw_handler. */
    public static final int FDW_HANDLER = 3115;
    /** pg_lsn. */
    public static final int PG_LSN = 3220;
    /** pg_lsn[]. */
    public static final int PG_LSN_ARRAY = 3221;
    /** pg_ndistinct. */
    public static final int PG_NDISTINCT = 3361;
    /** pg_dependencies. */
    public static final int PG_DEPENDENCIES = 3402;
    /** anyenum. */
    public static final int ANYENUM = 3500;
    /** tsvector. */
    public static final int TSVECTOR = 3614;
    /** tsvector[]. */
    public static final int TSVECTOR_ARRAY = 3643;
    /** tsquery. */
    public static final int TSQUERY = 3615;
    /** tsquery[]. */
    public static final int TSQUERY_ARRAY = 3645;
    /** regconfig. */
    public static final int REGCONFIG = 3734;
    /** regconfig[]. */
    public static final int REGCONFIG_ARRAY = 3735;
    /** regdictionary. */
    public static final int REGDICTIONARY = 3769;
    /** regdictionary[]. */
    public static final int REGDICTIONARY_ARRAY = 3770;
    /** jsonb. */
    public static final int JSONB = 3802;
    /** jsonb[]. */
    public static final int JSONB_ARRAY = 3807;
    /** anyrange. */
    public static final int ANYRANGE = 3831;
    /** event_trigger. */
    public static final int EVENT_TRIGGER = 3838;
    /** int4range. */
    public static final int INT4RANGE = 3904;
    /** int4range[]. */
    public static final int INT4RANGE_ARRAY = 3905;
    /** numrange. */
    public static final int NUMRANGE = 3906;
    /** numrange[]. */
    public static final int NUMRANGE_ARRAY = 3907;
    /** tsrange. */
    public static final int TSRANGE = 3908;
    /** tsrange[]. */
    public static final int TSRANGE_ARRAY = 3909;
    /** tstzrange. */
    public static final int TSTZRANGE = 3910;
    /** tstzrange[]. */
    public static final int TSTZRANGE_ARRAY = 3911;
    /** daterange. */
    public static final int DATERANGE = 3912;
    /** daterange[]. */
    public static final int DATERANGE_ARRAY = 3913;
    /** int8range. */
    public static final int INT8RANGE = 3926;
    /** int8range[]. */
    public static final int INT8RANGE_ARRAY = 3927;
    /** jsonpath. */
    public static final int JSONPATH = 4072;
    /** jsonpath[]. */
    public static final int JSONPATH_ARRAY = 4073;
    /** regnamespace. */
    public static final int REGNAMESPACE = 4089;
    /** regnamespace[]. */
    public static final int REGNAMESPACE_ARRAY = 4090;
    /** regrole. */
    public static final int REGROLE = 4096;
    /** regrole[]. */
    public static final int REGROLE_ARRAY = 4097;
    /** regcollation. */
    public static final int REGCOLLATION = 4191;
    /** regcollation[]. */
    public static final int REGCOLLATION_ARRAY = 4192;
    /** int4multirange. */
    public static final int INT4MULTIRANGE = 4451;
    /** int4multirange[]. */
    public static final int INT4MULTIRANGE_ARRAY = 6150;
    /** nummultirange. */
    public static final int NUMMULTIRANGE = 4532;
    /** nummultirange[]. */
    public static final int NUMMULTIRANGE_ARRAY = 6151;
    /** tsmultirange. */
    public static final int TSMULTIRANGE = 4533;
    /** tsmultirange[]. */
    public static final int TSMULTIRANGE_ARRAY = 6152;
    /** tstzmultirange. */
    public static final int TSTZMULTIRANGE = 4534;
    /** tstzmultirange[]. */
    public static final int TSTZMULTIRANGE_ARRAY = 6153;
    /** datemultirange. */
    public static final int DATEMULTIRANGE = 4535;
    /** datemultirange[]. */
    public static final int DATEMULTIRANGE_ARRAY = 6155;
    /** int8multirange. */
    public static final int INT8MULTIRANGE = 4536;
    /** int8multirange[]. */
    public static final int INT8MULTIRANGE_ARRAY = 6157;
    /** anymultirange. */
    public static final int ANYMULTIRANGE = 4537;
    /** anycompatiblemultirange. */
    public static final int ANYCOMPATIBLEMULTIRANGE = 4538;
    /** pg_snapshot. */
    public static final int PG_SNAPSHOT = 5038;
    /** pg_snapshot[]. */
    public static final int PG_SNAPSHOT_ARRAY = 5039;
    /** xid8. */
    public static final int XID8 = 5069;
    /** xid8[]. */
    public static final int XID8_ARRAY = 271;
    /** anycompatible. */
    public static final int ANYCOMPATIBLE = 5077;
    /** anycompatiblearray. */
    public static final int ANYCOMPATIBLEARRAY = 5078;
    /** anycompatiblenonarray. */
    public static final int ANYCOMPATIBLENONARRAY = 5079;
    /** anycompatiblerange. */
    public static final int ANYCOMPATIBLERANGE = 5080;

    /** Element and array, pairwise. */
    private static final int[] PAIRS = {
        BOOL, BOOL_ARRAY,
        BYTEA, BYTEA_ARRAY,
        CHAR, CHAR_ARRAY,
        NAME, NAME_ARRAY,
        INT8, INT8_ARRAY,
        INT2, INT2_ARRAY,
        INT2VECTOR, INT2VECTOR_ARRAY,
        INT4, INT4_ARRAY,
        REGPROC, REGPROC_ARRAY,
        TEXT, TEXT_ARRAY,
        OID, OID_ARRAY,
        TID, TID_ARRAY,
        XID, XID_ARRAY,
        CID, CID_ARRAY,
        OIDVECTOR, OIDVECTOR_ARRAY,
        JSON, JSON_ARRAY,
        XML, XML_ARRAY,
        POINT, POINT_ARRAY,
        PATH, PATH_ARRAY,
        POLYGON, POLYGON_ARRAY,
        CIDR, CIDR_ARRAY,
        FLOAT4, FLOAT4_ARRAY,
        FLOAT8, FLOAT8_ARRAY,
        CIRCLE, CIRCLE_ARRAY,
        MACADDR8, MACADDR8_ARRAY,
        MONEY, MONEY_ARRAY,
        MACADDR, MACADDR_ARRAY,
        INET, INET_ARRAY,
        ACLITEM, ACLITEM_ARRAY,
        BPCHAR, BPCHAR_ARRAY,
        VARCHAR, VARCHAR_ARRAY,
        DATE, DATE_ARRAY,
        TIME, TIME_ARRAY,
        TIMESTAMP, TIMESTAMP_ARRAY,
        TIMESTAMPTZ, TIMESTAMPTZ_ARRAY,
        INTERVAL, INTERVAL_ARRAY,
        TIMETZ, TIMETZ_ARRAY,
        BIT, BIT_ARRAY,
        VARBIT, VARBIT_ARRAY,
        NUMERIC, NUMERIC_ARRAY,
        REFCURSOR, REFCURSOR_ARRAY,
        REGPROCEDURE, REGPROCEDURE_ARRAY,
        REGOPER, REGOPER_ARRAY,
        REGOPERATOR, REGOPERATOR_ARRAY,
        REGCLASS, REGCLASS_ARRAY,
        REGTYPE, REGTYPE_ARRAY,
        RECORD, RECORD_ARRAY,
        CSTRING, CSTRING_ARRAY,
        UUID, UUID_ARRAY,
        TXID_SNAPSHOT, TXID_SNAPSHOT_ARRAY,
        PG_LSN, PG_LSN_ARRAY,
        TSVECTOR, TSVECTOR_ARRAY,
        TSQUERY, TSQUERY_ARRAY,
        REGCONFIG, REGCONFIG_ARRAY,
        REGDICTIONARY, REGDICTIONARY_ARRAY,
        JSONB, JSONB_ARRAY,
        INT4RANGE, INT4RANGE_ARRAY,
        NUMRANGE, NUMRANGE_ARRAY,
        TSRANGE, TSRANGE_ARRAY,
        TSTZRANGE, TSTZRANGE_ARRAY,
        DATERANGE, DATERANGE_ARRAY,
        INT8RANGE, INT8RANGE_ARRAY,
        JSONPATH, JSONPATH_ARRAY,
        REGNAMESPACE, REGNAMESPACE_ARRAY,
        REGROLE, REGROLE_ARRAY,
        REGCOLLATION, REGCOLLATION_ARRAY,
        INT4MULTIRANGE, INT4MULTIRANGE_ARRAY,
        NUMMULTIRANGE, NUMMULTIRANGE_ARRAY,
        TSMULTIRANGE, TSMULTIRANGE_ARRAY,
        TSTZMULTIRANGE, TSTZMULTIRANGE_ARRAY,
        DATEMULTIRANGE, DATEMULTIRANGE_ARRAY,
        INT8MULTIRANGE, INT8MULTIRANGE_ARRAY,
        PG_SNAPSHOT, PG_SNAPSHOT_ARRAY,
        XID8, XID8_ARRAY,
    };

    private Oids() {
    }

    /** The array type of a built-in element type; 0 if it has none. */
    public static int arrayOf(int elementType) {
        for (int i = 0; i < PAIRS.length; i += 2) {
            if (PAIRS[i] == elementType) {
                return PAIRS[i + 1];
            }
        }
        return 0;
    }

    /** The element type of a built-in array type; 0 if it is not one. */
    public static int elementOf(int arrayType) {
        for (int i = 0; i < PAIRS.length; i += 2) {
            if (PAIRS[i + 1] == arrayType) {
                return PAIRS[i];
            }
        }
        return switch (arrayType) {
            case INT2VECTOR -> INT2;
            case OIDVECTOR -> OID;
            default -> 0;
        };
    }
}
