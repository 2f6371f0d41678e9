# Sourced by the suites: a server to talk to, and counting. With PGPORT set the suite talks to the server there.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
passed=0 failed=0 skipped=0
work=$(mktemp -d)
server=

finish() {
    if [ -n "$server" ]; then kill "$server" 2> /dev/null; wait "$server" 2> /dev/null; fi
    rm -rf "$work"
    echo "$passed passed, $failed failed, $skipped skipped"
}
trap finish EXIT

# free_port: a port nobody listens on.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start_server: runs ./gajah on a fresh data directory until the suite ends.
start_server() {
    export PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres PGTZ=UTC
    if [ -n "${PGPORT:-}" ]; then return 0; fi
    PGPORT=$(free_port)
    export PGPORT
    : > "$work/server.out"
    "$root/gajah" serve --data "$work/data" --port "$PGPORT" > "$work/server.out" 2> "$work/server.log" &
    server=$!
    local deadline=$((SECONDS + 120))
    until grep -q '^gajah: ready on ' "$work/server.out"; do
        if ! kill -0 "$server" 2> /dev/null || [ $SECONDS -gt $deadline ]; then
            echo "FAILED: the server did not start"
            tail -n 20 "$work/server.log"
            failed=$((failed + 1))
            exit 1
        fi
        sleep 0.1
    done
}

# check NAME COMMAND...: passes if the command does; the end of its output is shown if not.
check() {
    local name=$1
    shift
    if "$@" > "$work/check.out" 2>&1; then
        passed=$((passed + 1))
        echo "passed: $name"
    elif is_known "$name"; then
        skip "$name" "known failure"
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        tail -n 40 "$work/check.out"
    fi
}

# is_known NAME: whether the checked-in list of known failures, which may only shrink, has it.
is_known() {
    grep -Fxq "$1" "$here/known-failures.txt" && [ -n "$server" ]
}

# skip NAME WHY
skip() {
    skipped=$((skipped + 1))
    echo "SKIPPED: $1: $2"
}
