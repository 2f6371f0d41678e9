# Sourced: builds what ./gajah runs, when it is not there or older than its sources, and says how to start it.

# gajah_build ROOT: leaves the jars in gajah-server/target/dist; quiet unless it fails.
gajah_build() {
    local root=$1 dist=$1/gajah-server/target/dist stamp=$1/gajah-server/target/dist.stamp
    if [ -f "$stamp" ] && [ -z "$(gajah_newer "$root" "$stamp")" ]; then return 0; fi
    mkdir -p "$root/gajah-server/target"
    exec 7> "$root/gajah-server/target/build.lock"
    flock 7
    if [ -f "$stamp" ] && [ -z "$(gajah_newer "$root" "$stamp")" ]; then exec 7>&-; return 0; fi
    echo "gajah: building (once, about a minute) ..." >&2
    local log=$root/gajah-server/target/build.log begun
    begun=$(mktemp)
    rm -rf "$dist"
    if ! (cd "$root" && mvn -B -ntp ${MAVEN_ARGS-} -Dstyle.color=never -DskipTests -pl gajah-server -am package > "$log" 2>&1 7>&-); then
        grep -m 5 '^\[ERROR\]' "$log" >&2
        echo "gajah: the build failed, see $log" >&2
        return 1
    fi
    gajah_train "$root"
    touch -r "$begun" "$stamp"
    rm -f "$begun"
    exec 7>&-
}

# Sources that are newer than the stamp; the first one is enough.
gajah_newer() {
    find "$1"/pom.xml "$1"/scripts/dist.sh "$1"/gajah-{api,wire,engine,client,fdw-jdbc,server}/pom.xml "$1"/gajah-{api,wire,engine,client,fdw-jdbc,server}/src/main \
        -newer "$2" -type f -print -quit
}

# Lets a server start once and work a little, so that the JVM can keep what it has loaded and linked in a cache, and a new
# cluster's files are at hand for first starts.
gajah_train() {
    local root=$1 dist=$1/gajah-server/target/dist data
    data=$(mktemp -d)
    if ! "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$dist/gajah.aot" "${gajah_flags[@]}" -Dgajah.template="$dist/template" -p "$dist" \
            -m org.gajah.server/org.gajah.server.command.Main train --data "$data" > "$root/gajah-server/target/train.log" 2>&1; then
        rm -f "$dist/gajah.aot"
        echo "gajah: could not make a cache for quick starts, see gajah-server/target/train.log" >&2
    fi
    rm -rf "$data"
}

# What each start passes to the JVM; the cache only fits the very same flags.
# The young generation is small so that memory grows with what lives: a thousand connections leave much behind as they open.
gajah_flags=(-XX:+UseSerialGC -XX:NewSize=32m -XX:-UsePerfData -Djdk.serialFilter='!*' -Dfile.encoding=UTF-8)

# gajah_java_options ROOT: fills the array gajah_java. More options for the JVM come from GAJAH_JAVA_OPTIONS.
gajah_java_options() {
    local dist=$1/gajah-server/target/dist
    gajah_java=("${gajah_flags[@]}")
    if [ -f "$dist/gajah.aot" ]; then gajah_java+=(-XX:AOTCache="$dist/gajah.aot"); fi
    read -r -a gajah_more <<< "${GAJAH_JAVA_OPTIONS-}"
    gajah_java+=("${gajah_more[@]}" -Dgajah.template="$dist/template" -p "$dist")
}
