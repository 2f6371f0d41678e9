#!/usr/bin/env python3
"""Records what PostgreSQL's aggregates answer: record-aggregates.py PSQL-ARGUMENTS... > .../org/gajah/func/aggregates.txt

Each line: oid of the aggregate, argument types (direct ones first), the direct arguments, number of rows, the rows' values, and OK
with the result or ERROR with SQLSTATE and message.
"""
import importlib.util, os, random, sys
spec = importlib.util.spec_from_file_location('functions', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'record-functions.py'))
F = importlib.util.module_from_spec(spec)
sys.modules['functions'] = F
source = open(spec.origin, encoding='utf8').read().replace('\nmain()\n', '\n')
exec(compile(source, spec.origin, 'exec'), F.__dict__)

def main():
    known = F.implemented()
    rows = [l.split('|') for l in F.psql("""select p.oid::int, p.proname, t.prosrc, coalesce(f.prosrc, ''), a.aggkind, a.aggnumdirectargs,
        coalesce((select string_agg(format_type(x, null), ';' order by n) from unnest(p.proargtypes::oid[]) with ordinality y(x, n)), '')
        from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_proc t on t.oid = a.aggtransfn left join pg_proc f on f.oid = a.aggfinalfn
        where p.oid < 16384 order by 1""")]
    script, cases = [F.FUNCTION], []
    for oid, name, trans, final, kind, direct, args in rows:
        if trans not in known or final and final not in known or kind == 'h':
            continue
        types = args.split(';') if args else []
        direct = int(direct)
        if any(t not in F.SAMPLES and t not in F.POLY for t in types):
            continue
        rnd = random.Random(int(oid))
        for variant in range(2 if any(t in F.POLY for t in types) else 1):
            concrete = [F.POLY[t][variant] if t in F.POLY else t for t in types]
            for round in range(8):
                n = [0, 1, 2, 3, 5, 9, 4, 6][round]
                special = round % 2 == 0
                def pick(t):
                    pool = [v for v in F.SAMPLES[t] if special or v not in ('NaN', 'Infinity', '-Infinity', 'infinity', '-infinity', '1e308', '3e38', '-294')]
                    if 'agg' not in name and t == 'bigint':
                        pool = pool
                    return None if rnd.random() < 0.2 else rnd.choice(pool)
                firsts = [rnd.choice(['0', '0.5', '0.25', '1', '0.9', '1.5']) if t == 'double precision' else rnd.choice(['{0.5,1}', '{0,0.3,NULL}']) for t in concrete[:direct]]
                values = [[pick(t) for t in concrete[direct:]] for _ in range(n)]
                lit = lambda v, t: '%s::%s' % ('NULL' if v is None else F.literal(v), F.CAST.get(t, t))
                if concrete[direct:]:
                    source = 'values ' + ', '.join('(' + ', '.join([str(k)] + [lit(v, t) for v, t in zip(r, concrete[direct:])]) + ')' for k, r in enumerate(values)) if n else 'select 0, ' + ', '.join(lit(None, t) for t in concrete[direct:]) + ' where false'
                    cols = ', '.join('c%d' % i for i in range(len(concrete) - direct))
                    if kind == 'o':
                        call = '"%s"(%s) within group (order by %s)' % (name, ', '.join(lit(v, t) for v, t in zip(firsts, concrete)), cols)
                    else:
                        call = '"%s"(%s order by k)' % (name, cols)
                    query = "select pg_catalog.%s as x from (%s) v(k, %s)" % (call, source, cols)
                else:
                    query = 'select pg_catalog."%s"(*) as x from generate_series(1, %d)' % (name, n)
                script.append("select pg_temp.try($Q$select case when num_nulls(x) = 0 then format('%%s', x) end from (%s) y$Q$);" % query)
                cases.append((oid, concrete, firsts, values))
    answers = F.psql('\n'.join(script))
    assert len(answers) == len(cases)
    show = lambda v: '\\N' if v is None else F.escape(v)
    for (oid, types, firsts, values), answer in zip(cases, answers):
        print('\t'.join([oid, ';'.join(types)] + [show(v) for v in firsts] + [str(len(values))] + [show(v) for r in values for v in r] + [answer]))

main()
