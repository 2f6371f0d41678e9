#!/usr/bin/env python3
"""Records what PostgreSQL's built-in functions answer: record-functions.py PSQL-ARGUMENTS... > .../org/gajah/func/functions.txt

For every function that org.gajah.func implements, arguments are drawn from lists of edge values (always the same ones: the
seed is the function's oid). Each line: oid of the function, argument types, arguments, and OK with the result as text, or ERROR
with SQLSTATE and message. Calls written by hand stand in EXTRA.
"""
import glob, os, random, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = {
    'boolean': ['t', 'f'],
    'smallint': ['0', '1', '-1', '7', '32767', '-32768', '100'],
    'integer': ['0', '1', '-1', '2', '3', '7', '-12', '2147483647', '-2147483648', '100000'],
    'bigint': ['0', '1', '-1', '10', '4', '9223372036854775807', '-9223372036854775808', '123456789012', '5'],
    'real': ['0', '1.5', '-2.25', '3e38', '1e-40', 'NaN', 'Infinity', '-Infinity', '0.1', '2', '100'],
    'double precision': ['0', '1', '-1', '0.5', '-2.5', '1.5', '3.14159', '1e308', '1e-300', 'NaN', 'Infinity', '-Infinity', '42', '1e10', '0.1', '30', '123.456'],
    'numeric': ['0', '1', '-1', '0.5', '-2.50', '1.005', '123.456', '99999999999999999999.999', '0.000000001', '1e30', 'NaN', 'Infinity', '-Infinity', '2', '3', '10', '-7.25', '1000000', '1.10'],
    'text': ['%s and %I', '%2$s %1$L', '%-5s|%5s', '\\x', 'hex', 'YWJj', '', 'abc', 'ABC', 'h\u00e9llo', ' x y ', 'a,b,,c', 'aXbXc', '%a_', 'abcabc', '\U0001F600z', 'a\\b', "it's", '12'],
    'character': ['', 'abc', 'abc  ', 'h\u00e9', 'B'],
    'character varying': ['abc', '', 'Abc'],
    'name': ['abc', '', 'Foo', 'pg_class'],
    '"char"': ['a', '', 'Z'],
    'bytea': ['\\x', '\\x00', '\\x616263', '\\xff00ff', '\\x62', '\\x0102030405'],
    'uuid': ['00000000-0000-0000-0000-000000000000', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '019236de-2b3c-7abc-8def-0123456789ab', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    'oid': ['0', '1', '23', '4294967295'],
    'xid': ['1', '7'], 'cid': ['0', '3'], 'xid8': ['1', '18446744073709551615'], 'tid': ['(0,1)', '(1,2)'], 'pg_lsn': ['0/1', '1/0'],
    'money': ['1.00', '-2.50', '0', '100.01'],
    'date': ['2000-01-01', '2024-02-29', '1999-12-31', '0044-03-15 BC', 'infinity', '-infinity', '2026-11-21', '5874897-12-31', '1970-01-01', '0001-01-01'],
    'time without time zone': ['00:00', '12:34:56.789', '23:59:59.999999', '24:00', '06:00'],
    'time with time zone': ['00:00+00', '12:34:56.789+05:30', '23:59:59-08', '04:05:06+00'],
    'timestamp without time zone': ['2000-01-01 00:00', '2024-02-29 12:34:56.789012', '1999-12-31 23:59:59.5', '0044-03-15 01:02:03 BC', 'infinity', '-infinity', '2026-11-21 09:08:07', '1970-01-01', '2024-03-31 02:30', '294276-12-31 23:59'],
    'timestamp with time zone': ['2000-01-01 00:00+00', '2024-02-29 12:34:56.789012+00', '1999-12-31 23:59:59.5-05', 'infinity', '-infinity', '2024-03-10 07:30+00', '1970-01-01 00:00+00', '0044-03-15 01:02:03+00 BC'],
    'interval': ['0', '1 day', '1 mon', '-1 mon +15 days', '1 year 2 mons 3 days 04:05:06.7', '-00:00:01', '36:00:00', 'infinity', '-infinity', '35 days 25:00:00', '1.5 hours', '-3 days 02:00'],
    'json': ['{}', '[]', '{"a":1,"b":[1,{"c":"x"}],"d":null}', '[1,"two",null,true,{"k":"v"}]', '"str"', '1.50', 'null', '{"a":{"b":{"c":"deep"}}}', ' { "x" : [ 1 , 2 ] , "x" : 3 } '],
    'jsonb': ['{}', '[]', '{"a":1,"b":[1,{"c":"x"}],"d":null}', '[1,"two",null,true,{"k":"v"}]', '"str"', '1.50', 'null', '{"a":{"b":{"c":"deep"}}}', '[1,2,3]', '{"a":1}', '[["x"]]', 'true', '99999999999'],
    'int4range': ['empty', '[1,5)', '(,3]', '[3,)', '(,)', '[5,10)', '[1,2)', '[7,7]', '[2,4)', '[10,20)'],
    'int8range': ['empty', '[1,5)', '(,3]', '[9223372036854775806,)'],
    'numrange': ['empty', '[1.5,5)', '(1.5,5]', '(,3)', '[3,)', '(,)', '[5,5]', '(5,7)', '[7,9]', '(2,3)'],
    'daterange': ['empty', '[2024-01-01,2024-02-01)', '(,2024-01-15]', '[-infinity,infinity]', '[2024-02-01,)'],
    'tsrange': ['empty', '[2024-01-01,2024-02-01)', '(2024-01-01,2024-01-01 12:00]', '(,)'],
    'tstzrange': ['empty', '[2024-01-01,2024-02-01)', '(2024-01-01 00:00+00,2024-01-01 12:00+00]', '(,)'],
    'int4range[]': ['{}', '{"[1,3)","[5,7)"}', '{"[1,3)","[2,9)",empty}', '{"[1,2)",NULL}', '{{"[1,2)"},{"[4,5)"}}'],
    'int8range[]': ['{}', '{"[1,3)","[5,7)"}'], 'numrange[]': ['{}', '{"[1.5,3)","(3,7)","[3,3]"}'], 'daterange[]': ['{"[2024-01-01,2024-02-01)"}'],
    'tsrange[]': ['{"[2024-01-01,2024-02-01)"}'], 'tstzrange[]': ['{"[2024-01-01,2024-02-01)"}'],
    'int4multirange': ['{}', '{[1,5)}', '{[1,3),[5,8)}', '{(,2),[4,6),[9,)}', '{[5,10)}', '{(,)}', '{[3,5),[8,9)}', '{[10,20),[30,40)}', '{[2,3)}'],
    'nummultirange': ['{}', '{[1.5,5)}', '{[1,3],(5,8)}', '{(,2),(2,6],[9,)}', '{(,)}', '{[3,5),[8,9)}', '{(8,9)}', '{[3,3]}'],
    'jsonpath': ['$', 'strict $', '$.a', 'strict $.a', '$.*', '$[*]', 'strict $[*]', '$[0]', '$[1 to last]', 'strict $[5]', '$.**', '$.**{2}', '$.**{last}', '$.a.b.c', '$ ? (@.a == 1)', '$[*] ? (@ > 1)', '$[*] ? (@ >= $x && @ <= $y)', '$.size()', '$.type()', '$[*].type()', '$.b[*].c', '$.a + 1', '-$[*]', '$[*] * 2', '$.a / 0', '$.keyvalue()', '$ == 1', '$.a == 1', '($.a == 1) is unknown', 'exists($.a)', '$ ? (exists(@.b[*].c))', '$[*] ? (@ like_regex "^t")', '$[*] ? (@ starts with "t")', '$.double()', '$.abs()', '$[*].string()', '$[*].boolean()', '$[*].integer()', '$[*].decimal(3,1)', '$[*].bigint()', '$[*].number()', '$.nope', 'strict $.nope', '$[last]', '$[last - 1, 0]', '$["a"]', '$[*] ? (@.k == "v")', '$x', '1 + 2 * 3', '$ ? (!(@.a == 1))', '$[*].floor()', '$.d.type()', '$ > 0', '"2023-01-01".datetime() < "2023-01-02".datetime()', '"12:34:56".datetime().type()', '"2023-08-15 12:34:56 +05:30".datetime()', '"2023-08-15 12:34:56+05".timestamp_tz()', '"2023-08-15".date()', '"2023-08-15T12:34:56".timestamp()', '"12:34:56.789".time(1)', '"12:34 +05".datetime("HH24:MI TZH").string()', '"x".datetime()', '"2023-08-15".time()', '"12:34:56+01".time_tz()', '"2023-08-15 12:34:56+05".date()', '"2023-08-15".datetime() == "2023-08-15 00:00:00+00".datetime()', '"1.5".double() + 1', '"x".double()', '"12".integer()', '"t".boolean()', '1.5.boolean()', '(1.5).ceiling()', '"2023".datetime("YYYY")', '"10-03-2017".datetime("dd-mm-yyyy")', '"12:34".datetime("aa")', '"12:34".datetime("HH24:MI:SS")', '"1234567.89".decimal(6,2)', 'null', 'null == 1', 'null != 1', '"a" < "b"', '1 == 1.0', 'true == 1', '$[0 to 1]', '$.a ? (@ > 0)', 'strict $.b ? (@ == 1)'],
    'integer[]': ['{}', '{1}', '{1,2,3}', '{1,NULL,3}', '{{1,2},{3,4}}', '[0:1]={5,6}', '{3,2,1,2}'],
    'text[]': ['{}', '{a}', '{a,b}', '{a,NULL,"x y"}', '{b,c}', '{{a,b},{c,d}}', '{0}', '{a,b,c}'],
    'bigint[]': ['{1,2}', '{0,0}', '{3,17}'], 'double precision[]': ['{1,2,3}', '{0,0,0}', '{4,10,5}', '{3,6,2,6,4,8}', '{0,0,0,0,0,0}', '{2,3,0.5,5,4.5,1.5}'],
    'oidvector': ['', '23 25', '16'],
    'bit': ['1', '0'], 'bit varying': ['101', '', '0011'],
    'inet': ['192.168.0.1', '10.0.0.0/8', '::1', '192.168.0.77/24', '192.168.1.0/16', '10.1.2.3/8', '0.0.0.0/0', '255.255.255.255', '2001:db8::1/64', '2001:db8::/32', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], 'cidr': ['10.0.0.0/8', '::/0', '192.168.0.0/24', '10.1.2.3/32', '0.0.0.0/0', '2001:db8::/32', '2001:db8:0:1::/64', '::1/128', '10.1.0.0/17', '1:0:0:2::/64'],
    'macaddr': ['08:00:2b:01:02:03', 'ff:ff:ff:ff:ff:ff'], 'macaddr8': ['08:00:2b:01:02:03:04:05', '08:00:2b:ff:fe:03:04:05', 'ff:ff:ff:ff:ff:ff:ff:ff'],
}
CAST = {'character': 'bpchar'}
ANY = ['integer', 'text', 'boolean', 'numeric', 'jsonb', 'timestamp without time zone', 'timestamp with time zone', 'integer[]', 'date', 'double precision', 'json', 'text[]']
POLY = {'anyelement': ('integer', 'text'), 'anynonarray': ('integer', 'text'), 'anyarray': ('integer[]', 'text[]'), 'anycompatible': ('integer', 'text'),
        'anycompatiblearray': ('integer[]', 'text[]'), 'anycompatiblenonarray': ('integer', 'text'), '"any"': ('integer', 'text')}
UNITS = ['microseconds', 'milliseconds', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year', 'decade', 'century', 'millennium', 'isoyear', 'dow', 'isodow', 'doy', 'julian', 'epoch', 'timezone', 'timezone_hour', 'timezone_minute', 'foo', 'Hours']
SUBJECTS = ['', 'abc', 'foobarbequebaz', 'XY1234Z', 'abc0123z', 'aaa', 'foo\nbar\nbaz', 'The quick brown fox', 'hello world 42', 'a,b;c  d', 'aXbXc', 'abcabcabc', 'h\u00e9llo w\u00f6rld', 'x=1, y=22, z=333', '(a)(b)', 'ABC abc', 'tel: 555-1234', 'a.b.c', '2024-02-29', 'aaabbb', 'mississippi']
PATTERNS = ['', 'a', 'b+', 'a*', 'a*?', '^abc$', 'foo(.*)b', '(b[^b]+)(b[^b]+)', 'Y*([0-9]{1,3})', 'Y*?([0-9]{1,3})', '(?:a|ab)(c|bcd)?', '(a|ab)(c|bcd)(d*)', '\\d+', '\\w+', '\\s', '[[:alpha:]]+', '[^a-z]', '^b', 'z$', '(?n)^b.*$', '(?i)ABC', '(a)(b)?', '(ab|a)(bc|c)?', '(.)\\1', '(a+)(b*)', 'x|y', '\\mfox', 'o\\M', '\\yabc\\y', '(?=b)', 'a(?!b)', '(?<=X)b', '(?<!X)b', '((a)|(b))*', '(a*)*', '(a*)+', '([a-z]+)=?([0-9]*)', '[,; ]+', '.', '(', ')', '[a', 'a{2}', 'a{2,}', 'a{1,2}?', 'a{3,1}', '*a', 'a**', '\\', '[z-a]', '[[:foo:]]', '(\\d{4})-(\\d\\d)-(\\d\\d)', 'a|b|c', '(?x) a b # comment', '***=a.b', '\\.', '(s+)(i)', 's.*?s', 'i(ss|s)', '(?:(\\w)(\\w))+', 'b*c|a', '\\u0061', '[\\d,]+', '[[=a=]b]', 'q?', '(?q)a.b', '\\2(a)', 'a{300}', '(a|b)*c', '^', '$', '(?<x)']
REPLACEMENTS = ['', 'X', '[\\1]', '\\&\\&', '\\\\', '\\2-\\1', 'a\\b']
FLAGS = ['', 'i', 'g', 'n', 'gi', 'x', 'q', 's', 'w', 'p', 'ig', 'z']
SIMILAR = ['abc', '%(b|d)%', 'a_c', '[0-9]+', 'a#"b#"c', '%#"o_b#"%', 'a.c', '(b|c)%', '', 'a\\%', 'x^$']
DATE_TEMPLATES = ['YYYY-MM-DD HH24:MI:SS.US', 'Day, DD Month YYYY', 'FMDay, FMDD FMMonth YYYY', 'DY dy Dy MON Mon mon', 'HH12:MI:SS am A.M. P.M.', 'Q CC J WW IW IYYY-"W"IW-ID IDDD', 'DDD DDTH DDth FMDDth', 'Y,YYY YYY YY Y I IY IYY', 'TZ tz TZH TZM OF', 'RM rm FMRM', 'MS FF1 FF2 FF3 FF4 FF5 FF6 US', 'SSSS SSSSS', 'AD BC b.c. A.D.', '"quoted \\" YYYY" \\"x', 'W D ID', 'hh24 Hh mi ss', '', 'YYYYth MMTH HH24TH', 'TMMonth TMday', 'xyz..', 'FX YYYY']
NUMBER_TEMPLATES = ['999', '9999.99', '9,999.99', '0000', 'FM999.99', 'FM9.9', '9.9', 'S999', '999S', 'S9.9', '9.9S', '999MI', 'FM999MI', 'PL999', 'SG999', '999SG', '999PR', 'FM999PR', 'RN', 'FMRN', 'rn', 'fmrn', '999V99', 'V9', '9.99EEEE', 'L9999.99', '9G999D99', '999TH', '999th', 'B999', 'FM0999.9900', '"a"999"b"', '99999999999999999999', '9 9 9', '', 'FM9990.0999', '0.999', '000.000', '9PR9', 'S9S', '9.9.9', 'EEEE9', '9V.9', 'RN9', 'SMI', '9999999.999999999', 'FM,9,9', '.99', 'FM.99', 'x9y']
POOLS = {}
for source in ('timestamp_to_char', 'timestamptz_to_char', 'interval_to_char'):
    POOLS[source, 1] = DATE_TEMPLATES
for source in ('int4_to_char', 'int8_to_char', 'numeric_to_char', 'float4_to_char', 'float8_to_char'):
    POOLS[source, 1] = NUMBER_TEMPLATES
LIMITS = {source: 200 for source, _ in POOLS}
for source in ('jsonb_path_exists', 'jsonb_path_match', 'jsonb_path_query', 'jsonb_path_query_array', 'jsonb_path_query_first'):
    for variant in ('', '_tz'):
        POOLS[source + variant, 2] = ['{}', '{"x": 2, "y": 3}', '{"x": "a"}', '1']
        LIMITS[source + variant] = 500 if source.endswith('array') else 150
ONLY = os.environ.get('ONLY', '')
POOLS['unistr', 0] = ['abc', 'd\\0061t\\+000061', '\\u00e9x', '\\U0001F600', '\\\\', '\\D83D\\DE00', '\\D83D', '\\DE00', '\\00', '\\zzzz', '\\U00110000', '\\D83Dx', '', '\\0000']
POOLS['parse_ident', 0] = ['a.b', '"A b".C', ' x . y ', 'a..b', '.a', 'a.', '', '"', '""', '1a', 'a b', 'a$1', '"a""b"', 'Foo(int)', '\u00e9.b', 'a."b']
POOLS['unicode_normalize_func', 1] = POOLS['unicode_is_normalized', 1] = ['NFC', 'nfd', 'NFKC', 'NFKD', 'x']
POOLS['unicode_normalize_func', 0] = POOLS['unicode_is_normalized', 0] = ['abc', 'h\u00e9', 'e\u0301', '\ufb01', '\u212b', '']
RANGES = {'anyrange': ('int4range', 'numrange'), 'anymultirange': ('int4multirange', 'nummultirange'), 'anyelement': ('integer', 'numeric')}
ZONES = ['UTC', 'America/New_York', 'europe/berlin', 'PST', '+03', 'Mars/Base']

FUNCTION = """
set client_encoding='UTF8'; set timezone='UTC'; set datestyle='ISO, MDY'; set intervalstyle='postgres'; set extra_float_digits=1;
create or replace function pg_temp.esc(v text) returns text language sql as $$select replace(replace(replace(v, '\\', '\\\\'), E'\\n', '\\n'), E'\\t', '\\t')$$;
create or replace function pg_temp.try(q text) returns text language plpgsql as $$
declare r text; s text; m text;
begin
  execute q into r;
  return 'OK' || E'\\t' || coalesce(pg_temp.esc(r), '\\N');
exception when others then
  get stacked diagnostics s = returned_sqlstate, m = message_text;
  return 'ERROR' || E'\\t' || s || E'\\t' || pg_temp.esc(m);
end $$;
"""

def psql(sql):
    r = subprocess.run(['psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1'] + sys.argv[1:], input=sql, capture_output=True, text=True)
    if r.returncode:
        sys.exit(r.stderr)
    return [l for l in r.stdout.split('\n') if l]

def literal(s):
    return "E'" + s.replace('\\', '\\\\').replace("'", "''").replace('\n', '\\n').replace('\t', '\\t') + "'"

def escape(s):
    return s.replace('\\', '\\\\').replace('\n', '\\n').replace('\t', '\\t')

def implemented():
    names = set()
    for f in glob.glob(os.path.join(HERE, '../../main/java/org/gajah/func/*.java')):
        names |= set(re.findall(r'^    public static [\w<>\[\], ]+ (\w+)\(', open(f).read(), re.M))
    return names

# Recorded only as extra-calls.txt has them.
HAND = ('to_date', 'to_timestamp', 'numeric_to_number')
EXTRA_FILE = os.path.join(HERE, 'extra-calls.txt')

def main():
    known = implemented()
    rows = [l.split('|') for l in psql("""select p.oid::int, p.proname, p.prosrc, p.proisstrict, p.proretset, format_type(p.prorettype, null), p.provariadic <> 0,
        coalesce((select string_agg(format_type(a, null), ';' order by n) from unnest(p.proargtypes::oid[]) with ordinality x(a, n)), ''), p.provolatile, p.prorettype::int
        from pg_proc p where prolang = 12 and prokind = 'f' and p.oid < 16384 order by 1""")]
    rows = [r for r in rows if not ONLY or re.fullmatch(ONLY, r[2])]
    cases = []
    for oid, name, src, strict, srf, ret, variadic, args, vol, rettype in rows:
        if src not in known or vol == 'v' or src.startswith('to_reg') or ret in ('record', 'internal', 'trigger', 'void') or src in ('now', 'statement_timestamp', 'repeat', 'oidvectortypes', 'pg_typeof', 'pg_column_size') or src.endswith(('support', 'handler')):
            continue
        types = args.split(';') if args else []
        poly = RANGES if 'anyrange' in types or 'anymultirange' in types else POLY
        if src in HAND or src.startswith('percentile_') or 'internal' in types or any(t not in SAMPLES and t not in poly for t in types):
            continue
        rnd = random.Random(int(oid))
        for variant in (0, 1) if any(t in poly for t in types) else (0,):
            concrete = [poly[t][variant] if t in poly else t for t in types]
            total = 1
            for t in concrete:
                total *= len(SAMPLES[t]) + (strict == 'f')
            limit = 250 if 'reg' in src and 'text' in concrete and len(concrete) > 1 and 'to_reg' not in src else 24 if len(concrete) > 1 else 40
            limit = LIMITS.get(src, 30 if 'range' in src else limit)
            if src.startswith('range_constructor3'):
                POOLS[src, 2] = ['[]', '[)', '(]', '()', '', 'x']
            seen = set()
            for _ in range(limit * 3):
                values = []
                if variadic == 't' and types[-1] == '"any"':
                    concrete = concrete[:len(types) - 1] + [rnd.choice(ANY) for _ in range(rnd.randrange(1, 5))]
                for i, t in enumerate(concrete):
                    pool = SAMPLES[t]
                    if t == 'text' and i == 0 and (src.startswith('extract_') or src.endswith(('_part', '_trunc', '_trunc_zone')) and name in ('date_part', 'date_trunc')):
                        pool = UNITS
                    elif t == 'text' and (name == 'timezone' or src.endswith(('_at_zone', '_zone', '_timezone'))):
                        pool = ZONES
                    elif name.startswith('make_') and t == 'integer':
                        pool = ['0', '1', '2', '12', '13', '28', '31', '59', '2024', '-44', '24']
                    elif t in ('text', 'name') and 'reg' in src and src.startswith(('regexp_', 'textreg', 'textic', 'namereg', 'nameic')):
                        pool = SUBJECTS if i == 0 else PATTERNS if i == 1 else REPLACEMENTS if i == 2 and 'replace' in src else FLAGS
                    elif src.startswith('similar_'):
                        pool = SIMILAR if i == 0 else ['#', '\\', '', 'ab']
                    if (src, i) in POOLS:
                        pool = POOLS[src, i]
                    elif t == 'integer' and src.startswith(('regexp_', 'textregexreplace')):
                        pool = ['0', '1', '2', '3', '5', '-1', '1', '1', '0']
                    values.append(None if strict == 'f' and rnd.random() < 0.15 else rnd.choice(pool))
                if tuple(values) in seen:
                    continue
                seen.add(tuple(values))
                if len(seen) > min(limit, total):
                    break
                cases.append((oid, name, srf, concrete, values, variadic == 't' and '"any"' not in types))
    for line in open(EXTRA_FILE, encoding='utf8'):
        line = line.rstrip('\n')
        if line and not line.startswith('#'):
            name, *rest = line.split('\t')
            pairs = [r.split('=', 1) for r in rest]
            found = [r for r in rows if r[2] == name and len(r[7].split(';') if r[7] else []) == len(pairs)
                     and all(d == t or d in POLY for d, (t, _) in zip(r[7].split(';'), pairs))]
            if not found and ONLY:
                continue
            if not found:
                sys.exit('no function for ' + line)
            cases.append((found[0][0], found[0][1], found[0][4], [t for t, _ in pairs], [None if v == 'NULL' else v.encode().decode('unicode_escape').encode('latin1').decode('utf8') if '\\' in v and v.startswith('e:') else v for _, v in pairs], False))
    script = [FUNCTION]
    for oid, name, srf, types, values, spread in cases:
        call = 'pg_catalog."%s"(%s)' % (name, ', '.join('%s%s::%s' % ('variadic ' if spread and i == len(types) - 1 else '', 'NULL' if v is None else literal(v), CAST.get(t, t)) for i, (t, v) in enumerate(zip(types, values))))
        if srf == 't':
            query = "select array_agg(x)::text from (select %s limit 50) y(x)" % call
        else:
            query = "select case when num_nulls(x) = 0 then format('%%s', x) end from (select %s as x) y" % call
        script.append("select pg_temp.try($Q$%s$Q$);" % query)
    answers = psql('\n'.join(script))
    assert len(answers) == len(cases), (len(answers), len(cases))
    for (oid, name, srf, types, values, spread), answer in zip(cases, answers):
        if '\tXX000\t' in answer:
            continue
        print('\t'.join([oid, ';'.join(types)] + ['\\N' if v is None else escape(v) for v in values] + [answer]))

main()
