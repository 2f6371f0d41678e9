# Sourced: finds a JDK 25 or newer, exports JAVA_HOME; says so in one line and returns 1 if there is none.
gajah_is_jdk25() {
    [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -Eq '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$1/release"
}
gajah_find_jdk() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/*jdk* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$candidate" ] && gajah_is_jdk25 "$candidate"; then
            export JAVA_HOME=$candidate
            return 0
        fi
    done
    echo "gajah: needs a JDK 25 or newer: install one (for example Temurin 25) or set JAVA_HOME" >&2
    return 1
}
