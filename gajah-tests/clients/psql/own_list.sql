\pset format unaligned
\l postgres
