#!/usr/bin/env bash
# tool CLASS ARGS: build what is needed and run a main class of gajah-tests (JDK 25 from JAVA_HOME or where Linux keeps it).
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
cd "$root"
if [ ! -x "${JAVA_HOME:-}/bin/java" ] || ! "$JAVA_HOME/bin/java" -version 2>&1 | grep -q 'version "25'; then
    for candidate in /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25*; do
        if [ -x "$candidate/bin/java" ]; then export JAVA_HOME=$candidate; fi
    done
fi
class=$1; shift
mvn ${MAVEN_ARGS--q} compile dependency:build-classpath -Dmdep.outputFile=target/classpath -pl gajah-tests -am >&2
exec "$JAVA_HOME/bin/java" -p "gajah-tests/target/classes:$(cat gajah-tests/target/classpath)" -m "org.gajah.tests/$class" "$@"
