#!/usr/bin/env bash
# tool CLASS ARGS: build what is needed and run a main class of gajah-tests.
set -euo pipefail
cd "$(dirname "$0")"
. scripts/jdk.sh
gajah_find_jdk
class=$1; shift
mkdir -p gajah-server/target
(
    flock 7
    mvn ${MAVEN_ARGS--q} compile dependency:build-classpath -Dmdep.outputFile=target/classpath -pl gajah-tests -am >&2 7>&-
) 7> gajah-server/target/build.lock
exec "$JAVA_HOME/bin/java" ${JAVA_ARGS-} -p "gajah-tests/target/classes:$(cat gajah-tests/target/classpath)" -m "org.gajah.tests/$class" "$@"
