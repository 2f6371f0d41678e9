#!/usr/bin/env python3
"""Records how PostgreSQL reads and writes values of every type: record-types.py PSQL-ARGUMENTS... > .../org/gajah/type/types.txt

Each line: type, typmod, input, then OK, text, binary in hex; or ERROR, SQLSTATE, message, detail. A line that begins
with "order" lists, for one type, the positions of the valid values above in ascending order, equal ones joined by "=".
"""
import subprocess, sys

INPUTS = {
    'bool': 't|f|true|false|yes|no|on|off|1|0|tr|o|of|y|n| TRUE |fal|x||truee|2'.split('|'),
    'int2': '0|1|-1|32767|-32768|32768|-32769| 42 |+5|0x1F|0b101|0o17|1_000|1__0|_1|1_|x||1.5|99999999999999999999|- 1|0x|0x_f'.split('|'),
    'int4': '0|-0|7|2147483647|-2147483648|2147483648|0x7fffffff|0x80000000|1_0|abc| 12|12 |12a|--1|'.split('|'),
    'int8': '0|9223372036854775807|-9223372036854775808|9223372036854775808|-9223372036854775809|123|1e5|0xFFFFFFFFFFFFFFFF|0x7FFFFFFFFFFFFFFF| |'.split('|'),
    'oid': '0|4294967295|4294967296|-1|-2147483648|-2147483649|0x10|010|x|1 2| 7 '.split('|'),
    'float8': '0|-0|1|1.5|0.1|1e15|1e14|123456789012345678|1e-4|1e-5|1.7976931348623157e308|5e-324|2.2250738585072014e-308|1e400|1e-400|NaN|inf|-inf|Infinity|-Infinity|infin|abc| 3.5 |1e|1e+|.5|5.|.|1_0|0x1p3|0x1.8|3.141592653589793|2.718281828459045|1e22|1e23|9007199254740993|0.3|100|1234567.125|1e100|4.35|9e-7|99999999999999.9|999999999999999.9|123456789.123456789|2e-323|1.5e-323|1d|1f|+1|-1e-5|0.1e1|'.split('|'),
    'float4': '0|-0|1|1.5|0.1|1e6|100000|999999|1234567|1e-4|1e-5|3.4028235e38|1e39|1e-45|1e-46|NaN|inf|-inf|16777217|0.3|3.14159274|1e10|123456.7|7.006492e-45|x'.split('|'),
    'numeric': '0|0.0|-0|-0.00|1|1.0|1.10|-1.5|123456789012345678901234567890|0.000000000000000000001|1e10|1e-10|1.5e3|12.345e+2|NaN|inf|-Infinity|.5|5.|.|-.5e1|abc|1e|1_000.5_0|1__0|0x1F|0b11|0o7|0xG|1e131071x|10000|9999|10000.0001|0.0001|0.00010|1234.5678|100000000|99999999.99999999|1 2| 1 |+1|--1|999999999999999999|1000000000000000000|-1000000000000000001|9223372036854775808|1e16384x|nan|+inf|infinityx|0e5|0.00e-3'.split('|'),
    ('numeric', 5, 2): '1|123.456|999.994|999.995|-999.995|NaN|inf|0.005|0.004|1000'.split('|'),
    ('numeric', 3, -2): '12345|99949|99950|49|50|-50'.split('|'),
    ('numeric', 3, 5): '0.00123|0.001234|0.009995|0.1'.split('|'),
    'text': ['', 'abc', 'h\u00e9llo', ' a ', '\U0001F600', 'a\tb', 'Abc', 'ab', 'abd'],
    'bpchar': ['', 'abc', 'abc  ', 'ab', ' a', 'abc\t'],
    ('varchar', 3): ['abc', 'abcd', 'abc  ', '', '\u00e9\u00e9\u00e9', '\u00e9\u00e9\u00e9\u00e9'],
    ('bpchar', 4): ['abc', 'abcd', 'abcde', 'abcd  ', '', '\u00e9'],
    'name': ['', 'abc', 'x' * 70, '\u00e9' * 40],
    '"char"': ['', 'a', 'abc', '\\101', '\\377', '\u00e9', '\\'],
    'bytea': ['', '\\x', '\\x00ff', '\\xDE AD', '\\xabc', '\\xgg', 'abc', 'a\\\\b', '\\001\\377', '\\400', '\\8', 'a\\'],
    'uuid': ['00000000-0000-0000-0000-000000000000', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'A0EEBC999C0B4EF8BB6D6BB9BD380A11', '{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}', 'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11', 'a0eebc99', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    'date': '2024-02-29|2023-02-29|1999-01-08|January 8, 1999|1/8/1999|1/18/1999|13/1/1999|1999-Jan-08|Jan-08-1999|08-Jan-1999|99-Jan-08|08-Jan-99|Jan-08-99|19990108|990108|1999.008|J2451187|January 8, 99 BC|0044-03-15 BC|epoch|infinity|-infinity|5874897-12-31|5874898-01-01|4713-11-24 BC|4714-11-24 BC|4714-11-23 BC|0000-01-01|2024-13-01|2024-00-10|2024-01-32|x||2024-1-1|24-1-1|70-1-1|69-1-1|1-2-3|2024/05/06|2024.05.06|05.06.2024|today x|2024-06-30 23:59:59|2024-06-30T12:00:00+05|Mon Jan 08 1999|20240101T120000|2024-366|2024.366|2023.366|yesterday tomorrow|10000-01-01|12345-06-07|1999-01-08 allballs'.split('|'),
    'time': '04:05:06.789|04:05:06|04:05|040506|0405|4:5:6|04:05 AM|04:05 PM|12:00 AM|12:00 PM|13:00 PM|24:00:00|24:00:01|25:00|23:59:60|23:59:61|23:60|00:00:00.9999999|23:59:59.9999999|allballs|04:05:06.789-8|04:05:06-08:00|04:05-08:00|040506-08|040506+0730|04:05:06 PST|2003-04-12 04:05:06 America/New_York|04:05 America/New_York|x||1|123|12:34:56.1234567|T04:05:06|04:05:06.|noon|12:5'.split('|'),
    ('time', 2): '04:05:06.785|23:59:59.999|00:00:00.004'.split('|'),
    'timetz': '04:05:06.789-8|04:05:06-08:00|04:05-08:00|040506-08|040506+0730|040506+07:30:15|04:05:06 PST|04:05:06 EDT|2003-04-12 04:05:06 America/New_York|2003-01-12 04:05:06 America/New_York|04:05 America/New_York|00:00:00+15:59|00:00:00+16|24:00:00-3|04:05|12:00 UTC|12:00 z|12:00 PM +2|x'.split('|'),
    'timestamp': '1999-01-08 04:05:06|1999-01-08 04:05:06.789|1999-01-08T04:05:06|1999-01-08 04:05:06.1234567|1999-01-08 04:05:06 BC|1999-01-08|January 8 04:05:06 1999 PST|Mon Jan 8 04:05:06 1999|1999-01-08 04:05:06+5|19990108 040506|19990108T040506|1999-01-08 040506|99-01-08 04:05|1/8/1999 4:05 PM|1/8/1999 16:05 PM|1999-01-08 24:00:00|1999-01-08 24:00:01|1999-01-08 23:59:60|infinity|-infinity|epoch|294276-12-31 23:59:59.999999|294277-01-01|4713-01-01 00:00:00 BC|4714-11-24 00:00:00 BC|4714-11-23 00:00:00 BC|2024-02-30 00:00|x||2024-01-01 25:00|2024-01-01 10:61|2024-01-01 10:00 Europe/Berlin|2024-01-01 10:00 Mars/Phobos|2024-01-01 10:00 foo|J2451187 12:00|J2451187.5|2024-06-15 12:00 at 3|1997.040 04:05|12:00 1999-01-08|04:05:06 January 8 1999|1999 Jan 8 04:05|8 Jan 1999 4:05AM|2000-02-29 00:00:00|1900-02-29 00:00:00|2024-01-01 10:00:00.5|2024-01-01 10:00:00,5|2024-01-01  10:00|2024-01-01t10:00z|Sat Nov 21 08:10:00.25 2026 UTC|1999-01-08 04:05:06 AD|1999-01-08 04:05:06.999999999|now x'.split('|'),
    ('timestamp', 3): '1999-01-08 04:05:06.7895|1969-12-31 23:59:59.9995|1999-12-31 23:59:59.9995'.split('|'),
    'timestamptz': '1999-01-08 04:05:06|1999-01-08 04:05:06-8|1999-01-08 04:05:06 -8:00|1999-01-08 04:05:06 PST|1999-07-08 04:05:06 America/New_York|1999-01-08 04:05:06 America/New_York|2024-03-10 02:30 America/New_York|2024-11-03 01:30 America/New_York|1999-01-08 04:05:06+05:30|1999-01-08 04:05:06+0530|1999-01-08 04:05:06+5:30:15|1999-01-08 04:05:06Z|1999-01-08T04:05:06.5Z|1999-01-08 04:05:06 UTC|1999-01-08 04:05:06 utc+3|1999-01-08 04:05:06+16|1999-01-08 04:05:06 zulu|infinity|-infinity|epoch|294276-12-31 23:59:59-1|294277-01-01 00:30:00+1|1999-01-08 MET DST|1883-11-18 12:00 America/New_York|2024-01-01 10:00 europe/berlin|2024-07-01 10:00 CEST|x|2024-01-01 10:00 CET|4714-11-24 00:00:00+00 BC|2024-01-01 00:00:00 Etc/GMT+5'.split('|'),
    'interval': "1 day|1 year 2 mons 3 days 04:05:06|1-2|1-2 3 4:05:06|3 4:05:06|4:05|4:05:06.7|-1 day|-1-2|1 day -1 hour|+1 day|1 year ago|@ 1 minute|@ 1 year 2 mons ago|P1Y2M3DT4H5M6S|P1Y2M|PT1.5S|P0001-02-03T04:05:06|P1W|P-1DT-2H|PT|P|P1Y2MT|1.5 years|1.5 months|1.5 weeks|1.5 days|0.5 hours|1.25 minutes|1.000001 s|100 ms|5 us|1 decade|1 century|1 millennium|1 c 1 y|1 day 1 day|1|1.5||x|1 foo|infinity|-infinity|2147483647 months|2147483648 months|178956970 years|178956971 years|99999999999 days|00:00:00|23:59:60|1:60|25:00:00|-00:00:01|-1 year +2 mons|1 year -2 mons|-1 days +02:03:00|1 hour 30|10 hours 20 min 30 sec|1y2mon3d4h5m6s|2 weeks|1 mon 2 weeks|1.2 mon|3 hrs|1 min ago ago|ago|1 us|0.0000005 s|0.0000015 s|1 day 24:00:00|30 days|1 mon|720:00:00|1 week 2 days|-0.5 days|-1.5 mon".split('|'),
    'json': ['{}', '[]', '{"a": 1}', ' [1, 2 , "x"] ', '1', '"s"', 'null', 'true', '-1.5e10', '{"a":{"b":[1,{"c":null}]}}', '{"a" 1}', '{1:2}', '[1,,2]', '[,2]', '[1,]', '{"a":1,}', '{a}', '', '[1', '"\\u00', '"abc', '"\\q"', '01', '1 2', '"\\u0000"', '"a\nb"', '"\\ud83d"', '"\\u00e9"', 'tru', '[1 2]', '-', '1.', '&', '{"a":1 "b"}', '[}', '{', '{"' + 'a' * 60 + '":x, 1, 2}', '"\\u12x4"', '{"a":1,"a":2}', '[1,\n2,\n x]', 'nulll', '+1', '.5', '1e', '"\\/"', '"tab\\t"', '\u00e9', '{"a":}', '[1}', '"\\ud83d\\ude00"', '"\\ude00"', '"\\ud83dx"', '"\\ud83d\\u0041"'],
    'jsonb': ['{}', '[]', '{"a": 1}', ' [1, 2 , "x"] ', '1', '1.0', '1.10', '1e5', '1E-3', '-0', '"s"', '""', 'null', 'true', 'false', '{"b":1,"a":2,"aa":3}', '{"a":1,"a":2}', '{"a":{"b":[1,{"c":null}]}}', '"\\u00e9\\n\\"\\\\/"', '"\\ud83d\\ude00"', '"\\u0000"', '"\\ud83d"', '"\\ude00"', '"\\u0001\\u001f\\u007f"', '[1]', '[2]', '[1,2]', '[[]]', '[{}]', '{"a":2}', '{"b":1}', '[null]', '"a"', '"b"', '10', '9', '[true]', '12345678901234567890.123', '{"a":', '1e131072', '{"\\u0061":1}'],
    'int4range': ['empty', ' EMPTY ', '[1,5)', '(1,5]', '[1,1]', '(1,2)', '[1,1)', '(,)', '[,5]', '(5,', '5', '', '[5,1]', '[1,5', '[1,5) x', 'empty x', '[1;5)', '[1,2,3]', '[a,b]', ' [ 1 , 5 ] ', '["1","5"]', '[2147483647,2147483647]', '[,]'],
    'int8range': ['[1,5]', '(1,5)', '[9223372036854775807,9223372036854775807]'],
    'numrange': ['[1.5,5.25]', '(1.50,5]', '[1.5,1.5]', '(1.5,1.5]', '(,1e3)', '[NaN,)', 'empty', '[1.5,5.250]'],
    'daterange': ['[2024-01-01,2024-12-31]', '(2024-01-01,)', '[-infinity,infinity]', '[2024-01-01,infinity)', '[2024-02-30,)', '(,2024-01-01]'],
    'tsrange': ['[2024-01-01,2024-12-31 12:34:56.789]', '["2024-01-01 00:00:00","2024-01-01 00:00:00"]', '(2024-01-01,)'],
    'tstzrange': ['[2024-01-01,2024-12-31 12:00+02]', '["2024-01-01 00:00:00 PST",)'],
    'int4multirange': ['{}', ' { } ', '{[1,5)}', '{[1,5),[3,8)}', '{[1,5),[5,8)}', '{[8,9),[1,2)}', '{empty}', '{[1,2), empty ,(5,6]}', '{', '{}}', '{[1,2)', '{[1,2) [3,4)}', '{1}', '', 'x', '{[1,2),}', '{,[1,2)}', '{[1,2)} x', '{(,)}', '{["1","2")}', '{[3,1]}'],
    'nummultirange': ['{[1.5,2),(2,3]}', '{[1.5,2],(2,3]}', '{(,1),(1,)}'],
    'datemultirange': ['{[2024-01-01,2024-01-31],[2024-02-01,2024-02-10]}', '{}'],
    'tsmultirange': ['{[2024-01-01,2024-01-31 10:00]}'],
    'int4range[]': ['{"[1,5)",NULL,empty}', '{}'],
    'jsonpath': ['$', 'strict $', 'lax $', '', '$a', '$.a', '$.a.v', '$.a.*', '$.*[*]', '$.a[*]', '$.a[*][*]', '$[*]', '$[0]', '$[*][0]', '$[*].a', '$[*][0].a.b', '$.a.**.b', '$.a.**{2}.b', '$.a.**{2 to 2}.b', '$.a.**{2 to 5}.b', '$.a.**{0 to 5}.b', '$.a.**{5 to last}.b', '$.a.**{last}.b', '$.a.**{last to 5}.b', '$+1', '$-1', '$--+1', '$.a/+-1', '1 * 2 + 4 % -3 != false', '"\\b\\f\\r\\n\\t\\v\\"\\\'\\\\"', '"\\x50\\u0067\\u{53}\\u{051}\\u{00004C}"', '$.foo\\x50\\u0067\\u{53}bar', '$.g ? ($.a == 1)', '$.g ? (@ == 1)', '$.g ? (@.a == 1)', '$.g ? (@.a == 1 || @.a == 4)', '$.g ? (@.a == 1 && @.a == 4)', '$.g ? (@.a == 1 || @.a == 4 && @.b == 7)', '$.g ? (@.a == 1 || !(@.a == 4) && @.b == 7)', '$.g ? (@.a == 1 || !(@.x >= 123 || @.a == 4) && @.b == 7)', '$.g ? (@.x >= @[*]?(@.a > "abc"))', '$.g ? ((@.x >= 123 || @.a == 4) is unknown)', '$.g ? (exists (@.x))', '$.g ? (exists (@.x ? (@ == 14)))', '$.g ? ((@.x >= 123 || @.a == 4) && exists (@.x ? (@ == 14)))', '$.g ? (+@.x >= +-(+@.a + 2))', '$a', '$a.b', '$a[*]', '$.g ? (@.zip == $zip)', '$.a[1,2, 3 to 16]', '$.a[$a + 1, ($b[*]) to -($[0] * 2)]', '$.a[$.a.size() - 3]', 'last', '"last"', '$.last', '$ ? (last > 0)', '$[last]', '$[$[0] ? (last > 0)]', 'null.type()', '(1).type()', '1.type()', '1.2.type()', '"aaa".type()', 'true.type()', '$.double().floor().ceiling().abs()', '$.keyvalue().key', '$.datetime()', '$.datetime("datetime template")', '$.bigint().integer().number().decimal()', '$.boolean()', '$.date()', '$.decimal(4,2)', '$.string()', '$.time()', '$.time(6)', '$.time_tz(4)', '$.timestamp(2)', '$.timestamp_tz(0)', '$ ? (@ starts with "abc")', '$ ? (@ starts with $var)',  '$ ? (@ like_regex "pattern")', '$ ? (@ like_regex "pattern" flag "")', '$ ? (@ like_regex "pattern" flag "i")', '$ ? (@ like_regex "pattern" flag "is")', '$ ? (@ like_regex "pattern" flag "isim")', '$ ? (@ like_regex "pattern" flag "xsms")', '$ ? (@ like_regex "pattern" flag "q")', '$ ? (@ like_regex "pattern" flag "a")', '$ < 1', '($ < 1) || $.a.b <= $x', '@ + 1', '($).a.b', '($.a.b).c.d', '($.a.b + -$.x.y).c.d', '(-+$.a.b).c.d', '1 + ($.a.b + 2).c.d', '1 + ($.a.b > 2).c.d', '($)', '(($))', '((($ + 1)).a + ((2)).b ? ((((@ > 1)) || (exists(@.c)))))', '$ ? (@.a < 1)', '$ ? (@.a < -1)', '$ ? (@.a < .1)', '$ ? (@.a < -.1)', '$ ? (@.a < 0.1)', '$ ? (@.a < 10.1)', '$ ? (@.a < 1e1)', '$ ? (@.a < -.1e-1)', '$ ? (@.a < 0.1e+1)', '$ ? (@.a < 1.)', '0', '00', '0755', '0.0', '0.000', '0.000e1', '0.0010', '0.0010e-1', '0b', '1b', '0x', '0x0g', '1a', '1e', '1.e', '1.2a', '1.2e', '1.2.e', '(1.2).e', '1e3', '1.e3', '1.e3.e', '1..e', '1..e3', '(1.).e', '(1.).e3', '1?(2>3)', '0b100101', '0o273', '0x42F', '0x1_F', '1_000', '1__000', '1_', '_1', '100_.5', '$.size() > 1', '$[0 to 2].a', '$ ? (!exists (@.a))', '!($ == 1)', '!exists($.a)', '$.a == "x" && true', '$..a', '$.a b', '$[', '$.', '$ ? (@', '/* c */ $.a /* d', '/* c */ $.a', '$.NULL', '$.Exists', 'NULL', 'True', 'strict', 'lax $.a', '$ ? (1 <> 2)', '$ = 1', '$."a b"."c\\"d"', '$.\\u0061', '$.true', 'true', '$**', '$.**', '$ like_regex "a" == 1', '($ == 1).type()', '$a$b', '$"va r"', 'exists($)', '$.decimal(1,2,3)', '$.decimal(-5, +2)', '$[1 to 2, last - 1]', '(2 + 3) * 4', '2 * (3 + 4) - (-1)', '- (-1)', '-($)', '$ is unknown', '($ > 1) is unknown', '$ ? ($.a > 1) ? (@ < 3)', 'é', '$.hé'],
    'int4[]': ['{}', '{1}', '{1,2,3}', '{1,NULL,3}', '{{1,2},{3,4}}', '{{1,2},{3}}', '[0:1]={1,2}', '[-1:0][2:3]={{1,2},{3,4}}', '[1:1]={1,2}', '{1,}', '{,1}', '{1 2}', '1', '{1', '{1}}', '{1}x', ' { 1 , 2 } ', '{{}}', '{{},{}}', '{"1","2"}', '{null}', '{x}', '', '{{1},2}', '{1,{2}}', '{{{{{{1}}}}}}', '{{{{{{{1}}}}}}}', '[1:0]={}', '[2]={1,2}', '[a]={1}', '[1]={}', '{1"2"}', '{"1"2}', '{2}', '{1,2}', '{1,3}', '{{1,2,3}}', '[1:2', '[1:2]', '[3:1]={1}', '{ }', '{1,2'],
    'text[]': ['{a,b}', '{"a b","c,d"}', '{"a\\"b"}', '{a\\"b}', '{NULL,"NULL",null}', '{""}', '{ a b , c }', '{"{}"}', '{\\\\}', '{"a"b}', '{a"b"}', '{a,"b}', '{\u00e9}', '{a\\', '{"x\ty"}', '{nul}', '{{a,b},{c,NULL}}'],
    'timestamp[]': ['{"2024-01-01 10:00:00",NULL}', '{2024-01-01}', '{x}'],
    'numeric[]': ['{1.0,2.50,NaN}', '{}'],
    'bool[]': ['{t,f,NULL}'],
    'int2vector': ['1 2 3', '', ' 1  2 ', 'x', '1,2'],
    'oidvector': ['1 2 4294967295', '', 'x'],
    'xid': ['0', '4294967295', 'x'],
    'cid': ['1', 'x'],
    'xid8': ['0', '18446744073709551615', 'x'],
    'tid': ['(0,1)', '(4294967295,65535)', '(1)', '(1,65536)', ' ( 1 , 2 ) ', 'x', '(1,2)'],
    'pg_lsn': ['0/0', '16/B374D848', 'FFFFFFFF/FFFFFFFF', 'x', '1', '0/1'],
    'varbit': ['101', '', 'x1F', '102', 'xG', '11111111', '111111110', '0', '1'],
    ('bit', 3): ['101', '1', '1010'],
    ('varbit', 3): ['101', '1', '1010', ''],
    'inet': ['192.168.0.1', '192.168.0.1/24', '10.0.0.0/8', '::1', '::ffff:1.2.3.4', '2001:db8::1/64', 'fe80::', '1.2.3', '256.1.1.1', '1.2.3.4/33', 'x', '', '::', '1:2:3:4:5:6:7:8', '1::8', '192.168.0.2', '192.168.0.0/16'],
    'cidr': ['192.168.0.0/24', '10', '10.1', '192.168.1', '192.168.0.1/24', '::/0', '2001:db8::/32', '1.2.3.4'],
    'macaddr': ['08:00:2b:01:02:03', '08-00-2b-01-02-03', '08002b:010203', '08002b-010203', '0800.2b01.0203', '0800-2b01-0203', '08002b010203', '08:00:2b:01:02', 'x'],
    'money': ['12.34', '$1,234.56', '-1', '(5)', '0.005', '92233720368547758.07', '92233720368547758.08', 'x', '-0.01', '1000000'],
}

FUNCTION = """
create or replace function pg_temp.try(q text) returns text language plpgsql as $$
declare r text; s text; m text; d text;
begin
  execute q into r;
  return 'OK' || E'\\t' || r;
exception when others then
  get stacked diagnostics s = returned_sqlstate, m = message_text, d = pg_exception_detail;
  return 'ERROR' || E'\\t' || s || E'\\t' || replace(replace(replace(m, '\\', '\\\\'), E'\\n', '\\n'), E'\\t', '\\t') || E'\\t' || replace(replace(replace(coalesce(d, ''), '\\', '\\\\'), E'\\n', '\\n'), E'\\t', '\\t');
end $$;
"""

def literal(s):
    return "E'" + s.replace('\\', '\\\\').replace("'", "''").replace('\n', '\\n').replace('\t', '\\t') + "'"

def escape(s):
    return s.replace('\\', '\\\\').replace('\n', '\\n').replace('\t', '\\t')

def run(sql):
    r = subprocess.run(['psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1'] + sys.argv[1:], input=sql, capture_output=True, text=True)
    if r.returncode:
        sys.exit(r.stderr)
    return r.stdout.split('\n')

def main():
    script = ["set client_encoding='UTF8';", FUNCTION]
    cases = []
    for t, inputs in INPUTS.items():
        name, mods = (t, ()) if isinstance(t, str) else (t[0], t[1:])
        full = name + ('(' + ','.join(map(str, mods)) + ')' if mods else '')
        base = name.strip('"')
        for i in inputs:
            cases.append((name, full, i))
            if name == 'jsonb' or not mods:
                value = "%s::%s" % (literal(i), full)
            else:
                # typinput with the modifier: what COPY and parameters do, not what an explicit cast does
                value = "(jsonb_populate_record(null::pg_temp.t%d, jsonb_build_object('a', %s::text))).a" % (len(script), literal(i))
                script.append("create temp table t%d(a %s);" % (len(script), full))
            q = "select replace(replace(replace(v::text, '\\', '\\\\'), E'\\n', '\\n'), E'\\t', '\\t') || E'\\t' || encode(%s(v), 'hex') from (select %s as v) s"
            send = "(select 1)"
            script.append("select pg_temp.try($Q$select replace(replace(replace(%s(v)::text, '\\', '\\\\'), E'\\n', '\\n'), E'\\t', '\\t') || E'\\t' || encode(%s(v), 'hex') from (select %s as v) s$Q$);"
                          % (OUT(name), SEND(name), value))
    lines = run('\n'.join(script))
    lines = [l for l in lines if l]
    assert len(lines) == len(cases), (len(lines), len(cases))
    valid = {}
    for (name, full, i), answer in zip(cases, lines):
        print('\t'.join([full, escape(i), answer]))
        if answer.startswith('OK') and full == name:
            valid.setdefault(name, []).append(i)
    for name, values in valid.items():
        if name in ('json', 'xid', 'cid', 'jsonpath'):
            continue
        sql = "select string_agg(p, ' ' order by r) from (select string_agg(i::text, '=' order by i) p, r from (select i, dense_rank() over (order by v) r from (values %s) x(i, v)) y group by r) z;" % ','.join(
            "(%d, %s::%s)" % (n, literal(v), name) for n, v in enumerate(values))
        print('order\t%s\t%s\t%s' % (name, run("set client_encoding='UTF8';" + sql)[0], '\t'.join(map(escape, values))))

FUNCS = {}
def functions(name):
    if name not in FUNCS:
        FUNCS[name] = run("select typoutput::regproc, typsend::regproc from pg_type where oid = %s::regtype;" % literal(name))[0].split('|')
    return FUNCS[name]
def OUT(name):
    return functions(name)[0]
def SEND(name):
    return functions(name)[1]

main()
