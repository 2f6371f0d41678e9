#!/usr/bin/env bash
# Fetches the specifications of PostgreSQL's isolation tests into gajah-tests/target/isolation/specs, from Debian's source package.
set -euo pipefail
cd "$(dirname "$0")/.."
version=15.18
sum=11df0df97fe3ea4ba9a791faaf39cee1d2fe571e78885b5b55d8517d27c323b4
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gajah
archive=$cache/postgresql-15_$version.orig.tar.bz2
target=gajah-tests/target/isolation
if [ -d "$target/specs" ]; then exit 0; fi
mkdir -p "$cache" "$target"
if [ ! -f "$archive" ]; then
    curl -fsSL --max-time 300 -o "$archive.part" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}/pool/main/p/postgresql-15/$(basename "$archive")"
    mv "$archive.part" "$archive"
fi
echo "$sum  $archive" | sha256sum --quiet -c -
tar -xjf "$archive" -C "$target" --strip-components=4 --wildcards 'postgresql-*/src/test/isolation/specs/*'
